package org.relayhub.spquality.national;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.book.CurrentRecords;
import org.relayhub.spquality.file.FileName;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes what the nation's file holds, as of a change of the book: by province, SP and service code. A D line is that of a
 * province's file, then the province, and last the flags, separated by commas.
 */
final class NationalFileWriter {

    private static final int BUFFER = 1 << 16;

    private final JdbcTemplate database;
    private final Collection<String> provinces;

    NationalFileWriter(JdbcTemplate database, Collection<String> provinces) {
        this.database = database;
        this.provinces = new TreeSet<>(provinces);
    }

    /** Whose record a line of the file is. */
    interface Lines {
        void line(long number, String province, ResultSet row) throws SQLException, IOException;
    }

    /** Writes it to a temporary file, which is the caller's to close. */
    NationalFile write(FileName name, Instant created, long change) throws IOException {
        FileChannel body = temporary();
        var digest = sha256();
        long[] counted = new long[2];
        try {
            // Flushed and left open.
            OutputStream file =
                    new DigestOutputStream(new BufferedOutputStream(Channels.newOutputStream(body), BUFFER), digest);
            read(name, change, (number, province, row) -> {
                counted[0]++;
                counted[1] += row.getLong("calls_offered");
                file.write(line(province, row).getBytes(StandardCharsets.UTF_8));
            });
            file.flush();
        } catch (IOException | RuntimeException e) {
            body.close();
            throw e;
        }
        return new NationalFile(name, created, body, HexFormat.of().formatHex(digest.digest()), counted[0], counted[1]);
    }

    /** A file that ends with its channel, however the hub ends: on POSIX it loses its name as soon as it is open. */
    private static FileChannel temporary() throws IOException {
        Path file = Files.createTempFile("sp-national-", ".txt");
        return FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Reads all of its records; the first is line 2. */
    void read(FileName name, long change, Lines lines) throws IOException {
        IOException failure = database.execute((ConnectionCallback<@Nullable IOException>) connection -> {
            connection.setAutoCommit(false);
            try {
                read(connection, name, change, lines);
                return null;
            } catch (IOException e) {
                return e;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
        if (failure != null) {
            throw failure;
        }
    }

    private void read(Connection connection, FileName name, long change, Lines lines) throws SQLException, IOException {
        long[] number = {1};
        for (String province : provinces) {
            CurrentRecords.read(
                    connection, province, name.month(), change, row -> lines.line(++number[0], province, row));
        }
    }

    private static String line(String province, ResultSet row) throws SQLException {
        return String.join(
                        "|",
                        "D",
                        row.getString("sp_id"),
                        row.getString("sp_name"),
                        row.getString("service_code"),
                        row.getString("hotline"),
                        row.getString("service_mobile"),
                        row.getString("calls_offered"),
                        row.getString("calls_answered"),
                        row.getString("complaints"),
                        row.getString("resolved"),
                        row.getString("average_hours"),
                        province,
                        flags(row))
                + "\n";
    }

    private static String flags(ResultSet row) throws SQLException {
        var flags = new StringBuilder();
        for (int n = 1; n <= 4; n++) {
            if (row.getBoolean("q" + n)) {
                flags.append(flags.isEmpty() ? "" : ",").append('Q').append(n);
            }
        }
        return flags.toString();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
