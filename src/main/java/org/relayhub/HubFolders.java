package org.relayhub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Finds the folders: one that lies beside the jar replaces the packaged one whole. */
public final class HubFolders implements EnvironmentPostProcessor {

    private static final List<String> FOLDERS = List.of("routes", "adapters", "schemas");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String home = environment.getProperty(
                "hub.home", new ApplicationHome(HubApplication.class).getDir().getPath());
        Map<String, Object> found = new HashMap<>();
        found.put("hub.home", home);
        for (String folder : FOLDERS) {
            Path beside = Path.of(home, folder).toAbsolutePath();
            found.put(
                    "hub." + folder, Files.isDirectory(beside) ? "file:" + beside + "/" : "classpath:" + folder + "/");
        }
        String schemas = environment.getProperty("hub.schemas", String.valueOf(found.get("hub.schemas")));
        // Flyway has a word of its own for a folder of the file system.
        found.put("spring.flyway.locations", schemas.replaceFirst("^file:", "filesystem:") + "database");
        environment.getPropertySources().addLast(new MapPropertySource("folders", found));
    }
}
