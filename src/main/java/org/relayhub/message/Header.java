package org.relayhub.message;

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

    public static final String REQUEST = "0";
    public static final String RESPONSE = "1";
    public static final String BY_NODE = "00";

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
}
