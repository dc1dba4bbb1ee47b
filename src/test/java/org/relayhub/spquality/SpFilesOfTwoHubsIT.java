package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.jcraft.jsch.ChannelSftp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.FreePort;
import org.relayhub.HubProcess;
import org.relayhub.ProductionHub;
import org.relayhub.Programs;
import org.relayhub.SftpRoots;
import org.relayhub.TestDatabase;
import org.relayhub.directory.Directories;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.standalone.sftp.EmbeddedSftp;
import org.relayhub.standalone.sftp.SftpClients;

/**
 * Two hubs, each as in production, look into one SFTP server, which is neither's own, and share a database. Files come over
 * SFTP, and, with names and links that this server refuses and another might not, straight onto its disk.
 */
class SpFilesOfTwoHubsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final YearMonth MONTH =
            YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1);
    private static final List<String> PLAIN = List.of("CRM-250", "SIMS-250", "CRM-100", "SP-901234");
    private static final int MONTHS = 11;

    private final TestDatabase database = TestDatabase.empty();
    private final Path folder;
    private final Path roots;
    private final EmbeddedSftp server;
    private final SftpClients clients;

    SpFilesOfTwoHubsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        roots = folder.resolve("sftp");
        server = EmbeddedSftp.start(
                folder,
                folder.resolve("sftp-keys"),
                FreePort.any(),
                Long.MAX_VALUE,
                Directories.of("parties: {CRM-*: {}, SIMS-*: {}, SIMS-000: {}}"),
                (user, password) -> password.equals("demo"));
        clients = new SftpClients(server);
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private HubProcess hub(String name) throws IOException {
        return ProductionHub.start(
                folder.resolve(name),
                database,
                "--hub.sftp.poll-every=500ms",
                "--hub.sp-quality.companion-wait=20s",
                "--hub.sftp.parties.address=" + server.host() + ":" + server.port(),
                "--hub.sftp.parties.user=hub-000",
                "--hub.sftp.parties.password=" + server.hubPassword(),
                "--hub.sftp.parties.known-hosts=" + server.knownHosts());
    }

    private long count(String condition) {
        return database.client()
                .sql("select count(*) from sp_file where " + condition)
                .query(Long.class)
                .single();
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String text(Path log) throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    @Test
    void right_files_are_taken_once_though_one_of_the_hubs_is_killed_again_and_again() throws Exception {
        Path month = folder.resolve("month");
        Programs.run(
                "examples/sp-quality/generate",
                "--out",
                month.toString(),
                "--month",
                FileName.shown(MONTH),
                "--partners",
                "29",
                "--lines",
                "3000");
        try (var one = hub("hub-one");
                var other = hub("hub-other")) {
            List<String> senders = names(month);
            assertThat(senders).hasSize(60);
            for (int i = 0; i < senders.size(); i++) {
                String sender = senders.get(i);
                ChannelSftp channel = clients.as(sender.toLowerCase(Locale.ROOT));
                try (Stream<Path> files = Files.list(month.resolve(sender).resolve("upload"))) {
                    // the data before its companion
                    for (Path file : files.sorted().toList()) {
                        if (i == 0 && file.toString().endsWith(FileName.COMPANION)) {
                            anEmptyCompanionIsWaitedFor(channel, sender, file.getFileName());
                        }
                        channel.put(file.toString(), "upload/" + file.getFileName());
                    }
                }
                channel.getSession().disconnect();
                if (i % 20 == 10) {
                    other.kill();
                    other.startAgain();
                }
            }
            await("sixty settled files").atMost(SOON).untilAsserted(() -> assertThat(unsettledAmong(60))
                    .isEmpty());

            assertThat(count("state = 'accepted'")).isEqualTo(60);
            for (String sender : senders) {
                Path root = roots.resolve(sender);
                assertThat(names(root.resolve("upload"))).as(sender).isEmpty();
                assertThat(names(root.resolve("refused"))).as(sender).isEmpty();
                String name = names(root.resolve("done")).get(0);
                assertThat(names(root.resolve("done"))).containsExactly(name, name + ".sha256");
                assertThat(names(root.resolve("receipts"))).containsExactly(name + ".ack");
            }
            assertThat(database.client()
                            .sql("select count(*), count(distinct (reporter, sp_id, service_code))"
                                    + " from sp_record join sp_file using (file_id)")
                            .query((row, n) -> List.of(row.getLong(1), row.getLong(2)))
                            .single())
                    .containsExactly(93_000L, 93_000L);
            assertThat(text(one.log().toPath())).contains(" accepted: ");
            assertThat(text(other.log().toPath())).contains(" accepted: ");
        }
    }

    /** The files that are not settled, when so many are known. */
    private List<String> unsettledAmong(int files) {
        assertThat(count("true")).isEqualTo(files);
        return database.client()
                .sql("select concat_ws(' ', sender, name, state) from sp_file where settled_at is null")
                .query(String.class)
                .list();
    }

    /** As one is that a client has opened, and not written to yet. */
    private void anEmptyCompanionIsWaitedFor(ChannelSftp channel, String sender, Path name) throws Exception {
        channel.put(InputStream.nullInputStream(), "upload/" + name);
        await("two hubs look several times")
                .during(Duration.ofSeconds(3))
                .atMost(SOON)
                .until(() -> names(roots.resolve(sender + "/receipts")).isEmpty() && count("true") == 0);
    }

    @Test
    void broken_files_are_refused_and_harm_nobody() throws Exception {
        List<BrokenFile> strange = BrokenFiles.all(MONTH).stream()
                .filter(file -> !isPlain(file) && isPossible(file))
                .toList();
        assertThat(strange).hasSizeGreaterThan(20);
        for (String sender : PLAIN) {
            SftpRoots.make(roots, sender);
        }
        Path upload = roots.resolve("CRM-250/upload");
        for (BrokenFile file : strange) {
            onDisk(file);
        }
        Path secret = Files.writeString(folder.resolve("secret.txt"), "not for anybody");
        Files.createSymbolicLink(upload.resolve("SPQ_250_" + FileName.shown(MONTH) + "_777.txt"), secret);
        Files.createSymbolicLink(upload.resolve("SPQ_250_" + FileName.shown(MONTH) + "_778.txt"), Path.of("/dev/zero"));
        Files.createSymbolicLink(upload.resolve("SPQ_250_" + FileName.shown(MONTH) + "_779.txt"), folder);
        Files.createSymbolicLink(upload.resolve("SPQ_250_" + FileName.shown(MONTH) + "_780.txt"), Path.of("nothing"));
        List<String> lying = lying();

        List<BrokenFile> plain = sample();
        assertThat(plain).hasSizeGreaterThan(100);
        try (var one = hub("hub-one");
                var other = hub("hub-other")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(refused()).isEqualTo(lying));
            assertThat(lying()).as("left where they lie").isEqualTo(lying);
            assertThat(upload.resolve("SPQ_250_" + FileName.shown(MONTH) + "_777.txt"))
                    .isSymbolicLink();

            long refused = count("state = 'refused'");
            for (List<BrokenFile> batch : batches(plain)) {
                for (String sender : PLAIN) {
                    ChannelSftp channel = clients.as(sender.toLowerCase(Locale.ROOT));
                    for (BrokenFile file : batch) {
                        if (file.sender().equals(sender)) {
                            overSftp(channel, file);
                        }
                    }
                    channel.getSession().disconnect();
                }
                for (BrokenFile file : batch) {
                    Path receipt = roots.resolve(file.sender() + "/receipts/" + file.name() + ".err");
                    await(file + " as " + file.name())
                            .atMost(SOON)
                            .until(() -> Files.exists(receipt)
                                    && Files.notExists(roots.resolve(file.sender() + "/upload/" + file.name()))
                                    && count("settled_at is null") == 0);
                    assertThat(codes(receipt)).as(file.toString()).isEqualTo(new TreeSet<>(file.expectedCodes()));
                    Files.delete(receipt);
                }
            }
            assertThat(count("state = 'refused'")).isEqualTo(refused + plain.size());
            assertThat(count("state <> 'refused'")).isZero();
            assertThat(database.client()
                            .sql("select (select count(*) from sp_record) + (select count(*) from sp_statement)")
                            .query(Long.class)
                            .single())
                    .isZero();

            String name = "SPQ_100_" + FileName.shown(MONTH) + "_001.txt";
            byte[] right = SpFiles.quality(name, "UTF-8", "901234|掌上灵通|1|02088886666|13800138000|1|1|0|0|1.0");
            ChannelSftp channel = clients.as("crm-100");
            channel.put(new ByteArrayInputStream(right), "upload/" + name);
            channel.put(
                    new ByteArrayInputStream(
                            CompanionFile.content(SpFiles.sha256(right), name).getBytes(StandardCharsets.UTF_8)),
                    "upload/" + name + ".sha256");
            await().atMost(SOON).until(() -> Files.exists(roots.resolve("CRM-100/receipts/" + name + ".ack")));
            for (HubProcess hub : List.of(one, other)) {
                assertThat(text(hub.log().toPath()))
                        .doesNotContain(" ERROR ", "\tat ", "not for anybody", "02088886666", "13800138000");
            }

            server.close();
            await().atMost(SOON).until(() -> text(one.log().toPath()).contains(" is away: "));
            assertThat(one.health()).as("parties are not sent elsewhere").isEqualTo(200);
        }
        assertThat(secret).hasContent("not for anybody");
    }

    /** What is in upload folders; a client's name for what it is still writing begins with a dot. */
    private List<String> lying() throws IOException {
        var lying = new ArrayList<String>();
        for (String sender : PLAIN) {
            names(roots.resolve(sender + "/upload")).stream()
                    .filter(name -> !name.startsWith("."))
                    .forEach(name -> lying.add(sender + "/" + name));
        }
        return lying.stream().sorted().toList();
    }

    private List<String> refused() {
        return database
                .client()
                .sql("select sender || '/' || name from sp_file where state = 'refused' and settled_at is not null")
                .query(String.class)
                .list()
                .stream()
                .sorted()
                .toList();
    }

    /** A file of each kind of fault, of different months, so that several of one name can be looked at at once. */
    private static List<BrokenFile> sample() {
        var sample = new ArrayList<BrokenFile>();
        for (int back = 0; back < MONTHS; back++) {
            List<BrokenFile> all = BrokenFiles.all(MONTH.minusMonths(back));
            for (int i = back; i < all.size(); i += 4 * MONTHS) {
                BrokenFile file = all.get(i);
                // Of how long ago a month is there is only one answer.
                if (isPlain(file) && !file.expectedCodes().contains("F05")) {
                    sample.add(file);
                }
            }
        }
        return sample;
    }

    private static boolean isPlain(BrokenFile file) {
        return file.name().matches("[A-Za-z0-9._-]{1,110}")
                && !file.name().matches("[.]{1,2}")
                && !file.name().endsWith(".sha256")
                && PLAIN.contains(file.sender());
    }

    /** Whether a disk takes a file of this name, directly in the folder. */
    private static boolean isPossible(BrokenFile file) {
        String name = file.name();
        return PLAIN.contains(file.sender())
                && !name.contains("/")
                && !name.contains("\0")
                && !name.isEmpty()
                && !name.matches("[.]{1,2}")
                && !name.endsWith(".sha256")
                && name.getBytes(StandardCharsets.UTF_8).length < 240;
    }

    private void onDisk(BrokenFile file) throws IOException {
        var content = new ByteArrayOutputStream();
        file.content().writeTo(content);
        try {
            Path path = roots.resolve(file.sender() + "/upload").resolve(file.name());
            Files.write(path, content.toByteArray());
            assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
        } catch (InvalidPathException | FileSystemException e) {
            throw new AssertionError("not possible after all: " + file, e);
        }
    }

    private static void overSftp(ChannelSftp channel, BrokenFile file) throws Exception {
        var content = new ByteArrayOutputStream();
        file.content().writeTo(content);
        channel.put(new ByteArrayInputStream(content.toByteArray()), "upload/" + file.name());
        channel.put(new ByteArrayInputStream(file.companionBytes()), "upload/" + file.name() + ".sha256");
    }

    /** In each of which a sender has each name once. */
    private static List<List<BrokenFile>> batches(List<BrokenFile> files) {
        var batches = new ArrayList<List<BrokenFile>>();
        var names = new ArrayList<Set<String>>();
        for (BrokenFile file : files) {
            String key = file.sender() + "/" + file.name();
            int batch = 0;
            while (batch < names.size() && names.get(batch).contains(key)) {
                batch++;
            }
            if (batch == names.size()) {
                names.add(new HashSet<>());
                batches.add(new ArrayList<>());
            }
            names.get(batch).add(key);
            batches.get(batch).add(file);
        }
        return batches;
    }

    private static Set<String> codes(Path receipt) throws IOException {
        return Files.readAllLines(receipt, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("E|"))
                .map(line -> line.split("\\|")[2])
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
