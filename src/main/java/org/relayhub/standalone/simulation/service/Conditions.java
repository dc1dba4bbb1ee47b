package org.relayhub.standalone.simulation.service;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.OwnBusinessCatalogue.Operation;
import org.relayhub.message.codes.ResponseCodes;

/** The values of {@code OperateConditions}, by the names that the catalogue gives them. */
record Conditions(Map<String, String> values) {

    private static final String ELEMENT = "OperateConditions: ";
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final Pattern MSISDN = Pattern.compile("[0-9]{11}");
    private static final int LONGEST_SPAN = 365;

    /** @throws RefusalException 4002, 4005, 4006 or 4007 if a platform cannot work with them */
    static Conditions of(Operation operation, String joined) {
        List<String> names = operation.conditions();
        String[] given = joined.split("\\|", -1);
        if (given.length != names.size()) {
            throw wrong(ResponseCodes.WRONG_FORMAT, "wanted " + String.join("|", names));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < given.length; i++) {
            values.put(names.get(i), given[i]);
        }
        var conditions = new Conditions(values);
        conditions.check();
        return conditions;
    }

    private void check() {
        if (values.containsKey("msisdn") && !MSISDN.matcher(msisdn()).matches()) {
            throw wrong(ResponseCodes.WRONG_FORMAT, "msisdn is no phone number");
        }
        String action = values.getOrDefault("action", "0");
        if (!action.equals("0") && !action.equals("1")) {
            throw wrong(ResponseCodes.NOT_ENUMERATED, "action is neither 1 (block) nor 0 (activate)");
        }
        if (values.containsKey(FROM)) {
            long days = ChronoUnit.DAYS.between(first(), last());
            if (days < 0) {
                throw wrong(ResponseCodes.BELOW_MINIMUM, "to is before from");
            }
            if (days > LONGEST_SPAN) {
                throw wrong(ResponseCodes.ABOVE_MAXIMUM, "more than " + LONGEST_SPAN + " days");
            }
        }
    }

    private static RefusalException wrong(String code, String why) {
        return new RefusalException(code, ELEMENT + why);
    }

    private String get(String name) {
        return values.getOrDefault(name, "");
    }

    String msisdn() {
        return get("msisdn");
    }

    /** Whether a number is to be put on the blacklist, of an operation that may do either. */
    boolean blocks() {
        return get("action").equals("1");
    }

    boolean mayBlockOrActivate() {
        return values.containsKey("action");
    }

    /** What is asked for: a number, or a name. */
    String subject() {
        return values.values().iterator().next();
    }

    /** All of them, as they came. */
    String joined() {
        return String.join("|", values.values());
    }

    LocalDate first() {
        return day(FROM);
    }

    LocalDate last() {
        return day(TO);
    }

    /** Of the first day, in China. */
    Instant from() {
        return first().atStartOfDay(Serial.CHINA).toInstant();
    }

    /** Of the day after the last. */
    Instant until() {
        return last().plusDays(1).atStartOfDay(Serial.CHINA).toInstant();
    }

    private LocalDate day(String name) {
        try {
            return LocalDate.parse(get(name));
        } catch (DateTimeException e) {
            throw wrong(ResponseCodes.WRONG_FORMAT, name + " is no day, wanted yyyy-MM-dd");
        }
    }
}
