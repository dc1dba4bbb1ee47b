package org.relayhub.adapter.sftp;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server that the hub logs in to.
 *
 * @param name as the Kamelets call it: {@code parties} or {@code sims}
 * @param password null if only a key proves the hub
 * @param privateKey a file; null if only a password proves the hub
 * @param privateKeyPassphrase null if the key is not encrypted
 * @param knownHosts the file that has the server's key
 * @param folder where on the server the hub's folders are, as in {@code /} or {@code /srv/sftp}
 */
public record SftpServer(
        String name,
        String host,
        int port,
        String user,
        @Nullable String password,
        @Nullable Path privateKey,
        @Nullable String privateKeyPassphrase,
        Path knownHosts,
        String folder) {

    /**
     * One that the settings name.
     *
     * @param settings checked, and with an address
     */
    static SftpServer of(String name, SftpSettings.Server settings) {
        String address = Objects.requireNonNull(settings.address());
        int colon = address.lastIndexOf(':');
        String host = address.substring(0, colon).replaceAll("[\\[\\]]", "");
        return new SftpServer(
                name,
                host,
                Integer.parseInt(address.substring(colon + 1)),
                Objects.requireNonNull(settings.user()),
                settings.password(),
                settings.privateKey() == null ? null : settings.privateKey().toPath(),
                settings.privateKeyPassphrase(),
                Objects.requireNonNull(settings.knownHosts()).toPath(),
                Objects.requireNonNullElse(settings.folder(), "/"));
    }

    /** The same server under another name, with another folder. */
    SftpServer as(String otherName, String otherFolder) {
        return new SftpServer(
                otherName, host, port, user, password, privateKey, privateKeyPassphrase, knownHosts, otherFolder);
    }

    /** The path on the server of a folder of the hub's. */
    String path(String below) {
        String relative = below.replaceAll("^/+|/+$", "");
        if (relative.isEmpty()) {
            return folder;
        }
        return (folder.endsWith("/") ? folder : folder + "/") + relative;
    }

    /** Where it is, for log lines. */
    String address() {
        return host + ":" + port;
    }

    @Override
    public String toString() {
        return "SFTP server " + name + " (" + address() + ")";
    }
}
