package org.relayhub.trace;

import io.opentelemetry.api.common.AttributeKey;

/** What the hub's spans say, by the names of docs/operations.md. None of it is personal data. */
public final class SpanNames {

    /** The ticket, as in {@code 20261122CSVC2500000001}. */
    public static final AttributeKey<String> INDICT_SEQ = AttributeKey.stringKey("relayhub.indict_seq");

    /** The sender's serial of the message. */
    public static final AttributeKey<String> TRANS_IDO = AttributeKey.stringKey("relayhub.trans_ido");

    /** Who has sent it, who is asked, or who it is delivered to. */
    public static final AttributeKey<String> PARTY = AttributeKey.stringKey("relayhub.party");

    /** Over what it came. */
    public static final AttributeKey<String> TRANSPORT = AttributeKey.stringKey("relayhub.transport");

    /** Which try of its delivery this is, from 1 on. */
    public static final AttributeKey<Long> TRY = AttributeKey.longKey("relayhub.try");

    /** The code that it was answered with. */
    public static final AttributeKey<String> RSP_CODE = AttributeKey.stringKey("relayhub.rsp_code");

    /** What becomes of its delivery: delivered, retrying, refused, dead or pending. */
    public static final AttributeKey<String> STATE = AttributeKey.stringKey("relayhub.state");

    /** Which database a transaction is of, as OpenTelemetry's conventions name it. */
    static final AttributeKey<String> DATABASE = AttributeKey.stringKey("db.system.name");

    private SpanNames() {}
}
