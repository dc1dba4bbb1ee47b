package org.relayhub.standalone.sftp;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who has logged in, and what it may do below its own root.
 *
 * @param root the name of its root below the server's folder; empty for the server's folder itself
 * @param folders what is in its root
 * @param writable those of them in which it may create, write, rename and remove files
 * @param unbound whether all is allowed, as it is to the hub
 */
record Visitor(String root, List<String> folders, Set<String> writable, boolean unbound) {

    static final Visitor HUB = new Visitor("", List.of(), Set.of(), true);

    /** What a partner may call a file. */
    private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9._-]{1,120}");

    /** One that drops files for the hub. */
    static Visitor sender(String root) {
        return new Visitor(root, List.of("upload", "receipts", "done", "refused"), Set.of("upload"), false);
    }

    /** The system that takes the hub's files. */
    static Visitor taker(String root) {
        return new Visitor(root, List.of("inbound", "outbound"), Set.of("outbound"), false);
    }

    /** @param path from its root on, normalized */
    boolean mayRead(Path path) {
        return unbound
                || path.getNameCount() == 0
                || (path.getNameCount() <= 2 && folders.contains(path.getName(0).toString()));
    }

    /**
     * Whether it may create, change, rename and remove a file.
     *
     * @param path from its root on, normalized
     */
    boolean mayWrite(Path path) {
        return unbound
                || (path.getNameCount() == 2
                        && writable.contains(path.getName(0).toString())
                        && FILE_NAME.matcher(path.getName(1).toString()).matches());
    }
}
