package org.relayhub.adapter.sftp;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;

/** Looks at the name under which a file is to be written, before Camel and the client read more into it than a name. */
public final class SftpOutbound {

    /** Plain names, joined by slashes: no expression, no pattern, no way up, nothing hidden. */
    private static final Pattern FILE_NAME =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]{0,199}/)*[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    /**
     * Checks the name of the file.
     *
     * @throws IllegalArgumentException if it is none, or more than a plain path below the folder
     */
    public void check(@Nullable @Header(Exchange.FILE_NAME) String name) {
        if (name == null || name.length() > 500 || !FILE_NAME.matcher(name).matches()) {
            // What was given is not repeated: it may come from outside.
            throw new IllegalArgumentException(
                    "The name of a file to write must be a path of letters, digits, dots, hyphens and underscores below the"
                            + " folder");
        }
    }
}
