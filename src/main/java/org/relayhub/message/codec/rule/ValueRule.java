package org.relayhub.message.codec.rule;

import static org.relayhub.message.codes.ResponseCodes.BELOW_MINIMUM;
import static org.relayhub.message.codes.ResponseCodes.NOT_ENUMERATED;
import static org.relayhub.message.codes.ResponseCodes.TOO_LONG;
import static org.relayhub.message.codes.ResponseCodes.TOO_SHORT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_TYPE;

import java.math.BigInteger;
import java.text.ParsePosition;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Fault;
import org.relayhub.message.codes.CodesOfDay;
import org.relayhub.message.codes.DatedCode;
import org.relayhub.message.codes.DatedCodes;
import org.relayhub.message.codes.DatedTable;
import org.relayhub.message.codes.Lookup;

/**
 * What the schema says of one value, checked in the order type, length, enumeration, format, range, so that the first
 * thing that is wrong is the one that is named.
 *
 * @param builtIn the XML Schema type that the value is derived from
 * @param mayBeEmpty whether an empty value stands for none
 * @param characters what the value is made of; null if of anything
 * @param format the form it has; null if any
 * @param maxLength in characters; -1 where the schema gives none
 * @param maxBytes in GBK; -1 where the schema gives none
 * @param allowed the values of an enumeration or the keys of a code table; null if any
 * @param calendar the form of the time that the value begins with, which must exist; null if it is none
 * @param dated where the code must be in force; null if the value is none that ends
 */
public record ValueRule(
        BuiltIn builtIn,
        boolean mayBeEmpty,
        @Nullable Pattern characters,
        @Nullable Pattern format,
        int minLength,
        int maxLength,
        int maxBytes,
        @Nullable Set<String> allowed,
        @Nullable DateTimeFormatter calendar,
        @Nullable Dated dated) {

    private static final int MOST_CHOICES_NAMED = 40;

    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

    /** The XML Schema types that the document's schemas build on. */
    public enum BuiltIn {
        STRING,
        NON_NEGATIVE_INTEGER,
        POSITIVE_INTEGER,
        BOOLEAN
    }

    /**
     * Codes that are in force for a time.
     *
     * @param byPrefix whether the value only begins with a code
     */
    record Dated(DatedCodes<?> codes, boolean byPrefix) {}

    /** What is wrong with a value of an element, or null. */
    public @Nullable Fault check(String element, String value, CodesOfDay codes) {
        if (value.isEmpty()) {
            return mayBeEmpty ? null : Fault.of(TOO_SHORT, element, "must not be empty");
        }
        Fault fault = checkType(element, value);
        if (fault == null) {
            fault = checkLength(element, value);
        }
        if (fault == null && allowed != null && !allowed.contains(value)) {
            fault = Fault.of(NOT_ENUMERATED, element, "is not one of " + choices(allowed));
        }
        if (fault == null && format != null && !format.matcher(value).matches()) {
            fault = Fault.of(WRONG_FORMAT, element, "has the wrong format, wanted " + format.pattern());
        }
        if (fault == null && calendar != null && !exists(value, calendar)) {
            fault = Fault.of(WRONG_FORMAT, element, "is no time of the calendar");
        }
        if (fault == null && dated != null) {
            fault = checkDated(element, value, dated, codes);
        }
        return fault;
    }

    private @Nullable Fault checkType(String element, String value) {
        if (!isXmlText(value)) {
            return Fault.of(WRONG_TYPE, element, "has characters that XML 1.0 does not");
        }
        if (characters != null && !characters.matcher(value).matches()) {
            return Fault.of(
                    WRONG_TYPE, element, "has characters that its type does not, wanted " + characters.pattern());
        }
        return switch (builtIn) {
            case STRING -> null;
            case BOOLEAN ->
                Set.of("true", "false", "0", "1").contains(value)
                        ? null
                        : Fault.of(WRONG_TYPE, element, "is neither true nor false");
            case NON_NEGATIVE_INTEGER -> checkInteger(element, value, BigInteger.ZERO);
            case POSITIVE_INTEGER -> checkInteger(element, value, BigInteger.ONE);
        };
    }

    /** Whether a text can be written again: XML 1.1 and parsers of characters let more through. */
    private static boolean isXmlText(String value) {
        return value.codePoints()
                .allMatch(c -> c >= ' ' && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) && c < 0xfffe
                        || c == '\t'
                        || c == '\n'
                        || c == '\r'
                        || c > Character.MAX_VALUE);
    }

    private static @Nullable Fault checkInteger(String element, String value, BigInteger minimum) {
        if (!INTEGER.matcher(value).matches()) {
            return Fault.of(WRONG_TYPE, element, "is no whole number");
        }
        return new BigInteger(value).compareTo(minimum) < 0
                ? Fault.of(BELOW_MINIMUM, element, "is less than " + minimum)
                : null;
    }

    private @Nullable Fault checkLength(String element, String value) {
        int characterCount = value.codePointCount(0, value.length());
        if (characterCount < minLength) {
            return Fault.of(TOO_SHORT, element, "has " + characterCount + " characters, wanted " + minLength);
        }
        if (maxBytes >= 0) {
            int bytes = GbkLength.of(value);
            if (bytes > maxBytes) {
                return Fault.of(TOO_LONG, element, "has " + bytes + " bytes in GBK, at most " + maxBytes);
            }
        }
        if (maxLength >= 0 && characterCount > maxLength) {
            return Fault.of(TOO_LONG, element, "has " + characterCount + " characters, at most " + maxLength);
        }
        return null;
    }

    /** The values that are allowed, as far as they fit into an answer. */
    private static String choices(Collection<String> allowed) {
        return allowed.size() > MOST_CHOICES_NAMED
                ? "its " + allowed.size() + " codes"
                : String.join(", ", allowed.stream().sorted().toList());
    }

    /** Whether a value begins with a time that exists; its length and form are for other facets to say. */
    private static boolean exists(String value, DateTimeFormatter calendar) {
        try {
            calendar.parse(value, new ParsePosition(0));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static @Nullable Fault checkDated(String element, String value, Dated dated, CodesOfDay codes) {
        DatedTable<?> table = codes.of(dated.codes());
        Lookup<?> found = dated.byPrefix() ? table.findByPrefix(value, codes.day()) : table.find(value, codes.day());
        if (found instanceof Lookup.Unknown) {
            return Fault.of(
                    NOT_ENUMERATED,
                    element,
                    dated.byPrefix()
                            ? "is in no service type of the catalogue"
                            : "is not one of " + choices(inForce(table, codes)));
        }
        return found.refusal()
                .map(reason -> Fault.of(NOT_ENUMERATED, element, reason))
                .orElse(null);
    }

    private static List<String> inForce(DatedTable<?> table, CodesOfDay codes) {
        return table.inForce(codes.day()).stream().map(DatedCode::code).toList();
    }
}
