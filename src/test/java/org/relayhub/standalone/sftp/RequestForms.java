package org.relayhub.standalone.sftp;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relayhub.standalone.sftp.SftpRequests.Parts;

/** The requests of SFTP, and what is in them, in the words of each version from 3 to 6. */
final class RequestForms {

    static final int OPEN = 3;
    static final int CLOSE = 4;
    static final int READ = 5;
    static final int WRITE = 6;
    static final int SETSTAT = 9;
    static final int FSETSTAT = 10;
    static final int OPENDIR = 11;
    static final int READDIR = 12;
    static final int REMOVE = 13;
    static final int MKDIR = 14;
    static final int RMDIR = 15;
    static final int RENAME = 18;
    static final int READLINK = 19;
    static final int SYMLINK = 20;
    static final int LINK = 21;
    static final int BLOCK = 22;
    static final int EXTENDED = 200;

    private RequestForms() {}

    /** Every way to open a file, in the words of each version. */
    static List<Parts> openings(int version, String path) throws IOException {
        var all = new ArrayList<Parts>();
        if (version < 5) {
            for (int flags = 0; flags < 128; flags++) {
                all.add(open(version, path, 0, flags));
            }
            return all;
        }
        for (int access : new int[] {0, 0x1, 0x2, 0x4, 0x1 | 0x10000, 0x40000000, 0xffffffff}) {
            for (int disposition = 0; disposition < 8; disposition++) {
                for (int flags : new int[] {0, 0x8, 0x10, 0x800, 0xfff8}) {
                    all.add(open(version, path, access, disposition | flags));
                }
            }
        }
        return all;
    }

    static Parts parts() {
        return new Parts();
    }

    static Parts open(int version, String path, int access, int flags) throws IOException {
        Parts parts = new Parts().string(path);
        return attributes(
                version,
                version < 5 ? parts.number(flags) : parts.number(access).number(flags));
    }

    interface Beginning {
        Parts make() throws IOException;
    }

    /** A size, permissions, an owner and a time. */
    static List<Parts> changes(int version, Beginning of) throws IOException {
        Parts size = size(version, of.make(), 0);
        if (version < 4) {
            return List.of(
                    size,
                    of.make().number(4).number(0777),
                    of.make().number(2).number(0).number(0),
                    of.make().number(8).number(1).number(1));
        }
        return List.of(
                size,
                of.make().number(4).octet(1).number(0777),
                of.make().number(0x80).octet(1).string("root").string("root"),
                of.make().number(0x20).octet(1).longer(1));
    }

    static Parts attributes(int version, Parts parts) throws IOException {
        parts.number(0);
        return version < 4 ? parts : parts.octet(1);
    }

    static Parts size(int version, Parts parts, long size) throws IOException {
        parts.number(1);
        return (version < 4 ? parts : parts.octet(1)).longer(size);
    }

    /** A request, and what it is called. */
    record Request(String name, int type, Parts parts) {}

    /**
     * All that would change what lies there, or bring it elsewhere, but for writing.
     *
     * @param mine a file of the visitor's own
     */
    static List<Request> changesOf(int version, String path, String mine) throws IOException {
        var all = new ArrayList<Request>();
        for (Parts change : changes(version, () -> new Parts().string(path))) {
            all.add(new Request("setstat", SETSTAT, change));
        }
        all.add(new Request("remove", REMOVE, new Parts().string(path)));
        all.add(new Request("mkdir", MKDIR, attributes(version, new Parts().string(path))));
        all.add(new Request("rmdir", RMDIR, new Parts().string(path)));
        all.add(new Request("readlink", READLINK, new Parts().string(path)));
        all.add(new Request("symlink from", SYMLINK, new Parts().string(path).string("/upload/link")));
        all.add(new Request(
                "symlink to", SYMLINK, new Parts().string("/upload/link").string(path)));
        all.add(new Request(
                "link to", LINK, new Parts().string("/upload/l").string(path).octet(0)));
        all.add(new Request(
                "link from", LINK, new Parts().string(path).string(mine).octet(1)));
        for (int flags = 0; flags < 8; flags++) {
            all.add(new Request(
                    "rename to", RENAME, new Parts().string(mine).string(path).number(flags)));
            all.add(new Request(
                    "rename of",
                    RENAME,
                    new Parts().string(path).string("/upload/taken").number(flags)));
        }
        for (String name : new String[] {"posix-rename@openssh.com", "hardlink@openssh.com", "copy-file"}) {
            all.add(new Request(
                    name + " of",
                    EXTENDED,
                    new Parts()
                            .string(name)
                            .string(path)
                            .string("/upload/taken")
                            .octet(1)));
            all.add(new Request(
                    name + " to",
                    EXTENDED,
                    new Parts().string(name).string(mine).string(path).octet(1)));
        }
        all.add(new Request(
                "lsetstat",
                EXTENDED,
                size(version, new Parts().string("lsetstat@openssh.com").string(path), 0)));
        return all;
    }
}
