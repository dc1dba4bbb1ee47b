package org.relayhub.spquality;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.relayhub.HubProcess;
import org.relayhub.TestDatabase;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A hub as an operator has it: nothing of the default profile, settings of its own, no JMS party. */
final class ProductionHub {

    private ProductionHub() {}

    /**
     * Starts one and waits until it is ready.
     *
     * @param home where its files are; its last name is the hub's
     * @param settings further ones, as {@code --name=value}
     */
    static HubProcess start(Path home, TestDatabase database, String... settings) throws IOException {
        Path adapters = Files.createDirectories(home.resolve("adapters"));
        try (Stream<Path> files = Files.list(Path.of("adapters"))) {
            for (Path file : files.toList()) {
                Files.copy(file, adapters.resolve(file.getFileName()));
            }
        }
        Path password = Files.writeString(home.resolve("password"), "long and secret");
        Files.writeString(
                adapters.resolve("parties.yaml"),
                "defaults: {address: 'http://127.0.0.1:9/none', passwordFrom: 'file:" + password + "'}\n"
                        + "parties: {CRM-*: {}, SIMS-*: {}}\n");
        Path identities = Files.writeString(
                home.resolve("identities.csv"),
                "user,role,password_hash\nviewer,viewer,{bcrypt}"
                        + new BCryptPasswordEncoder(4).encode("long and secret") + "\n");
        var all = new ArrayList<>(List.of(
                "--spring.profiles.active=production",
                "--hub.name=" + home.getFileName(),
                "--hub.adapters=file:" + adapters + "/",
                "--hub.security.identities=file:" + identities,
                "--spring.datasource.url=" + database.url()));
        all.addAll(List.of(settings));
        return new HubProcess(home, all);
    }
}
