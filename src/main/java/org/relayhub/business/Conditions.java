package org.relayhub.business;

import static org.relayhub.message.codes.ResponseCodes.ABOVE_MAXIMUM;
import static org.relayhub.message.codes.ResponseCodes.BELOW_MINIMUM;
import static org.relayhub.message.codes.ResponseCodes.NOT_ENUMERATED;
import static org.relayhub.message.codes.ResponseCodes.TOO_LONG;
import static org.relayhub.message.codes.ResponseCodes.TOO_SHORT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_TYPE;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.RefusalException;

/**
 * Checks the values of {@code OperateConditions}, which are joined by {@code |} in the order of the catalogue's column
 * {@code conditions}. A refusal names the condition and its place.
 */
final class Conditions {

    /** How far a history query may reach, in days: contract, BusinessQueryRsp. */
    static final int LONGEST_SPAN = 365;

    private static final String ELEMENT = "OperateConditions: ";
    private static final int MSISDN_DIGITS = 11;
    private static final int LONGEST_NAME = 64;
    private static final Pattern DIGITS = Pattern.compile("[0-9]*");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd").withResolverStyle(ResolverStyle.STRICT);

    private Conditions() {}

    /**
     * Checks the values of one operation.
     *
     * @param names what the catalogue wants, in its order
     * @param joined the values as they came
     * @throws RefusalException 4001 to 4007
     */
    static void check(List<String> names, String joined) {
        String[] values = joined.split("\\|", -1);
        if (values.length != names.size()) {
            throw new RefusalException(
                    WRONG_FORMAT,
                    ELEMENT + "has " + values.length + " values, wanted " + names.size() + ": "
                            + String.join("|", names));
        }
        @Nullable LocalDate from = null;
        @Nullable LocalDate to = null;
        for (int i = 0; i < values.length; i++) {
            String name = names.get(i);
            String place = ELEMENT + name + " (value " + (i + 1) + ") ";
            if (values[i].isEmpty()) {
                throw new RefusalException(TOO_SHORT, place + "must not be empty");
            }
            switch (name) {
                case "msisdn" -> checkNumber(place, values[i]);
                case "from" -> from = day(place, values[i]);
                case "to" -> to = day(place, values[i]);
                case "action" -> checkAction(place, values[i]);
                default -> checkName(place, values[i]);
            }
        }
        if (from != null && to != null) {
            checkSpan(ELEMENT + "to (value " + (names.indexOf("to") + 1) + ") ", from, to);
        }
    }

    private static void checkNumber(String place, String value) {
        if (!DIGITS.matcher(value).matches()) {
            throw new RefusalException(WRONG_TYPE, place + "is not of digits");
        }
        if (value.length() != MSISDN_DIGITS) {
            throw new RefusalException(
                    value.length() < MSISDN_DIGITS ? TOO_SHORT : TOO_LONG,
                    place + "has " + value.length() + " digits, wanted " + MSISDN_DIGITS);
        }
    }

    private static LocalDate day(String place, String value) {
        if (!DATE.matcher(value).matches()) {
            throw new RefusalException(WRONG_FORMAT, place + "is no day, wanted yyyy-MM-dd");
        }
        try {
            return LocalDate.parse(value, DAY);
        } catch (DateTimeException e) {
            throw new RefusalException(WRONG_FORMAT, place + "is no day of the calendar");
        }
    }

    private static void checkSpan(String place, LocalDate from, LocalDate to) {
        if (to.isBefore(from)) {
            throw new RefusalException(BELOW_MINIMUM, place + "is before from");
        }
        if (ChronoUnit.DAYS.between(from, to) > LONGEST_SPAN) {
            throw new RefusalException(ABOVE_MAXIMUM, place + "is more than " + LONGEST_SPAN + " days after from");
        }
    }

    private static void checkAction(String place, String value) {
        if (!value.equals("0") && !value.equals("1")) {
            throw new RefusalException(NOT_ENUMERATED, place + "is neither 1 (block) nor 0 (activate)");
        }
    }

    private static void checkName(String place, String value) {
        if (value.codePointCount(0, value.length()) > LONGEST_NAME) {
            throw new RefusalException(TOO_LONG, place + "has more than " + LONGEST_NAME + " characters");
        }
        if (value.isBlank() || value.chars().anyMatch(Character::isISOControl)) {
            throw new RefusalException(WRONG_TYPE, place + "is no name");
        }
    }
}
