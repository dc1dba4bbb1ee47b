package org.relayhub.standalone;

import java.nio.file.Path;

/** Another hub works on the data folder; its message says what to do about it. */
public final class DataFolderInUseException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    DataFolderInUseException(Path dataFolder, String process) {
        super("Another hub (process " + process + ") works on the data folder " + dataFolder
                + ". Stop it, or give this one a folder of its own with --hub.standalone.data-folder=<folder>.");
    }
}
