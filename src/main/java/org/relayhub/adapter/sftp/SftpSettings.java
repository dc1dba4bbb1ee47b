package org.relayhub.adapter.sftp;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.File;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which SFTP servers the hub takes files from and brings files to.
 *
 * @param pollEvery how often the hub looks for new files; 500ms to 1h
 * @param parties where provinces and SP partners drop files
 * @param sims where tier-1 SIMS takes the hub's files and leaves its answers; without an address the server of the parties
 */
public record SftpSettings(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 500) @DurationMax(hours = 1)
        Duration pollEvery,

        @DefaultValue @Valid @NotNull Server parties,
        @DefaultValue @Valid @NotNull Server sims) {

    private static final String EMBEDDED = "embedded";

    /**
     * One of them. With an address it needs a user, the server's known hosts, and a password or a private key.
     *
     * @param address {@code host:port}; {@code embedded}, or nothing, is for the parties the default profile's own, and none
     *     elsewhere; for SIMS it is the server of the parties
     * @param user as whom the hub logs in
     * @param password its password; best given by the environment, {@code HUB_SFTP_PARTIES_PASSWORD} or
     *     {@code HUB_SFTP_SIMS_PASSWORD}
     * @param privateKey a file with the hub's private key
     * @param privateKeyPassphrase what the private key is encrypted with; null if it is not
     * @param knownHosts a file in the form of OpenSSH's known_hosts that has the server's key; another key is not believed
     * @param folder where on the server the roots are, from {@code /} on; null for {@code /}, or for {@code SIMS-000}
     *     below the roots if SIMS has no address
     */
    public record Server(
            @Nullable
            @Pattern(
                    regexp = EMBEDDED + "|([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}",
                    message = "must be host:port, as in sftp.example:22, or embedded")
            String address,

            @Nullable String user,
            @Nullable String password,
            @Nullable File privateKey,
            @Nullable String privateKeyPassphrase,
            @Nullable File knownHosts,

            @Nullable
            @Pattern(
                    regexp = "/|(/[A-Za-z0-9_-][A-Za-z0-9._-]*)+",
                    message = "must be a path from / on, of letters, digits, dots, hyphens and underscores")
            String folder) {

        /** Whether it is a server that the settings name. */
        public boolean isNamed() {
            return address != null && !address.equals(EMBEDDED);
        }

        @AssertTrue(message = "an SFTP server with an address needs a user")
        boolean isWithUser() {
            return !isNamed() || isFilled(user);
        }

        @AssertTrue(message = "an SFTP server with an address needs a password or a private-key")
        boolean isWithProof() {
            return !isNamed() || isFilled(password) || privateKey != null;
        }

        @AssertTrue(message = "an SFTP server with an address needs known-hosts, a file that can be read")
        boolean isWithKnownHosts() {
            return !isNamed() || (knownHosts != null && knownHosts.isFile() && knownHosts.canRead());
        }

        @AssertTrue(message = "the private-key of an SFTP server must be a file that can be read")
        boolean isWithReadableKey() {
            return privateKey == null || (privateKey.isFile() && privateKey.canRead());
        }

        @AssertTrue(message = "a private-key-passphrase without a private-key has no sense")
        boolean isWithKeyForPassphrase() {
            return privateKeyPassphrase == null || privateKey != null;
        }

        @AssertTrue(message = "an SFTP server without an address takes no user, password, private-key or known-hosts")
        boolean isWithoutMoreThanNeeded() {
            return isNamed() || (user == null && password == null && privateKey == null && knownHosts == null);
        }

        @AssertTrue(message = "the port of an SFTP server's address is 1 to 65535")
        boolean isWithPort() {
            if (address == null || !address.matches(".*:[0-9]{1,5}")) {
                return true;
            }
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            return port >= 1 && port <= 65535;
        }

        private static boolean isFilled(@Nullable String value) {
            return value != null && !value.isBlank();
        }

        @Override
        public String toString() {
            return "the settings of an SFTP server";
        }
    }
}
