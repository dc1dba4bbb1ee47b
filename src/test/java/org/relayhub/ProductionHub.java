package org.relayhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** A hub as an operator has it: nothing of the default profile, settings of its own. */
public final class ProductionHub {

    /** Of whoever logs in to it, and of the hub itself. */
    public static final String PASSWORD = "long and secret";

    /** Unless a test wants it otherwise. */
    public static final HubProcess.Terms TERMS = new HubProcess.Terms(HubProcess.Jvm.QUICK, PASSWORD, null, Map.of());

    private ProductionHub() {}

    /**
     * Starts one whose provinces cannot be called, and waits until it is ready.
     *
     * @param home where its files are; its last name is the hub's
     * @param settings further ones, as {@code --name=value}
     */
    public static HubProcess start(Path home, TestDatabase database, String... settings) throws IOException {
        return start(home, database.url(), "{CRM-*: {}, SIMS-*: {}}", List.of(settings));
    }

    /**
     * The same, with parties of its own; CRM-100, CRM-250, CSVC-000 and SIMS-000 may call it.
     *
     * @param parties what parties.yaml says of them
     */
    public static HubProcess start(Path home, String databaseUrl, String parties, List<String> settings)
            throws IOException {
        return start(home, databaseUrl, parties, settings, TERMS);
    }

    /**
     * The same.
     *
     * @param terms {@link #TERMS}, or what is to be otherwise
     */
    public static HubProcess start(
            Path home, String databaseUrl, String parties, List<String> settings, HubProcess.Terms terms)
            throws IOException {
        Path adapters = Files.createDirectories(home.resolve("adapters"));
        try (Stream<Path> files = Files.list(Path.of("adapters"))) {
            for (Path file : files.toList()) {
                Files.copy(file, adapters.resolve(file.getFileName()));
            }
        }
        Path password = Files.writeString(home.resolve("password"), PASSWORD);
        Files.writeString(
                adapters.resolve("parties.yaml"),
                "defaults: {address: 'http://127.0.0.1:9/none', passwordFrom: 'file:" + password + "'}\n" + "parties: "
                        + parties + "\n");
        Path identities = Files.writeString(
                home.resolve("identities.csv"),
                Stream.of("viewer,viewer", "crm-100,party", "crm-250,party", "csvc-000,party", "sims-000,party")
                        .map(user -> user + ",{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD) + "\n")
                        .collect(Collectors.joining("", "user,role,password_hash\n", "")));
        var all = new ArrayList<>(List.of(
                "--spring.profiles.active=production",
                "--hub.name=" + home.getFileName(),
                "--hub.adapters=file:" + adapters + "/",
                "--hub.security.identities=file:" + identities,
                "--spring.datasource.url=" + databaseUrl));
        all.addAll(settings);
        return new HubProcess(home, all, terms);
    }
}
