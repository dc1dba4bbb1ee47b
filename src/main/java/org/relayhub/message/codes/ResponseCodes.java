package org.relayhub.message.codes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every code that the hub may answer or receive, and whether a sender may try again: {@code codes/response-codes.csv}. */
public final class ResponseCodes {

    public static final String SUCCESS = "0000";
    public static final String OUTCOME_UNKNOWN = "0102";
    public static final String DUPLICATE = "0103";
    public static final String NO_ROUTE = "0104";
    public static final String HEADER_FORMAT = "0105";
    public static final String BODY_FORMAT = "0106";
    public static final String MALFORMED_ANSWER = "0108";
    public static final String HUB_ERROR = "0111";
    public static final String HOME_ERROR = "0113";
    public static final String PEER_TIMEOUT = "0114";
    public static final String NOT_SIGNED_ON = "0118";
    public static final String HOME_DISABLED = "0119";
    public static final String CODES_DISAGREE = "0126";
    public static final String SAME_PARTY = "0129";
    public static final String CONGESTION = "0131";
    public static final String HOME_OUT_OF_ORDER = "0132";
    public static final String WRONG_TYPE = "4001";
    public static final String NOT_ENUMERATED = "4002";
    public static final String TOO_SHORT = "4003";
    public static final String TOO_LONG = "4004";
    public static final String WRONG_FORMAT = "4005";
    public static final String BELOW_MINIMUM = "4006";
    public static final String ABOVE_MAXIMUM = "4007";
    public static final String UNKNOWN_TICKET = "2901";
    public static final String NOT_ALLOWED_NOW = "2902";
    public static final String NOT_YOUR_LEG = "2903";
    public static final String ARCHIVED = "2904";
    public static final String LINK_WITHOUT_ACTIVITY = "2905";
    public static final String NO_SUCH_SERVICE = "2906";
    public static final String BUSINESS_FAILURE = "2998";

    /**
     * One row of the table.
     *
     * @param type 0 success, 1 refused by a system, 2 refused by the business
     * @param retry whether the same message may succeed later
     */
    public record Row(String code, String type, boolean retry, String meaning, String meaningZh) {}

    private final Map<String, Row> rows = new HashMap<>();

    public ResponseCodes(CodeTable table) {
        for (CodeTable.Row csv : table.rows()) {
            rows.put(
                    csv.get("code"),
                    new Row(
                            csv.get("code"),
                            csv.get("rsp_type"),
                            csv.get("retry").equals("yes"),
                            csv.get("meaning_en"),
                            csv.get("meaning_zh")));
        }
    }

    /** The codes with which the same message may succeed later, in their order. */
    public List<String> worthAnotherTry() {
        return rows.values().stream().filter(Row::retry).map(Row::code).sorted().toList();
    }

    /** The row of a code. One that the table lacks is final if its sender gave it RspType 2, else worth another try. */
    public Row of(String code, String typeIfUnknown) {
        Row row = rows.get(code);
        return row != null ? row : new Row(code, typeIfUnknown, !typeIfUnknown.equals("2"), "unknown code", "未知代码");
    }

    /**
     * The row of a code that the hub itself gives.
     *
     * @throws IllegalArgumentException if the table lacks it
     */
    public Row of(String code) {
        Row row = rows.get(code);
        if (row == null) {
            throw new IllegalArgumentException("response-codes.csv has no row " + code);
        }
        return row;
    }
}
