package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.relayhub.directory.Directories;
import org.yaml.snakeyaml.Yaml;

/** The manifests of {@code deploy/kubernetes}: no field that Kubernetes does not know, and what hangs together does. */
class KubernetesTest {

    private static final Path FOLDER = Path.of("deploy", "kubernetes");

    private interface Check {
        void check(com.google.gson.JsonElement manifest) throws IOException;
    }

    /** What of each kind Kubernetes' own description allows. */
    private static final Map<String, Check> KINDS = Map.of(
            "ConfigMap", V1ConfigMap::validateJsonElement,
            "Deployment", V1Deployment::validateJsonElement,
            "Service", V1Service::validateJsonElement,
            "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    private static List<JsonNode> manifests() throws IOException {
        Map<String, List<String>> kustomization =
                new Yaml().load(Files.readString(FOLDER.resolve("kustomization.yaml")));
        return kustomization.getOrDefault("resources", List.of()).stream()
                .flatMap(KubernetesTest::documents)
                .toList();
    }

    private static Stream<JsonNode> documents(String file) {
        try {
            Iterable<Object> all = new Yaml().loadAll(Files.readString(FOLDER.resolve(file)));
            return StreamSupport.stream(all.spliterator(), false).map(new ObjectMapper()::<JsonNode>valueToTree);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode one(String kind) throws IOException {
        return manifests().stream()
                .filter(manifest -> manifest.get("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void kubernetes_knows_each_field() throws Exception {
        assertThat(manifests()).hasSize(5).allSatisfy(manifest -> {
            String kind = manifest.get("kind").asText();
            Check check = Objects.requireNonNull(KINDS.get(kind), kind);
            assertThatNoException().as(kind).isThrownBy(() -> KINDS.get(kind)
                    .check(JsonParser.parseString(manifest.toString())));
        });
    }

    @Test
    void a_hub_is_nobody_writes_nowhere_else_and_asks_nothing_of_the_cluster() throws Exception {
        JsonNode pod = one("Deployment").at("/spec/template/spec");
        JsonNode hub = pod.at("/containers/0");
        Image image = Image.described();

        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asText() + ":"
                        + pod.at("/securityContext/runAsGroup").asText())
                .isEqualTo(image.user());
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(hub.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(hub.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(hub.at("/securityContext/capabilities/drop/0").asText()).isEqualTo("ALL");
        assertThat(hub.at("/resources/limits").has("memory")).isTrue();
        assertThat(hub.at("/env/0/valueFrom/fieldRef/fieldPath").asText()).isEqualTo("metadata.name");
        assertThat(image.entryPoint()).contains("-Djava.io.tmpdir=/data");
        assertThat(hub.at("/volumeMounts").findValuesAsText("mountPath"))
                .containsExactlyInAnyOrder("/etc/relay-hub", "/run/secrets", "/data", "/tmp");
        assertThat(hub.at("/volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(pod.at("/volumes").findValuesAsText("name").stream()
                        .filter(name -> !name.equals("relay-hub"))
                        .toList());
    }

    @Test
    void a_pod_is_left_alone_while_the_database_is_away_and_replaced_one_at_a_time() throws Exception {
        JsonNode deployment = one("Deployment").get("spec");
        JsonNode hub = deployment.at("/template/spec/containers/0");

        assertThat(hub.at("/startupProbe/httpGet/path").asText()).isEqualTo("/actuator/health/liveness");
        assertThat(hub.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/actuator/health/liveness");
        assertThat(hub.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/actuator/health/readiness");
        assertThat(deployment.at("/replicas").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(deployment.at("/strategy/rollingUpdate/maxUnavailable").asInt(1))
                .isZero();
        assertThat(deployment.at("/template/spec/topologySpreadConstraints").findValuesAsText("topologyKey"))
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        for (String kind : List.of("Service", "NetworkPolicy", "PodDisruptionBudget")) {
            assertThat(one(kind)
                            .get("spec")
                            .findValues("app.kubernetes.io/name")
                            .get(0))
                    .as(kind)
                    .isEqualTo(deployment.at("/template/metadata/labels").get("app.kubernetes.io/name"));
        }
    }

    @Test
    void its_secrets_are_those_that_are_made_and_its_parties_are_taken() throws Exception {
        JsonNode data = one("ConfigMap").get("data");
        Map<String, Map<String, Object>> compose = new Yaml().load(Files.readString(Path.of("docker-compose.yml")));

        assertThat(one("Deployment")
                        .at("/spec/template/spec/volumes/1/secret/items")
                        .findValuesAsText("key"))
                .isNotEmpty()
                .isSubsetOf(compose.getOrDefault("secrets", Map.of()).keySet());
        assertThat(Directories.of(data.get("parties.yaml").asText()).parties()).hasSize(3);
        assertThat(Files.readString(Path.of("deploy/hub/application.yaml")))
                .as("the same settings as in docker-compose.yml")
                .contains("url: jdbc:postgresql://database:5432/relayhub?socketTimeout=60", "url: tcp://broker:61616");
        assertThat(data.get("application.yaml").asText())
                .contains("url: jdbc:postgresql://database:5432/relayhub?socketTimeout=60", "url: tcp://broker:61616");
    }
}
