package org.relayhub.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a diagnosis is about.
 *
 * @param msisdn the customer's number; null where it is about a line
 * @param lineNo the line; null where it is about a number
 * @param svcTypeId the service type that is complained of
 * @param node the province that it is at home in
 * @param test whether it is for the sake of a test message
 */
public record Subject(@Nullable String msisdn, @Nullable String lineNo, String svcTypeId, String node, boolean test) {

    public Subject {
        if ((msisdn == null) == (lineNo == null)) {
            throw new IllegalArgumentException("a diagnosis is of a number or of a line");
        }
    }

    /** By what a source is told what it is about. */
    Map<String, String> element() {
        Map<String, String> element = new LinkedHashMap<>();
        if (msisdn != null) {
            element.put("MSISDN", msisdn);
        } else if (lineNo != null) {
            element.put("LineNo", lineNo);
        }
        return element;
    }
}
