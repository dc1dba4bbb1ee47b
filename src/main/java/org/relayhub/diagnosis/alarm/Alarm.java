package org.relayhub.diagnosis.alarm;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Serial;

/**
 * What is known of an alarm: what one message says of it, or what all have said together. Exactly one of line and area is
 * there.
 *
 * @param node the province of the network platform that says it
 * @param alarmId the platform's own name for it, the same for every occurrence
 * @param lineNo the line that is disturbed; null if it is an area
 * @param area the area that is disturbed; null if it is a line
 * @param raisedAt when its latest occurrence began
 * @param clearedAt when it was last cleared; null if it never was
 * @param receivedAt when the hub last heard of it
 * @param description the platform's words, which may hold a number; null where there are none
 */
public record Alarm(
        String node,
        String alarmId,
        @Nullable String lineNo,
        @Nullable String area,
        Severity severity,
        Instant raisedAt,
        @Nullable Instant clearedAt,
        Instant receivedAt,
        @Nullable String description) {

    /** What a message says: an {@code Alarm} that {@code alarm.xsd} allows. */
    static Alarm of(Body element, Instant receivedAt) {
        String cleared = element.find("ClearedTime");
        return new Alarm(
                element.get("NODE"),
                element.get("AlarmId"),
                element.find("LineNo"),
                element.find("Area"),
                Severity.valueOf(element.get("Severity")),
                Serial.time(element.get("RaisedTime")),
                cleared == null ? null : Serial.time(cleared),
                receivedAt,
                element.find("Description"));
    }
}
