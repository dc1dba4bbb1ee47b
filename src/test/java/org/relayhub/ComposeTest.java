package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.directory.Directories;
import org.relayhub.directory.PartyEntry;
import org.yaml.snakeyaml.Yaml;

/**
 * What {@code docker-compose.yml} says, by the Compose Specification's own schema (compose-spec.json of compose-spec.io, under
 * Apache-2.0), and that what it mounts is there and fits together.
 */
class ComposeTest {

    private static final Set<String> PUBLISHED = Set.of("proxy", "sftp");
    private static final JsonNode SITE = site();

    private static JsonNode site() {
        try {
            Map<String, Object> site = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));
            return new ObjectMapper().valueToTree(site);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Iterable<Map.Entry<String, JsonNode>> services() {
        return SITE.get("services").properties();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Those of a list, or the keys of a map. */
    private static Set<String> listed(JsonNode either) {
        return either.isObject() ? names(either) : new TreeSet<>(texts(either));
    }

    @Test
    void it_is_as_the_specification_has_it() throws Exception {
        var schema = (ObjectNode) new ObjectMapper().readTree(ComposeTest.class.getResource("/compose-spec.json"));
        // It is no address, which the validator wants.
        schema.remove("$id");

        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
                        .getSchema(schema)
                        .validate(SITE))
                .isEmpty();
    }

    @Test
    void what_is_named_is_declared_and_what_is_declared_is_used() {
        for (String kind : List.of("networks", "secrets")) {
            Set<String> used = new TreeSet<>();
            services().forEach(service -> used.addAll(listed(service.getValue().path(kind))));
            assertThat(used).as(kind).isEqualTo(names(SITE.get(kind)));
        }
        Set<String> volumes = new TreeSet<>();
        services().forEach(service -> texts(service.getValue().path("volumes")).stream()
                .filter(volume -> !volume.startsWith("."))
                .forEach(volume -> volumes.add(volume.split(":")[0])));
        assertThat(volumes).isEqualTo(names(SITE.get("volumes")));
    }

    @Test
    void each_file_that_is_mounted_is_there_and_can_only_be_read() {
        services().forEach(service -> texts(service.getValue().path("volumes")).stream()
                .filter(volume -> volume.startsWith("."))
                .forEach(volume -> {
                    assertThat(volume).endsWith(":ro");
                    if (!volume.startsWith("./secrets/")) {
                        assertThat(Path.of(volume.split(":")[0])).exists();
                    }
                }));
        for (String file :
                List.of("deploy/sftp/run", "deploy/artemis/run", "deploy/postgres/hub.sh", "deploy/image/alive")) {
            assertThat(Path.of(file)).isExecutable();
        }
    }

    @Test
    void each_service_is_confined_limited_and_watched() {
        services().forEach(each -> {
            JsonNode service = each.getValue();
            String name = each.getKey();
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(texts(service.path("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(texts(service.path("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.path("restart").asText()).as(name).isEqualTo("unless-stopped");
            assertThat(names(service.at("/deploy/resources/limits"))).as(name).contains("cpus", "memory", "pids");
            assertThat(service.has("healthcheck") || service.has("build"))
                    .as("health of " + name)
                    .isTrue();
            assertThat(service.has("privileged")).as(name).isFalse();
            assertThat(service.has("cap_add")).as(name).isEqualTo(name.equals("sftp"));
            assertThat(service.has("ports")).as(name).isEqualTo(PUBLISHED.contains(name));
            assertThat(service.path("image").asText()).as(name).matches(".+:[^:]*[0-9]+.*");
        });
        SITE.get("networks").properties().forEach(network -> assertThat(
                        network.getValue().path("internal").asBoolean())
                .as(network.getKey())
                .isEqualTo(!Set.of("edge", "outside").contains(network.getKey())));
        services().forEach(service -> assertThat(
                        listed(service.getValue().get("networks")).contains("edge"))
                .as(service.getKey())
                .isEqualTo(PUBLISHED.contains(service.getKey())));
    }

    /** By any other network the proxy would come from an address that the hubs do not know as its own. */
    @Test
    void the_proxy_reaches_a_hub_by_one_network_and_from_the_address_that_hubs_believe() throws Exception {
        JsonNode proxy = SITE.at("/services/proxy/networks");
        for (String hub : List.of("hub-1", "hub-2")) {
            Set<String> shared = listed(SITE.at("/services/" + hub + "/networks"));
            shared.retainAll(listed(proxy));
            assertThat(shared).as(hub).containsExactly("hubs");
        }
        assertThat(Files.readString(Path.of("deploy/hub/application.yaml")))
                .contains("internal-proxies: "
                        + proxy.at("/hubs/ipv4_address").asText().replace(".", "\\."));
    }

    @Test
    void nothing_secret_is_in_the_repository() throws Exception {
        Pattern value =
                Pattern.compile("(?i)(password|passphrase|secret)\\w*['\"]?\\s*[:=]\\s*['\"]?[^\\s{\\[/'\"][^/]*$");
        List<String> found = new ArrayList<>();
        try (Stream<Path> files =
                Stream.concat(Stream.of(Path.of("docker-compose.yml")), Files.walk(Path.of("deploy")))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file);
                assertThat(text).as(file.toString()).doesNotContain("PRIVATE KEY-----");
                if (file.toString().matches(".*\\.(yaml|yml|xml|conf|properties|cfg)")) {
                    text.lines()
                            .filter(line ->
                                    value.matcher(line).find() && !line.matches(".*(scram-sha-256|secretName: ).*"))
                            .forEach(line -> found.add(file + ": " + line));
                }
            }
        }
        assertThat(found).isEmpty();
        assertThat(Files.readString(Path.of(".gitignore")).lines()).contains("/secrets/");
    }

    @Test
    void secrets_are_made_once_and_all_that_are_mounted_are_made(@TempDir Path folder) throws Exception {
        Programs.require("openssl", "htpasswd", "ssh-keygen");
        Path secrets = folder.resolve("secrets");
        Programs.run("deploy/secrets", secrets.toString());
        String broker = Files.readString(secrets.resolve("broker-users"));

        for (JsonNode secret : SITE.get("secrets")) {
            assertThat(secrets.resolve(Path.of("secrets")
                            .relativize(Path.of(secret.get("file").asText()).normalize())))
                    .isNotEmptyFile();
        }
        assertThat(secrets.resolve("sftp-keys/relayhub")).isNotEmptyFile();
        assertThat(broker.lines().map(line -> line.split("=")[0]))
                .containsExactlyInAnyOrderElementsOf(ArtemisDistribution.users());
        assertThat(broker).contains("hub-000=" + Files.readString(secrets.resolve("hub.broker.password")));
        assertThat(broker.lines().map(line -> line.split("=")[1]).toList())
                .allSatisfy(password -> assertThat(password).hasSize(48))
                .doesNotHaveDuplicates();

        Files.writeString(secrets.resolve("passwords/crm-100"), "another");
        Programs.run("deploy/secrets", secrets.toString());

        assertThat(Files.readString(secrets.resolve("broker-users"))).isEqualTo(broker);
        assertThat(Files.readString(secrets.resolve("passwords/crm-100"))).isEqualTo("another");
        assertThat(Files.readAllLines(secrets.resolve("identities")).stream().map(line -> line.split(",")[0]))
                .as("whoever may call the hub, once")
                .contains("viewer", "operator", "admin", "crm-250", "sims-000")
                .doesNotHaveDuplicates();
    }

    /** A party that speaks JMS has its queues and rights at the broker, and nobody else has. */
    @Test
    void the_parties_with_queues_are_those_of_the_broker() throws Exception {
        Set<String> queued = new TreeSet<>();
        for (PartyEntry entry : Directories.of(Files.readString(Path.of("deploy/hub/parties.yaml")))
                .parties()) {
            if (entry.isQueued()) {
                queued.add(entry.party().toString());
            }
        }
        String broker = Files.readString(Path.of("deploy/artemis/broker.xml"));
        for (String pattern : List.of(
                "<queue name=\"hub.in.([A-Z0-9-]+)\"/>",
                "<queue name=\"hub.out.([A-Z0-9-]+)\"/>",
                "<security-setting match=\"hub.in.([A-Z0-9-]+)\">",
                "<security-setting match=\"hub.out.([A-Z0-9-]+)\">",
                "<resource-limit-setting match=\"([a-z0-9-]+)\">")) {
            assertThat(Pattern.compile(pattern).matcher(broker).results().map(found -> found.group(1)
                            .toUpperCase(Locale.ROOT)))
                    .as(pattern)
                    .containsExactlyInAnyOrderElementsOf(queued);
        }
        assertThat(ArtemisDistribution.users())
                .containsAll(queued.stream()
                        .map(party -> party.toLowerCase(Locale.ROOT))
                        .toList())
                .hasSize(queued.size() + 2);
    }
}
