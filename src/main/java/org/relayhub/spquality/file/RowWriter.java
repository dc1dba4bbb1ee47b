package org.relayhub.spquality.file;

import java.io.IOException;
import org.relayhub.spquality.file.text.Line;

/** Takes the records of a file while it is read: each that is right, until the first fault of the file is found. */
@FunctionalInterface
public interface RowWriter {

    /** For checking alone. */
    RowWriter NONE = (number, line) -> {};

    /**
     * Takes one.
     *
     * @param number which line of the file it is, from 1
     * @param line its parts, valid until this returns
     */
    void write(long number, Line line) throws IOException;
}
