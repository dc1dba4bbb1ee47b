package org.relayhub;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * What a container engine would make of the {@code Dockerfile}, without one: its steps are carried out in a folder, which has
 * the files of the image but those of the one that it begins with.
 */
final class Image {

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> entryPoint = List.of();
    private List<String> healthCheck = List.of();
    private String user = "0";
    private Path workingFolder = Path.of("/");

    private Image(Path folder) {
        this.folder = folder;
    }

    /** What the file says of it, without its files. */
    static Image described() throws Exception {
        return follow(Path.of("nowhere"), false);
    }

    /** Builds it; the last stage's files are below the folder {@code image}. */
    static Image build(Path folder) throws Exception {
        return follow(folder, true);
    }

    private static Image follow(Path folder, boolean withFiles) throws Exception {
        Map<String, Image> stages = new LinkedHashMap<>();
        Image current = new Image(folder);
        for (String step : steps()) {
            String[] words = step.split("\\s+");
            switch (words[0]) {
                case "FROM" -> {
                    String name = words.length > 3 ? words[3] : "image";
                    current = new Image(folder.resolve(name));
                    stages.put(name, current);
                }
                case "WORKDIR" -> current.workingFolder = Path.of(words[1]);
                case "COPY" -> {
                    if (withFiles) {
                        current.copy(stages, Arrays.asList(words).subList(1, words.length));
                    }
                }
                case "RUN" -> {
                    if (withFiles) {
                        current.run(step.substring("RUN ".length()));
                    }
                }
                case "ENV" -> Arrays.stream(words).skip(1).forEach(current::set);
                case "USER" -> current.user = words[1];
                case "HEALTHCHECK" -> current.healthCheck = list(step);
                case "ENTRYPOINT" -> current.entryPoint = list(step);
                case "LABEL", "VOLUME", "EXPOSE" -> {
                    // Nothing that a file would show.
                }
                default -> throw new IllegalArgumentException("a step that nobody has thought of: " + step);
            }
        }
        return current;
    }

    private static List<String> steps() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile")).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
        return String.join("\n", lines)
                .replaceAll("\\\\\n\\s*", "")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<String> list(String step) throws IOException {
        return Arrays.asList(new ObjectMapper().readValue(step.substring(step.indexOf('[')), String[].class));
    }

    private void set(String assignment) {
        int equals = assignment.indexOf('=');
        environment.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    private Path here() {
        return inside(workingFolder);
    }

    /** Where a path of the image is. */
    private Path inside(Path path) {
        return folder.resolve(Path.of("/").relativize(path));
    }

    private void copy(Map<String, Image> stages, List<String> words) throws IOException {
        Path to = here().resolve(words.get(words.size() - 1)).normalize();
        Files.createDirectories(here());
        if (words.get(0).startsWith("--from=")) {
            Image other = Objects.requireNonNull(stages.get(words.get(0).substring("--from=".length())));
            FileSystemUtils.copyRecursively(other.inside(Path.of(words.get(1))), to);
            return;
        }
        for (Path from : sent(words.get(0))) {
            Path target = words.get(1).endsWith("/") ? to.resolve(from.getFileName()) : to;
            Files.createDirectories(target.getParent());
            Files.copy(from, target, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** What of the checkout is copied; of several jars of several builds the newest. */
    private static List<Path> sent(String pattern) throws IOException {
        Path path = Path.of(pattern);
        if (Files.isDirectory(path)) {
            try (Stream<Path> files = Files.list(path)) {
                return files.filter(file -> file.toString().endsWith(".kamelet.yaml"))
                        .toList();
            }
        }
        var matcher = path.getFileSystem().getPathMatcher("glob:" + pattern);
        try (Stream<Path> files = Files.list(path.getParent())) {
            return files.filter(matcher::matches)
                    .sorted(Comparator.comparing((Path file) -> file.toFile().lastModified())
                            .reversed())
                    .limit(1)
                    .toList();
        }
    }

    /** With this Java. Whose a folder is cannot be said by whoever runs the tests. */
    private void run(String command) throws Exception {
        String here = command.replaceAll("-[og] [0-9]+ ", "").replace(" /data", " " + inside(Path.of("/data")));
        var builder =
                new ProcessBuilder("sh", "-ec", here).directory(here().toFile()).redirectErrorStream(true);
        builder.environment()
                .merge("PATH", "", (path, none) -> Path.of(System.getProperty("java.home"), "bin") + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + said);
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    List<String> entryPoint() {
        return entryPoint;
    }

    /** What the engine runs to see whether all is well; a path in the image comes first. */
    List<String> healthCheck() {
        List<String> command = new ArrayList<>(healthCheck);
        command.set(0, inside(Path.of(command.get(0))).toString());
        return command;
    }

    /** As whom it runs: user and group, by number. */
    String user() {
        return user;
    }

    /** Where it begins. */
    Path workingFolder() {
        return workingFolder;
    }

    /** Its files. */
    Path folder() {
        return folder;
    }
}
