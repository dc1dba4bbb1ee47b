package org.relayhub.message.codec;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the contract says of one element, written by hand, and the values to try on it.
 *
 * @param optional whether it may be missing, and empty
 */
record ElementCases(String element, boolean optional, List<Trial> trials) {

    /**
     * One value and what it must be answered with.
     *
     * @param value null to leave the element out
     * @param code null if the value is right
     */
    record Trial(
            String what, @Nullable String value, @Nullable String code) {}

    /**
     * A trial in a document.
     *
     * @param code null if the document is right
     */
    record Case(
            String element,
            String what,
            Draft draft,
            @Nullable String code) {

        @Override
        public String toString() {
            return element + " " + what + ": " + (code == null ? "right" : code);
        }
    }

    private static final Charset GBK = Charset.forName("GBK");
    private static final String STRUCTURE = "0106";

    /** Text of at most so many GBK bytes. */
    static ElementCases text(String element, int bytes) {
        return new ElementCases(
                element,
                false,
                List.of(
                        right("of Chinese text at its greatest length", chinese(bytes)),
                        right("of characters that GBK lacks", bytes < 4 ? "é" : "😀".repeat(bytes / 4)),
                        right("of mark-up characters", "&<>".substring(0, Math.min(3, bytes))),
                        wrong("one byte over in Chinese text", chinese(bytes + 1), "4004"),
                        wrong("one byte over in Latin text", "x".repeat(bytes + 1), "4004"),
                        wrong("over in characters that GBK lacks", "😀".repeat(bytes / 4 + 1), "4004")));
    }

    /** Exactly so many digits. */
    static ElementCases digits(String element, int digits) {
        return new ElementCases(element, false, wrongDigits(digits, digits))
                .and(right("of " + digits + " digits", "7".repeat(digits)));
    }

    /** Digits, at most so many. */
    static ElementCases digitsUpTo(String element, int digits) {
        return new ElementCases(element, false, wrongDigits(1, digits))
                .and(right("of " + digits + " digits", "7".repeat(digits)), right("of one digit", "7"));
    }

    /** A code of so many digits; two that exist, and some that do not. */
    static ElementCases code(String element, int digits, String one, String other, String... unknown) {
        return new ElementCases(element, false, wrongDigits(digits, digits))
                .and(right("of a code", one), right("of another code", other))
                .and(Stream.of(unknown)
                        .map(code -> wrong("of the unknown code " + code, code, "4002"))
                        .toArray(Trial[]::new));
    }

    /** One of some words. */
    static ElementCases word(String element, String... words) {
        return new ElementCases(element, false, List.of())
                .and(Stream.of(words).map(word -> right("of " + word, word)).toArray(Trial[]::new))
                .and(
                        wrong("of no known word", "OTHER", "4002"),
                        wrong("of a known word in lower case", words[0].toLowerCase(java.util.Locale.ROOT), "4002"),
                        wrong("of a known word and a blank", words[0] + " ", "4002"));
    }

    /** A time as bodies have it. */
    static ElementCases time(String element) {
        return new ElementCases(
                element,
                false,
                List.of(
                        wrong("with letters", "2026-11-22T10:15:00", "4001"),
                        wrong("with Chinese characters", "二零二六-11-22 10:15:00", "4001"),
                        wrong("one character short", "2026-11-22 10:15:0", "4003"),
                        wrong("one character over", "2026-11-22 10:15:000", "4004"),
                        wrong("with its parts misplaced", "20261122-10:15:00--", "4005"),
                        wrong("in a 13th month", "2026-13-22 10:15:00", "4005"),
                        wrong("on 30 February", "2026-02-30 10:15:00", "4005"),
                        wrong("on the leap day of no leap year", "2026-02-29 10:15:00", "4005"),
                        wrong("at 24 o'clock", "2026-11-22 24:00:00", "4005"),
                        wrong("in a 61st minute", "2026-11-22 10:60:00", "4005")));
    }

    /** A time as headers have it. */
    static ElementCases compactTime(String element) {
        return new ElementCases(element, false, wrongDigits(14, 14))
                .and(
                        right("on a leap day", "20240229235959"),
                        wrong("on 31 April", "20260431101500", "4005"),
                        wrong("at 24 o'clock", "20261122240000", "4005"));
    }

    /** A ticket. */
    static ElementCases ticket(String element) {
        return new ElementCases(
                element,
                false,
                List.of(
                        right("of another province", "20261231CSVC9919999999"),
                        wrong("in lower case", "20261122csvc2500000001", "4001"),
                        wrong("with a hyphen", "20261122-SVC2500000001", "4001"),
                        wrong("one character short", "20261122CSVC250000001", "4003"),
                        wrong("one character over", "20261122CSVC25000000001", "4004"),
                        wrong("of another system", "20261122XXXX2500000001", "4005"),
                        wrong("with a letter for a digit", "20261122CSVC25O0000001", "4005"),
                        wrong("on 31 November", "20261131CSVC2500000001", "4005")));
    }

    /** A party. */
    static ElementCases party(String element) {
        return new ElementCases(
                element,
                false,
                List.of(
                        right("of headquarters", "SIMS-000"),
                        wrong("in lower case", "sims-000", "4001"),
                        wrong("one character over", "SIMSX-000", "4004"),
                        wrong("without its node", "SIMS-", "4005"),
                        wrong("without a hyphen", "SIMS000", "4005")));
    }

    /** A whole number that is at least so many. */
    static ElementCases number(String element, int least) {
        return new ElementCases(
                element,
                false,
                List.of(
                        right("at its least", String.valueOf(least)),
                        right("of many digits", "4000000"),
                        wrong("one below its least", String.valueOf(least - 1), "4006"),
                        wrong("of letters", "one", "4001"),
                        wrong("with a fraction", "1.5", "4001"),
                        wrong("with blanks", "1 0", "4001")));
    }

    /** An element that may be missing, and empty. */
    ElementCases asOptional() {
        return new ElementCases(element, true, trials);
    }

    /** Further trials. */
    ElementCases and(Trial... more) {
        var all = new ArrayList<>(trials);
        all.addAll(List.of(more));
        return new ElementCases(element, optional, List.copyOf(all));
    }

    static Trial right(String what, String value) {
        return new Trial(what, value, null);
    }

    static Trial wrong(String what, String value, String code) {
        return new Trial(what, value, code);
    }

    /** Every trial in a document, and beside them the element empty and missing. */
    Stream<Case> in(Draft valid) {
        Stream<Trial> presence = Stream.of(
                new Trial("empty", "", optional ? null : "4003"),
                new Trial("missing", null, optional ? null : STRUCTURE));
        Stream<Case> values = Stream.concat(presence, trials.stream())
                .map(trial -> new Case(
                        element,
                        trial.what(),
                        trial.value() == null ? valid.without(element) : valid.with(element, trial.value()),
                        trial.code()));
        Stream<Case> structure = Stream.of(
                new Case(element, "twice", valid.doubled(element), STRUCTURE),
                new Case("Stray", "after " + element, valid.after(element, new XmlNode("Stray", "x")), STRUCTURE));
        return Stream.concat(values, structure);
    }

    private static List<Trial> wrongDigits(int least, int most) {
        var trials = new ArrayList<Trial>();
        trials.add(wrong("of letters", "x".repeat(most), "4001"));
        trials.add(wrong("of full-width digits", "１".repeat(most), "4001"));
        trials.add(wrong("with a sign", "-" + "1".repeat(most - 1), "4001"));
        trials.add(wrong("with a blank", " " + "1".repeat(most - 1), "4001"));
        trials.add(wrong("one digit over", "1".repeat(most + 1), "4004"));
        if (least > 1) {
            trials.add(wrong("one digit short", "1".repeat(least - 1), "4003"));
        }
        return trials;
    }

    /** A text of exactly so many GBK bytes. */
    static String chinese(int bytes) {
        String text = "投".repeat(bytes / 2) + "x".repeat(bytes % 2);
        if (text.getBytes(GBK).length != bytes) {
            throw new IllegalStateException("a Chinese character has two bytes in GBK");
        }
        return text;
    }
}
