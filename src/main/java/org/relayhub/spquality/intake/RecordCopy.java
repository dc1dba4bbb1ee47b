package org.relayhub.spquality.intake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.relayhub.spquality.file.RowWriter;
import org.relayhub.spquality.file.layout.FileKind;
import org.relayhub.spquality.file.text.Line;

/** Copies records to the database while their file is read, by PostgreSQL's COPY, within the caller's transaction. */
final class RecordCopy implements RowWriter {

    private static final int BUFFER = 1 << 16;
    /** The longest a record can become: each of a line's characters takes at most four bytes. */
    private static final int LONGEST = 1 << 15;

    private static final String RECORDS = "copy sp_record (file_id, line, sp_id, sp_name, service_code, hotline,"
            + " service_mobile, calls_offered, calls_answered, complaints, resolved, average_hours)"
            + " from stdin with (delimiter '|')";
    private static final String STATEMENTS = "copy sp_statement (file_id, line, sp_id, hotline, service_mobile,"
            + " valid_from) from stdin with (delimiter '|')";

    private final CopyIn copy;
    private final byte[] fileId;
    private final byte[] buffer = new byte[BUFFER];
    private int used;
    private @Nullable SQLException failure;

    RecordCopy(Connection connection, long fileId, FileKind kind) throws SQLException {
        this.copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn(kind == FileKind.SPQ ? RECORDS : STATEMENTS);
        this.fileId = (fileId + "|").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(long number, Line line) throws IOException {
        if (used > BUFFER - LONGEST) {
            flush();
        }
        System.arraycopy(fileId, 0, buffer, used, fileId.length);
        used += fileId.length;
        digits(number);
        // The first separator ends the number; what stands before it is the line's type.
        encode(line.chars(), line.to(0), line.length());
        buffer[used++] = '\n';
    }

    private void digits(long number) {
        int end = used + 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            end++;
        }
        used = end;
        long rest = number;
        do {
            buffer[--end] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
    }

    /** Writes characters in UTF-8; all were checked, so that only a backslash means something to COPY. */
    private void encode(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = chars[i];
            if (c < 0x80) {
                if (c == '\\') {
                    buffer[used++] = '\\';
                }
                buffer[used++] = (byte) c;
            } else if (c < 0x800) {
                buffer[used++] = (byte) (0xC0 | c >> 6);
                buffer[used++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c)) {
                int point = Character.toCodePoint(c, chars[++i]);
                buffer[used++] = (byte) (0xF0 | point >> 18);
                buffer[used++] = (byte) (0x80 | point >> 12 & 0x3F);
                buffer[used++] = (byte) (0x80 | point >> 6 & 0x3F);
                buffer[used++] = (byte) (0x80 | point & 0x3F);
            } else {
                buffer[used++] = (byte) (0xE0 | c >> 12);
                buffer[used++] = (byte) (0x80 | c >> 6 & 0x3F);
                buffer[used++] = (byte) (0x80 | c & 0x3F);
            }
        }
    }

    private void flush() throws IOException {
        try {
            copy.writeToCopy(buffer, 0, used);
            used = 0;
        } catch (SQLException e) {
            failure = e;
            throw new IOException("the database does not take the records", e);
        }
    }

    /** What the database has said when it did not take the records; null if it took them. */
    @Nullable
    SQLException failure() {
        return failure;
    }

    /** Ends the copy. The records are there when the transaction is committed. */
    void finish() throws IOException, SQLException {
        flush();
        copy.endCopy();
    }

    /** Gives up: the transaction can only be rolled back. */
    void cancel() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }
}
