package org.relayhub.message.codes;

/** Codes of a dated table that is replaced whole while the hub runs. Thread-safe. */
public interface DatedCodes {

    /** The table as it is now. Whoever needs several answers that agree takes it once. */
    DatedTable<?> now();
}
