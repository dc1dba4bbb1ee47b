package org.relayhub.spquality.file.layout;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoField;
import org.relayhub.message.codec.rule.GbkLength;

/** The forms that a field may have, named as in {@code schemas/files/*.csv}. */
public enum Form {
    SP_ID("sp-id") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            return to - from == length && chars[from] == '9' && digits(chars, from, to);
        }
    },
    TEXT("text") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            for (int i = from; i < to; i++) {
                if (Character.isISOControl(chars[i])) {
                    return false;
                }
            }
            return isShown(chars, from, to) && GbkLength.of(chars, from, to) <= length;
        }
    },
    DIGITS("digits") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            return to > from && to - from <= length && digits(chars, from, to);
        }
    },
    NUMBER("number") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            return to > from && to - from <= length && digits(chars, from, to);
        }
    },
    /** 010 and 02x have three digits and eight more, the other areas four and seven or eight more. */
    FIXED_LINE("fixed-line") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            int all = to - from;
            if (all < SHORTEST_FIXED_LINE || all > length || chars[from] != '0' || !digits(chars, from, to)) {
                return false;
            }
            boolean shortArea = chars[from + 1] == '2' || (chars[from + 1] == '1' && chars[from + 2] == '0');
            int area = shortArea ? 3 : 4;
            return (shortArea ? all == SHORTEST_FIXED_LINE : chars[from + 1] >= '3') && chars[from + area] >= '2';
        }
    },
    MOBILE("mobile") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            return to - from == length && digits(chars, from, to) && mobiles.hold(chars, from);
        }
    },
    TENTHS("tenths") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            int point = to - 2;
            return point > from
                    && point - from <= length
                    && chars[point] == '.'
                    && digits(chars, from, point)
                    && digits(chars, point + 1, to);
        }
    },
    DATE("date") {
        @Override
        public boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles) {
            return to - from == length && digits(chars, from, to) && isDay(chars, from);
        }
    };

    private static final int SHORTEST_FIXED_LINE = 11;

    private final String label;

    Form(String label) {
        this.label = label;
    }

    /** Whether a field has this form, and is not longer than allowed. */
    public abstract boolean accepts(char[] chars, int from, int to, int length, MobileSegments mobiles);

    /** @throws IllegalArgumentException if no form has this name */
    static Form of(String label) {
        for (Form form : values()) {
            if (form.label.equals(label)) {
                return form;
            }
        }
        throw new IllegalArgumentException("no form " + label);
    }

    /** Whether there are digits alone. */
    public static boolean digits(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            if (chars[i] < '0' || chars[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /** The number that digits stand for: at most 18 of them. */
    public static long number(char[] chars, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + (chars[i] - '0');
        }
        return number;
    }

    private static boolean isShown(char[] chars, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(chars[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDay(char[] chars, int from) {
        try {
            day(chars, from);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** @throws DateTimeException if the eight digits are no day; there is no year 0 */
    public static LocalDate day(char[] chars, int from) {
        int year = ChronoField.YEAR_OF_ERA.checkValidIntValue(number(chars, from, from + 4));
        return LocalDate.of(year, (int) number(chars, from + 4, from + 6), (int) number(chars, from + 6, from + 8));
    }
}
