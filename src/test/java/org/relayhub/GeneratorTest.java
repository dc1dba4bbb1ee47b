package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.file.Checked;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.file.RowWriter;
import org.relayhub.spquality.file.Sender;

/** {@code examples/sp-quality/generate}, run as a user would, writes what its help says; and the example beside it is right. */
@DisabledOnOs(OS.WINDOWS)
class GeneratorTest {

    private static final Path EXAMPLE = Path.of("examples", "sp-quality");
    private static final FileCheck CHECK = SpFiles.check(new SpFiles.SetClock("2012-10-05T09:30:00+08:00"));

    @Test
    void everyProvinceAndPartnerHasAFileThatIsRightInItself(@TempDir Path folder) throws Exception {
        Run run =
                generate("--out", folder.toString(), "--month", "201209", "--encoding", "mixed", "--line-end", "mixed");

        assertThat(run.status()).as(run.output()).isZero();
        assertThat(run.output()).contains("71 files with ", "0 of them faulty");
        Map<String, byte[]> files = files(folder);
        assertThat(files).hasSize(142).containsKey("CRM-250/upload/SPQ_250_201209_001.txt");
        var kinds = new HashSet<String>();
        for (String name : names(files)) {
            assertRight(name, files);
            String text = new String(Objects.requireNonNull(files.get(name)), StandardCharsets.ISO_8859_1);
            kinds.add(text.split("\\|")[4]);
            kinds.add(text.contains("\r\n") ? "CRLF" : "LF");
        }
        assertThat(kinds).containsExactlyInAnyOrder("UTF-8", "GB18030", "CRLF", "LF");
    }

    @Test
    void theSameSeedMakesTheSameBytesAndAnotherOneOthers(@TempDir Path folder) throws Exception {
        generate("--out", folder.resolve("a").toString(), "--month", "201209", "--faulty", "30");
        generate("--out", folder.resolve("b").toString(), "--month", "201209", "--faulty", "30");
        generate("--out", folder.resolve("c").toString(), "--month", "201209", "--faulty", "30", "--seed", "2");

        Map<String, byte[]> once = files(folder.resolve("a"));
        Map<String, byte[]> again = files(folder.resolve("b"));
        assertThat(again.keySet()).isEqualTo(once.keySet());
        assertThat(again).allSatisfy((name, content) -> assertThat(content).isEqualTo(once.get(name)));
        String any = "CRM-250/upload/SPQ_250_201209_001.txt";
        assertThat(files(folder.resolve("c")).get(any)).isNotEqualTo(once.get(any));
    }

    @Test
    void theNextMonthHasTheSameSpsAndAFewNewHotlines(@TempDir Path folder) throws Exception {
        String[] size = {"--provinces", "250", "--lines", "2000", "--partners", "0"};
        generate(with(size, "--out", folder.toString(), "--month", "201209"));
        generate(with(size, "--out", folder.toString(), "--month", "201210"));

        Map<String, String> before = hotlines(folder.resolve("CRM-250/upload/SPQ_250_201209_001.txt"));
        Map<String, String> after = hotlines(folder.resolve("CRM-250/upload/SPQ_250_201210_001.txt"));
        assertThat(after.keySet()).isEqualTo(before.keySet());
        long changed = before.entrySet().stream()
                .filter(sp -> !sp.getValue().equals(after.get(sp.getKey())))
                .count();
        assertThat(changed).isBetween(1L, before.size() / 10L);
    }

    @Test
    void asManyFilesAreFaultyAsWereAskedForAndTheTableSaysWhich(@TempDir Path folder) throws Exception {
        generate("--out", folder.resolve("right").toString(), "--month", "201209");
        Run run = generate("--out", folder.resolve("faulty").toString(), "--month", "201209", "--faulty", "60");

        assertThat(run.output()).contains("43 of them faulty");
        List<String> planted = run.output()
                .lines()
                .filter(line -> line.matches("(CRM|SP)-.*"))
                .map(line -> line.split(" +"))
                .filter(row -> !row[5].equals("-"))
                .map(row -> row[5])
                .toList();
        assertThat(planted).hasSize(43);
        assertThat(Set.copyOf(planted)).hasSize(20);
        Map<String, byte[]> right = files(folder.resolve("right"));
        Map<String, byte[]> faulty = files(folder.resolve("faulty"));
        List<String> differing = names(right).stream()
                .filter(name -> !Arrays.equals(right.get(name), faulty.get(name))
                        || !Arrays.equals(right.get(name + ".sha256"), faulty.get(name + ".sha256")))
                .toList();
        assertThat(differing).hasSize(43);
    }

    /** 100 of 100 files, so that each fault is there, in both encodings and with both line ends. */
    @Test
    void theHubTakesTheRightFilesAndRefusesTheFaultyOnesForWhatTheTableSays(@TempDir Path folder) throws Exception {
        String[] mixed = {"--month", "201209", "--encoding", "mixed", "--line-end", "mixed", "--out"};
        Run right = generate(with(mixed, folder.resolve("right").toString()));
        Run faulty = generate(with(mixed, folder.resolve("faulty").toString(), "--faulty", "100"));

        assertThat(planted(right)).hasSize(71).allMatch(file -> file.code().equals("-"));
        for (Planted file : planted(right)) {
            assertThat(check(folder.resolve("right"), file).faults())
                    .as(file.name())
                    .isEmpty();
        }
        assertThat(planted(faulty)).hasSize(71).noneMatch(file -> file.fault().equals("-"));
        for (Planted file : planted(faulty)) {
            // a file without a companion is not delivered yet
            String code = file.code().equals("-") ? "F01" : file.code();
            Checked checked = check(folder.resolve("faulty"), file);
            assertThat(checked.faults()).as(file.toString()).isNotEmpty().allSatisfy(fault -> assertThat(fault.code())
                    .isEqualTo(code));
            if (!file.line().equals("-")) {
                assertThat(checked.faults())
                        .as(file.toString())
                        .singleElement()
                        .extracting(fault -> String.valueOf(fault.line()))
                        .isEqualTo(file.line());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', --out DIR is missing",
        "--out, --out needs a value",
        "--out x --lines 0, '--lines wants a whole number from 1 to 50000000, not ''0'''",
        "--out x --lines ten, '--lines wants a whole number'",
        "--out x --month 201213, --month wants a year and a month",
        "'--out x --provinces 250,000', --provinces: 000 is none of",
        "--out x --partners -1, --partners wants a whole number",
        "--out x --serial 000, --serial wants three digits from 001",
        "--out x --encoding GBK, '--encoding wants UTF-8, GB18030 or mixed'",
        "--out x --line-end CR, '--line-end wants LF, CRLF or mixed'",
        "--out x --faulty 101, --faulty wants a whole number from 0 to 100",
        "--colour red, '''--colour'' is no option'"
    })
    void wrongUseIsSaidInASentence(String arguments, String said) throws Exception {
        Run run = generate(
                Stream.of(arguments.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.output().lines()).singleElement().asString().contains(said, "generate -h");
    }

    @Test
    void theExampleBesideItIsRight() throws Exception {
        Map<String, byte[]> files = files(EXAMPLE);

        assertThat(names(files)).hasSize(2);
        for (String name : names(files)) {
            assertRight(name, files);
            String sender = (name.startsWith("SPQ") ? "CRM-" : "SP-") + name.split("_")[1];
            String companion = Files.readString(EXAMPLE.resolve(name + ".sha256"));
            assertThat(check(EXAMPLE.resolve(name), sender, companion).faults())
                    .as(name)
                    .isEmpty();
        }
    }

    @Test
    void helpNamesEveryOptionAndIsNoFault() throws Exception {
        for (String option : List.of("-h", "--help")) {
            Run run = generate(option);

            assertThat(run.status()).isZero();
            assertThat(run.output())
                    .startsWith("Usage: examples/sp-quality/generate --out DIR [options]")
                    .contains("--month", "--lines", "--provinces", "--partners", "--serial")
                    .contains("--encoding", "--line-end", "--seed", "--faulty", "Exit status");
        }
    }

    private static void assertRight(String name, Map<String, byte[]> files) throws Exception {
        byte[] content = Objects.requireNonNull(files.get(name));
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        String plain = name.substring(name.lastIndexOf('/') + 1);
        assertThat(new String(Objects.requireNonNull(files.get(name + ".sha256")), StandardCharsets.UTF_8))
                .isEqualTo(digest + "  " + plain + "\n");

        List<String[]> lines = lines(content);
        String[] header = lines.get(0);
        String[] trailer = lines.get(lines.size() - 1);
        List<String[]> rows = lines.subList(1, lines.size() - 1);
        assertThat(header).startsWith("H").hasSize(7);
        assertThat(plain).startsWith(header[1] + "_" + header[2] + "_" + header[3] + "_");
        assertThat(header[6]).isEqualTo(String.valueOf(rows.size()));
        boolean statement = header[1].equals("SPS");
        long sum = statement
                ? 0
                : rows.stream().mapToLong(row -> Long.parseLong(row[6])).sum();
        assertThat(trailer).containsExactly("T", String.valueOf(rows.size()), String.valueOf(sum));
        assertThat(rows)
                .allSatisfy(
                        row -> assertThat(String.join("|", row))
                                .matches(
                                        statement
                                                ? "D\\|9\\d{5}\\|0\\d{10,11}\\|1\\d{10}\\|\\d{8}"
                                                : "D\\|9\\d{5}\\|\\p{IsHan}{5}\\|\\d{12}\\|0\\d{10,11}\\|1\\d{10}(\\|\\d+){4}\\|\\d+\\.\\d"));
        if (!statement) {
            assertThat(rows).extracting(row -> row[1] + row[3]).doesNotHaveDuplicates();
            assertThat(rows).allMatch(row -> Long.parseLong(row[7]) <= Long.parseLong(row[6]));
            assertThat(rows).allMatch(row -> Long.parseLong(row[9]) <= Long.parseLong(row[8]));
        }
    }

    private static List<String[]> lines(byte[] content) {
        String stated = new String(content, StandardCharsets.ISO_8859_1).split("\\|")[4];
        return new String(content, Charset.forName(stated))
                .lines()
                .map(line -> line.split("\\|", -1))
                .toList();
    }

    private static Map<String, String> hotlines(Path file) throws IOException {
        return lines(Files.readAllBytes(file)).stream()
                .filter(line -> line[0].equals("D"))
                .collect(Collectors.toMap(line -> line[1], line -> line[4], (one, other) -> one, TreeMap::new));
    }

    private static List<String> names(Map<String, byte[]> files) {
        return files.keySet().stream().filter(name -> name.endsWith(".txt")).toList();
    }

    /** What is in a folder's files whose names are of the format, by their paths in it. */
    private static Map<String, byte[]> files(Path root) throws IOException {
        var files = new TreeMap<String, byte[]>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(path -> path.toString().matches(".*\\.txt(\\.sha256)?"))
                    .toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static String[] with(String[] some, String... others) {
        return Stream.concat(Stream.of(some), Stream.of(others)).toArray(String[]::new);
    }

    /** A row of the table that is printed. */
    private record Planted(String sender, String name, String fault, String line, String code) {}

    private static List<Planted> planted(Run run) {
        return run.output()
                .lines()
                .filter(line -> line.matches("(CRM|SP)-.*"))
                .map(line -> line.split(" +"))
                .map(row -> new Planted(row[0], row[1], row[5], row[6], row[7]))
                .toList();
    }

    private static Checked check(Path root, Planted file) throws IOException {
        Path path = root.resolve(file.sender()).resolve("upload").resolve(file.name());
        Path companion = path.resolveSibling(file.name() + ".sha256");
        return check(path, file.sender(), Files.exists(companion) ? Files.readString(companion) : null);
    }

    private static Checked check(Path file, String sender, @Nullable String companion) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return CHECK.check(
                    file.getFileName().toString(), new Sender(sender), companion, content, RowWriter.NONE, false);
        }
    }

    private record Run(int status, String output) {}

    private static Run generate(String... arguments) throws Exception {
        var command =
                new ArrayList<>(List.of("bash", EXAMPLE.resolve("generate").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Run(process.exitValue(), output);
    }
}
