package org.relayhub.spquality;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;
import org.relayhub.TestDatabase;
import org.relayhub.UtcClock;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.Sender;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;
import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Files as senders make them, and a hub's intake of them, by a clock that a test sets. */
public final class SpFiles {

    /** A clock that stands until it is set. */
    public static final class SetClock extends UtcClock {

        private volatile Instant now;

        public SetClock(String instant) {
            set(instant);
        }

        public void set(String instant) {
            now = java.time.OffsetDateTime.parse(instant).toInstant();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private SpFiles() {}

    public static FileCheck check(Clock clock) {
        return new FileCheck(new FileSystemResource("schemas/"), clock);
    }

    public static FileIntake intake(TestDatabase database, Clock clock) {
        return intake(database.dataSource(), clock);
    }

    public static FileIntake intake(DataSource database, Clock clock) {
        return new FileIntake(
                check(clock),
                new MonthCalendar()::isLate,
                database,
                new TransactionTemplate(new DataSourceTransactionManager(database)),
                new JdbcTemplate(database).getExceptionTranslator(),
                clock);
    }

    /** A right province file with these D lines, each without its type. */
    public static byte[] quality(String name, String encoding, String... records) {
        FileName file = FileName.parse(name).orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add("H|SPQ|%s|%s|%s|20121005093000|%d"
                .formatted(file.reporter(), FileName.shown(file.month()), encoding, records.length));
        long offered = 0;
        for (String record : records) {
            lines.add("D|" + record);
            offered += Long.parseLong(record.split("\\|", -1)[5]);
        }
        lines.add("T|%d|%d".formatted(records.length, offered));
        return (String.join("\n", lines) + "\n").getBytes(Charset.forName(encoding));
    }

    /** A right statement with these D lines. */
    public static byte[] statement(String name, String... records) {
        FileName file = FileName.parse(name).orElseThrow();
        return ("H|SPS|%s|%s|UTF-8|20121005093000|%d\n"
                                .formatted(file.reporter(), FileName.shown(file.month()), records.length)
                        + java.util.Arrays.stream(records)
                                .map(record -> "D|" + record + "\n")
                                .collect(java.util.stream.Collectors.joining())
                        + "T|%d|0\n".formatted(records.length))
                .getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Drops a file straight onto a server's disk, and then its companion.
     *
     * @param root its sender's
     * @param sha256 what the companion states, right or wrong
     */
    public static void drop(Path root, String name, byte[] content, String sha256) throws IOException {
        Path upload = root.resolve("upload");
        Files.write(upload.resolve(name), content);
        Files.writeString(upload.resolve(name + FileName.COMPANION), CompanionFile.content(sha256, name));
    }

    public static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Has a file taken in, with a right companion, from whom it is expected. */
    public static Decision take(FileIntake intake, Clock clock, String name, byte[] content) throws IOException {
        Sender sender = FileName.parse(name).map(Sender::of).orElse(new Sender("CRM-250"));
        return take(intake, clock, sender.name(), name, content);
    }

    public static Decision take(FileIntake intake, Clock clock, String sender, String name, byte[] content)
            throws IOException {
        Decision decision = intake.take(drop(sender, name, content, clock), new ByteArrayInputStream(content));
        intake.settle(decision);
        return decision;
    }

    /** Has a file looked at whose server goes away while it is read. */
    public static void takeHalf(FileIntake intake, Clock clock, String name, byte[] content) throws IOException {
        InputStream away = InputStream.nullInputStream();
        away.close();
        intake.take(drop("CRM-250", name, content, clock), away);
    }

    /** A file with a right companion, as it is seen now. */
    public static Drop drop(String sender, String name, byte[] content, Clock clock) {
        String companion = CompanionFile.content(sha256(content), name);
        return new Drop(new Sender(sender), name, companion, content.length, clock.instant());
    }
}
