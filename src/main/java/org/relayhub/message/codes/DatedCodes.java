package org.relayhub.message.codes;

import java.util.function.Function;

/** Codes of a dated table that is replaced whole while the hub runs. Thread-safe. */
public abstract class DatedCodes<R extends DatedCode> {

    private final Function<CodeTable, DatedTable<R>> reading;
    private volatile DatedTable<R> table;

    /**
     * @param reading how the table's file is understood
     * @throws BrokenFileException if there is anything wrong with the table; the message names the line
     */
    DatedCodes(CodeTable csv, Function<CodeTable, DatedTable<R>> reading) {
        this.reading = reading;
        this.table = reading.apply(csv);
    }

    /**
     * Puts another table in the place of this one, whole.
     *
     * @throws BrokenFileException if there is anything wrong with it; then nothing changes
     */
    public final void replace(CodeTable csv) {
        table = reading.apply(csv);
    }

    /** The table as it is now. Whoever needs several answers that agree takes it once. */
    public final DatedTable<R> now() {
        return table;
    }
}
