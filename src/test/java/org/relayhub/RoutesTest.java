package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The route and adapter files say what Camel understands, in its canonical form. */
class RoutesTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonSchema CAMEL = camelSchema();

    private static JsonSchema camelSchema() {
        try (InputStream schema = RoutesTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    static List<Path> routes() throws IOException {
        return files("routes", ".camel.yaml");
    }

    static List<Path> adapters() throws IOException {
        return files("adapters", ".kamelet.yaml");
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_file_is_valid_by_the_schema_of_the_dsl(Path file) throws IOException {
        assertThat(CAMEL.validate(YAML.readTree(file.toFile()))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void no_route_has_more_than_ten_steps(Path file) throws IOException {
        for (JsonNode entry : YAML.readTree(file.toFile())) {
            assertThat(entry.findPath("steps").size()).as(file.toString()).isLessThanOrEqualTo(10);
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void every_adapter_describes_itself_and_each_of_its_properties(Path file) throws IOException {
        JsonNode kamelet = YAML.readTree(file.toFile());
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(kamelet.at("/metadata/name").asText() + ".kamelet.yaml")
                .isEqualTo(file.getFileName().toString());
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).isNotBlank();
        assertThat(definition.path("properties")).allSatisfy(property -> {
            assertThat(property.path("title").asText()).isNotBlank();
            assertThat(property.path("description").asText()).isNotBlank();
            assertThat(property.path("type").asText()).isNotBlank();
        });
        JsonNode template =
                YAML.createArrayNode().add(YAML.createObjectNode().set("from", kamelet.at("/spec/template/from")));
        assertThat(CAMEL.validate(template)).isEmpty();
    }
}
