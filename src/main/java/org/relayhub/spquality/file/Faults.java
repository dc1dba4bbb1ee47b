package org.relayhub.spquality.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is wrong with one file: all of it is counted, and the first of it kept. */
final class Faults {

    /** How many faults are kept; whoever has more has one cause for them. */
    static final int KEPT = 10_000;

    private final List<Fault> kept = new ArrayList<>();
    private long count;

    void add(long line, String field, String code, String expected) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(new Fault(line, field, code, expected));
        }
    }

    /** Of the file as a whole: kept however many there are, since it explains the others. */
    void addOfFile(String field, String code, String expected) {
        count++;
        if (kept.size() == KEPT) {
            kept.remove(KEPT - 1);
        }
        kept.add(0, new Fault(0, field, code, expected));
    }

    long count() {
        return count;
    }

    /** Those that were kept, by line. */
    List<Fault> kept() {
        return kept.stream().sorted(Comparator.comparingLong(Fault::line)).toList();
    }
}
