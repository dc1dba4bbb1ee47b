package org.relayhub.message.codes;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Header;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/** The codes and body elements by which the wire names each activity: {@code codes/activities.csv}. */
public final class ActivityCodes {

    /** Whether the hub answers when it has booked a message, or when the home party has answered. */
    public enum Mode {
        ASYNCHRONOUS,
        SYNCHRONOUS
    }

    /**
     * One row of the table.
     *
     * @param responseElement the body element of the answer; null where an answer has no body
     */
    public record Row(
            Activity activity,
            String bipCode,
            String activityCode,
            Mode mode,
            String requestElement,
            @Nullable String responseElement) {

        /**
         * The header of a request of this activity that is routed by node.
         *
         * @param test whether it is a test message
         */
        public Header request(Party sender, Party home, String transIdo, Instant at, boolean test) {
            return new Header(
                    "0100",
                    test ? "1" : "0",
                    bipCode,
                    activityCode,
                    Header.REQUEST,
                    sender.domain(),
                    Header.BY_NODE,
                    home.domain(),
                    home.node(),
                    null,
                    transIdo,
                    Serial.compactTime(at),
                    null,
                    null,
                    sender.node() + "0",
                    null,
                    null,
                    null);
        }
    }

    private final Map<String, Row> byActivityCode = new HashMap<>();
    private final Map<Activity, Row> byActivity = new EnumMap<>(Activity.class);

    public ActivityCodes(CodeTable table) {
        for (CodeTable.Row csv : table.rows()) {
            var row = new Row(
                    Activity.of(csv.get("activity")),
                    csv.get("bip_code"),
                    csv.get("activity_code"),
                    csv.get("mode").equals("synchronous") ? Mode.SYNCHRONOUS : Mode.ASYNCHRONOUS,
                    csv.get("request_element"),
                    csv.get("response_element").isEmpty() ? null : csv.get("response_element"));
            byActivity.put(row.activity(), row);
            if (byActivityCode.put(row.activityCode(), row) != null) {
                throw new IllegalArgumentException(
                        table.name() + ": activity code " + row.activityCode() + " stands twice");
            }
        }
        for (Activity activity : Activity.values()) {
            if (!byActivity.containsKey(activity)) {
                throw new IllegalArgumentException(table.name() + ": no row for " + activity.label());
            }
        }
    }

    /** The row of an ActivityCode, or null where no activity has it. */
    public @Nullable Row byCode(String activityCode) {
        return byActivityCode.get(activityCode);
    }

    public Row of(Activity activity) {
        Row row = byActivity.get(activity);
        if (row == null) {
            throw new IllegalStateException("no codes for " + activity);
        }
        return row;
    }

    public Collection<Row> rows() {
        return byActivity.values();
    }
}
