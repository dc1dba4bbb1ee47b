package org.relayhub.message.codes;

import org.jspecify.annotations.Nullable;

/** A row of a table whose codes are in force for a time. */
public interface DatedCode {

    String code();

    Validity validity();

    /** The code of what takes its place when it has ended; null where nothing does. */
    @Nullable
    String replacedBy();
}
