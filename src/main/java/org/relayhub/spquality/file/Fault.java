package org.relayhub.spquality.file;

/**
 * Something that is wrong with a file. Never says what stood there: that may be a phone number.
 *
 * @param line where, from 1; 0 for the file as a whole
 * @param field the field's name; {@code -} for the line as a whole
 * @param code of {@code schemas/files/faults.csv}
 * @param expected what was expected there
 */
public record Fault(long line, String field, String code, String expected) {

    /** Stands for a line, or a file, as a whole. */
    public static final String WHOLE = "-";

    /** Stands for the companion of a file. */
    public static final String COMPANION = "companion";

    /** Stands for the name of a file. */
    public static final String NAME = "name";

    /** A line of a receipt. */
    @Override
    public String toString() {
        return line + "|" + field + "|" + code + "|" + expected;
    }
}
