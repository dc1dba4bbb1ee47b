package org.relayhub.adapter.sftp;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The servers that the hub logs in to: {@code parties}, where files are dropped, and {@code sims}; both or none. */
public final class SftpServers {

    /** Where parties drop files. */
    public static final String PARTIES = "parties";

    /** Where tier-1 SIMS takes the hub's files. */
    public static final String SIMS = "sims";

    private static final String FOLDER_OF_SIMS = "SIMS-000";

    private final Map<String, SftpServer> byName = new TreeMap<>();

    /** @param embedded the default profile's own, as the server of the parties; null where there is none */
    public SftpServers(SftpSettings settings, @Nullable SftpServer embedded) {
        SftpServer parties = settings.parties().isNamed() ? SftpServer.of(PARTIES, settings.parties()) : embedded;
        if (parties != null) {
            byName.put(PARTIES, parties);
        }
        if (settings.sims().isNamed()) {
            byName.put(SIMS, SftpServer.of(SIMS, settings.sims()));
        } else if (parties != null) {
            String folder = settings.sims().folder();
            byName.put(SIMS, parties.as(SIMS, folder == null ? parties.path(FOLDER_OF_SIMS) : folder));
        }
    }

    /** @return empty if the settings name none, and there is none of the default profile's */
    public Optional<SftpServer> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
