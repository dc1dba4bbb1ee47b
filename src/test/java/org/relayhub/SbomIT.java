package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The jar says what it is made of. */
class SbomIT {

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("relay-hub-[0-9].*\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void the_bill_of_materials_in_the_jar_names_each_library_in_it() throws IOException {
        try (JarFile jar = new JarFile(jar().toFile())) {
            String where = jar.getManifest().getMainAttributes().getValue("Sbom-Location");
            JsonNode bill;
            try (var content = jar.getInputStream(jar.getJarEntry(where))) {
                bill = new ObjectMapper().readTree(content);
            }
            Set<String> named = new TreeSet<>();
            bill.get("components")
                    .forEach(library -> named.add(library.get("name").asText() + "-"
                            + library.get("version").asText()));
            Set<String> held = jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith("BOOT-INF/lib/") && name.endsWith(".jar"))
                    // Put there when the jar is made, and no library that the hub is built with.
                    .filter(name -> !name.contains("spring-boot-jarmode-tools"))
                    .map(name -> name.substring("BOOT-INF/lib/".length(), name.length() - ".jar".length()))
                    .collect(Collectors.toCollection(TreeSet::new));

            assertThat(bill.get("bomFormat").asText()).isEqualTo("CycloneDX");
            assertThat(named).anyMatch(library -> library.startsWith("camel-core-engine-"));
            assertThat(held)
                    .hasSizeGreaterThan(200)
                    .allSatisfy(library -> assertThat(named).as(library).anyMatch(library::startsWith));
        }
    }
}
