package org.relayhub.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything of an InterBOSS document but {@code Response} and {@code SvcCont}. Optional elements are null where the
 * document lacks them. In a document whose header was refused, an element that could not be read has a stand-in.
 */
public record Header(
        String version,
        String testFlag,
        String bipCode,
        String activityCode,
        String actionCode,
        String origDomain,
        String routeType,
        String homeDomain,
        String routeValue,
        @Nullable String sessionId,
        String transIdo,
        String transIdoTime,
        @Nullable String transIdh,
        @Nullable String transIdhTime,
        String msgSender,
        @Nullable String msgReceiver,
        @Nullable String convId,
        @Nullable String cutOffDay) {

    /** What stands in for a TransIDO that could not be read. */
    static final String NO_SERIAL = "-";

    public static final String REQUEST = "0";
    public static final String RESPONSE = "1";
    public static final String BY_NODE = "00";

    /** The header that has these values, by element name; a mandatory one that is not there gets a stand-in. */
    public static Header of(Map<String, String> values) {
        return new Header(
                values.getOrDefault("Version", "0100"),
                values.getOrDefault("TestFlag", "0"),
                values.getOrDefault("BIPCode", "--------"),
                values.getOrDefault("ActivityCode", "--------"),
                values.getOrDefault("ActionCode", REQUEST),
                values.getOrDefault("OrigDomain", "NONE"),
                values.getOrDefault("RouteType", BY_NODE),
                values.getOrDefault("HomeDomain", "NONE"),
                values.getOrDefault("RouteValue", "000"),
                values.get("SessionID"),
                values.getOrDefault("TransIDO", NO_SERIAL),
                values.getOrDefault("TransIDOTime", "19700101000000"),
                filled(values, "TransIDH"),
                filled(values, "TransIDHTime"),
                values.getOrDefault("MsgSender", "0000"),
                values.get("MsgReceiver"),
                values.get("ConvID"),
                values.get("CutOffDay"));
    }

    private static @Nullable String filled(Map<String, String> values, String name) {
        String value = values.getOrDefault(name, "");
        return value.isEmpty() ? null : value;
    }

    public boolean test() {
        return testFlag.equals("1");
    }

    public boolean request() {
        return actionCode.equals(REQUEST);
    }

    /** The party that the document claims to come from: OrigDomain and the first three digits of MsgSender. */
    public Party sender() {
        return new Party(origDomain, msgSender.substring(0, 3));
    }

    /** This header turned into that of an answer. */
    public Header answered(String transIdh, String transIdhTime) {
        return new Header(
                version,
                testFlag,
                bipCode,
                activityCode,
                RESPONSE,
                origDomain,
                routeType,
                homeDomain,
                routeValue,
                sessionId,
                transIdo,
                transIdoTime,
                transIdh,
                transIdhTime,
                msgSender,
                msgReceiver,
                convId,
                cutOffDay);
    }

    /** Without RouteValue, which may be a customer's number: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "Header[" + activityCode + " " + transIdo + "]";
    }
}
