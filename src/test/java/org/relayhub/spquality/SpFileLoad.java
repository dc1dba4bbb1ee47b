package org.relayhub.spquality;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.Sender;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;

/**
 * Compares the taking in of a province's file with psql's {@code \copy} of the same rows into the same table of the same
 * database, one after the other, pair by pair. Started by {@link SpFileLoadIT} in a virtual machine with a small heap.
 */
final class SpFileLoad {

    private static final int ROUNDS = Integer.getInteger("sp.rounds", 5);

    private final TestDatabase database = TestDatabase.empty();
    private final FileIntake intake = SpFiles.intake(database, new SetClock("2012-10-05T10:00:00+08:00"));
    private final Path file;
    private final Path rows;

    private SpFileLoad(Path file, Path rows) {
        this.file = file;
        this.rows = rows;
    }

    /** @param arguments the file, and where the rows of it may be written for psql */
    public static void main(String[] arguments) throws Exception {
        new SpFileLoad(Path.of(arguments[0]), Path.of(arguments[1])).run();
        // The embedded PostgreSQL ends with its hook.
        System.exit(0);
    }

    private void run() throws Exception {
        long records = writeRows();
        List<Duration> copies = new ArrayList<>();
        List<Duration> loads = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Duration copy = copy(records);
            Duration load = load(records);
            copies.add(copy);
            loads.add(load);
            ratios.add((double) copy.toNanos() / load.toNanos());
            System.out.printf(
                    Locale.ROOT,
                    "round %d: \\copy %.2f s, check and load %.2f s%n",
                    round + 1,
                    seconds(copy),
                    seconds(load));
        }
        ratios.sort(null);
        copies.sort(null);
        loads.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%d records, %d MB: \\copy %.2f s, check and load %.2f s (medians of %d); heap at most %d MB, process %d MB%n",
                records,
                Files.size(file) >> 20,
                seconds(copies.get(ROUNDS / 2)),
                seconds(loads.get(ROUNDS / 2)),
                ROUNDS,
                ManagementFactory.getMemoryPoolMXBeans().stream()
                                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                                .sum()
                        >> 20,
                processMegabytes());
        System.out.printf(
                Locale.ROOT,
                "ratio spfile/copy %.2f (%.2f to %.2f)%n",
                ratios.get(ROUNDS / 2),
                ratios.get(0),
                ratios.get(ROUNDS - 1));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    private static long processMegabytes() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                .findFirst()
                .orElse(-1);
    }

    /** The rows as the hub writes them, for psql. */
    private long writeRows() throws Exception {
        long line = 0;
        long records = 0;
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                BufferedWriter out = Files.newBufferedWriter(rows, StandardCharsets.UTF_8)) {
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                line++;
                if (text.startsWith("D|")) {
                    out.write("1|" + line + text.substring(1).replace("\\", "\\\\") + "\n");
                    records++;
                }
            }
        }
        return records;
    }

    private Duration copy(long records) throws Exception {
        TestDatabase.empty();
        database.client()
                .sql(
                        "insert into sp_file (sender, name, state, received_at) values ('CRM-250', 'psql', 'received', now())")
                .update();
        String url;
        try (var connection = database.dataSource().getConnection()) {
            url = connection.getMetaData().getURL().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
        }
        long began = System.nanoTime();
        Process psql = new ProcessBuilder(
                        "psql",
                        "-q",
                        "-U",
                        "postgres",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-c",
                        "\\copy sp_record from '" + rows + "' with (delimiter '|')",
                        url)
                .inheritIO()
                .start();
        if (psql.waitFor() != 0) {
            throw new IllegalStateException("psql has failed");
        }
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        requireRecords(records);
        return time;
    }

    private Duration load(long records) throws Exception {
        TestDatabase.empty();
        String name = String.valueOf(file.getFileName());
        String companion = Files.readString(file.resolveSibling(name + FileName.COMPANION));
        Sender sender = Sender.of(FileName.parse(name).orElseThrow());
        long began = System.nanoTime();
        Decision decision;
        try (InputStream content = Files.newInputStream(file)) {
            decision = intake.take(new Drop(sender, name, companion, Files.size(file), Instant.now()), content);
        }
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        if (!decision.accepted()) {
            throw new IllegalStateException(
                    decision.receipt().lines().limit(3).toList().toString());
        }
        requireRecords(records);
        return time;
    }

    private void requireRecords(long records) {
        long there = database.client()
                .sql("select count(*) from sp_record")
                .query(Long.class)
                .single();
        if (there != records) {
            throw new IllegalStateException(there + " records of " + records);
        }
    }
}
