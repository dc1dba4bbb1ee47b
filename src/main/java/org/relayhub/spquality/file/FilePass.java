package org.relayhub.spquality.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.layout.FileKind;
import org.relayhub.spquality.file.layout.Form;
import org.relayhub.spquality.file.layout.Layout;
import org.relayhub.spquality.file.layout.MobileSegments;
import org.relayhub.spquality.file.text.Encoding;
import org.relayhub.spquality.file.text.Line;
import org.relayhub.spquality.file.text.Lines;

/** One reading of one file. */
final class FilePass {

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withResolverStyle(ResolverStyle.STRICT);
    /** Of UTF-8 and of GB18030. */
    private static final byte[][] BYTE_ORDER_MARKS = {
        {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, {(byte) 0x84, 0x31, (byte) 0x95, 0x33}
    };

    private static final int HEADER_PARTS = 7;
    private static final int TRAILER_PARTS = 3;
    /** How many digits a number may have whose size is not limited otherwise. */
    private static final int MOST_DIGITS = 18;

    private final FileName name;
    private final RecordCheck records;
    private final RowWriter rows;
    private final Faults faults;
    private final MessageDigest digest;
    private final Line line = new Line();

    private Encoding encoding = Encoding.any();
    private @Nullable String statedEncoding;
    /** -1: nothing that can be compared is stated. */
    private long statedRecords = -1;

    private boolean trailerRead;
    private long lines;
    private long size;
    private String sha256 = "";

    FilePass(FileName name, Layout layout, MobileSegments mobiles, RowWriter rows, Faults faults) {
        this.name = name;
        this.rows = rows;
        this.faults = faults;
        this.records = new RecordCheck(name, layout, mobiles, faults);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void read(InputStream content) throws IOException {
        var all = new Lines(content, digest);
        boolean any = all.next();
        for (byte[] mark : BYTE_ORDER_MARKS) {
            if (any && all.startsWith(mark)) {
                faults.add(1, Fault.WHOLE, "F06", "no byte order mark");
                all.skip(mark.length);
            }
        }
        boolean first = true;
        ByteBuffer bytes = ByteBuffer.wrap(all.bytes());
        while (any) {
            bytes.limit(all.to()).position(all.from());
            readLine(all, bytes, first);
            first = false;
            any = all.next();
        }
        lines = all.number();
        size = all.size();
        sha256 = HexFormat.of().formatHex(digest.digest());
        finish(first);
    }

    private void readLine(Lines all, ByteBuffer bytes, boolean first) throws IOException {
        long number = all.number();
        boolean header = all.startsWith((byte) 'H', (byte) '|');
        boolean record = all.startsWith((byte) 'D', (byte) '|');
        boolean trailer = all.startsWith((byte) 'T', (byte) '|');
        if (first && (!header || all.isTooLong())) {
            faults.add(number, Fault.WHOLE, "F03", "a header: H|" + name.kind() + "|…");
        }
        if (trailerRead) {
            faults.add(number, Fault.WHOLE, "F03", "nothing after the trailer");
        }
        if (record) {
            records.count();
        }
        if (all.isTooLong()) {
            faults.add(number, Fault.WHOLE, "R09", "a line of at most " + Lines.LONGEST + " bytes");
            records.unsummed(record);
            return;
        }
        if (!line.read(bytes, encoding)) {
            faults.add(
                    number,
                    Fault.WHOLE,
                    "F06",
                    "bytes that are valid in " + (statedEncoding == null ? "UTF-8 or GB18030" : statedEncoding));
            records.unsummed(record);
            return;
        }
        if (record) {
            readRecord(number);
        } else if (header && first) {
            readHeader(number);
        } else if (trailer) {
            readTrailer(number);
        } else if (!first) {
            faults.add(number, Fault.WHOLE, "F03", header ? "no second header" : "a line that begins with D| or T|");
        }
    }

    private void readRecord(long number) throws IOException {
        boolean right = records.check(number, line);
        if (right && faults.count() == 0) {
            rows.write(number, line);
        }
    }

    private void readHeader(long number) {
        if (line.parts() != HEADER_PARTS) {
            faults.add(
                    number,
                    Fault.WHOLE,
                    "F03",
                    "a header of 7 parts: H|type|province or SP|month|encoding|created|records");
            return;
        }
        expect(number, "type", line.text(1).equals(name.kind().name()), name.kind() + ", as in the file's name");
        expect(number, "reporter", line.text(2).equals(name.reporter()), "the province or SP of the file's name");
        expect(number, "month", line.text(3).equals(FileName.shown(name.month())), "the month of the file's name");
        Optional<Encoding> stated = Encoding.of(line.text(4));
        expect(number, "encoding", stated.isPresent(), "UTF-8 or GB18030");
        stated.ifPresent(found -> {
            encoding = found;
            statedEncoding = line.text(4);
        });
        expect(number, "created", isTime(line.text(5)), "a time, as in 20121005093000");
        statedRecords = number(6);
        expect(number, "records", statedRecords >= 0, "the number of D lines");
        if (statedRecords > RecordCheck.MOST) {
            expect(number, "records", false, "at most " + RecordCheck.MOST + " D lines");
        }
        records.expect(statedRecords);
    }

    private void readTrailer(long number) {
        trailerRead = true;
        if (line.parts() != TRAILER_PARTS) {
            faults.add(number, Fault.WHOLE, "F03", "a trailer of 3 parts: T|records|sum of calls offered");
            return;
        }
        expect(number, "records", number(1) == records.read(), "the number of D lines before it");
        if (records.isSummed()) {
            expect(
                    number,
                    Layout.CALLS_OFFERED,
                    number(2) == records.callsOffered(),
                    name.kind() == FileKind.SPQ ? "the sum of " + Layout.CALLS_OFFERED : "0");
        }
    }

    private void finish(boolean empty) {
        if (empty) {
            faults.add(1, Fault.WHOLE, "F03", "a header: H|" + name.kind() + "|…");
        }
        if (!trailerRead) {
            faults.add(
                    Math.max(lines, 1),
                    Fault.WHOLE,
                    "F03",
                    "a trailer as the last line: T|records|sum of calls offered");
        }
        if (statedRecords >= 0 && statedRecords <= RecordCheck.MOST) {
            expect(1, "records", statedRecords == records.read(), "the number of D lines");
        }
    }

    private void expect(long number, String field, boolean right, String expected) {
        if (!right) {
            faults.add(number, field, "F03", expected);
        }
    }

    private long number(int part) {
        int from = line.from(part);
        int to = line.to(part);
        return from < to && to - from <= MOST_DIGITS && Form.digits(line.chars(), from, to)
                ? Form.number(line.chars(), from, to)
                : -1;
    }

    private static boolean isTime(String text) {
        try {
            LocalDateTime.parse(text, CREATED);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    String sha256() {
        return sha256;
    }

    Checked result() {
        return new Checked(
                statedEncoding,
                records.read(),
                records.callsOffered(),
                lines,
                size,
                sha256,
                faults.kept(),
                faults.count());
    }
}
