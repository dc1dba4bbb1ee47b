package org.relayhub.spquality.intake;

import java.io.IOException;

/** What lies there is not what was decided: its sender has put another file in its place, which is looked at anew. */
public final class ReplacedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public ReplacedFileException() {
        super("its sender has replaced it meanwhile");
    }
}
