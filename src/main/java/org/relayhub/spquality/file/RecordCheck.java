package org.relayhub.spquality.file;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.List;
import org.relayhub.spquality.file.layout.FileKind;
import org.relayhub.spquality.file.layout.Form;
import org.relayhub.spquality.file.layout.Layout;
import org.relayhub.spquality.file.layout.MobileSegments;
import org.relayhub.spquality.file.text.Line;

/** Checks the D lines of one file, each by itself and all of them for their keys. */
final class RecordCheck {

    /** The most records that a file may have: a fifth more than the greatest month that is planned for. */
    static final int MOST = 12_000_000;

    /** Until a header says more. */
    private static final int FEW = 1024;

    private static final long CODES = 1_000_000_000_000L;
    private static final int CODE_LENGTHS = 16;
    private static final int FIRST_SP = 900_000;

    private final FileName name;
    private final Layout layout;
    private final List<Layout.Field> fields;
    private final MobileSegments mobiles;
    private final Faults faults;
    private final long[] numbers;
    private final boolean[] right;
    /** The index of the field that is summed; -1 if there is none. */
    private final int offered;

    private LongIntHashMap lineOfKey = new KeyLines(FEW);
    private long read;
    private long callsOffered;
    private boolean summed = true;

    RecordCheck(FileName name, Layout layout, MobileSegments mobiles, Faults faults) {
        this.name = name;
        this.layout = layout;
        this.fields = layout.fields();
        this.mobiles = mobiles;
        this.faults = faults;
        this.numbers = new long[fields.size()];
        this.right = new boolean[fields.size()];
        this.offered = fields.stream().map(Layout.Field::name).toList().indexOf(Layout.CALLS_OFFERED);
    }

    /** Makes room for as many keys as a header promises, so that the table need not be copied while it grows. */
    void expect(long records) {
        if (records > FEW && records <= MOST) {
            lineOfKey = new KeyLines((int) records);
        }
    }

    /** Another D line was found. */
    void count() {
        read++;
    }

    /** A D line could not be read, so that nobody knows the sum. */
    void unsummed(boolean record) {
        summed &= !record;
    }

    /** Checks a line; says whether it is right. */
    boolean check(long number, Line line) {
        if (line.parts() != layout.parts()) {
            faults.add(number, Fault.WHOLE, "R09", layout.parts() + " parts, the first of them D");
            summed = false;
            return false;
        }
        boolean all = true;
        for (int i = 0; i < right.length; i++) {
            right[i] = isRight(i, line);
            all &= right[i];
            if (!right[i]) {
                Layout.Field field = fields.get(i);
                faults.add(number, field.name(), field.code(), field.expected());
            }
        }
        sum();
        if (read > MOST) {
            if (read == MOST + 1) {
                faults.add(number, Fault.WHOLE, "F03", "at most " + MOST + " D lines");
            }
            return false;
        }
        return checkOwner(number, line) && checkKey(number, line) && all;
    }

    private boolean isRight(int i, Line line) {
        Layout.Field field = fields.get(i);
        int from = line.from(i + 1);
        int to = line.to(i + 1);
        boolean formed = field.form().accepts(line.chars(), from, to, field.length(), mobiles);
        if (field.form() != Form.NUMBER) {
            return formed;
        }
        numbers[i] = formed ? Form.number(line.chars(), from, to) : -1;
        // What is no number cannot be exceeded: it has a fault of its own.
        boolean within = field.atMost() < 0 || numbers[field.atMost()] < 0 || numbers[i] <= numbers[field.atMost()];
        return formed && within;
    }

    private void sum() {
        if (offered >= 0) {
            summed &= right[offered];
            callsOffered += Math.max(numbers[offered], 0);
        }
    }

    /** An SP states its own contacts, and nobody else's. */
    private boolean checkOwner(long number, Line line) {
        if (name.kind() != FileKind.SPS || !right[0] || line.text(1).equals(name.reporter())) {
            return true;
        }
        faults.add(number, fields.get(0).name(), "F04", "the SP of the file's name");
        return false;
    }

    private boolean checkKey(long number, Line line) {
        int last = name.kind() == FileKind.SPQ ? 2 : 3;
        int second = name.kind() == FileKind.SPQ ? 2 : 1;
        if (!right[0] || !right[second] || !right[last]) {
            return true;
        }
        long key = name.kind() == FileKind.SPQ ? serviceKey(line) : statementKey(line);
        int index = lineOfKey.indexOf(key);
        if (!lineOfKey.indexExists(index)) {
            lineOfKey.indexInsert(index, key, (int) number);
            return true;
        }
        faults.add(
                number,
                Fault.WHOLE,
                "R10",
                "a key that does not stand in line " + lineOfKey.indexGet(index) + " already");
        return false;
    }

    /** SP and service code, in one number: a code with zeros before it is another code. */
    private static long serviceKey(Line line) {
        long sp = Form.number(line.chars(), line.from(1), line.to(1)) - FIRST_SP;
        int length = line.to(3) - line.from(3);
        return (sp * CODE_LENGTHS + length) * CODES + Form.number(line.chars(), line.from(3), line.to(3));
    }

    /** Hotline and day, in one number: the SP is the file's. */
    private static long statementKey(Line line) {
        long day = Form.day(line.chars(), line.from(4)).toEpochDay();
        return day * CODES + Form.number(line.chars(), line.from(2), line.to(2));
    }

    /** How many D lines there were. */
    long read() {
        return read;
    }

    long callsOffered() {
        return callsOffered;
    }

    /** Whether the sum is that of all D lines. */
    boolean isSummed() {
        return summed;
    }
}
