package org.relayhub.standalone.simulation.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.CodeTable;

/** A provincial network platform: the state of lines, which follows from the number or line. */
final class Network {

    private static final int DIGITS_OF_A_LINE = 8;
    private static final String NO_AREA = "未划分区域";

    private final Map<String, List<String>> areas = new HashMap<>();

    /** @param areas the areas of each province, with the columns {@code province} and {@code area} */
    Network(CodeTable areas) {
        areas.rows().forEach(row -> this.areas
                .computeIfAbsent(row.get("province"), province -> new ArrayList<>())
                .add(row.get("area")));
    }

    Body lineState(Question question) {
        String line = line(question.self(), question.body());
        Script script = Script.of(line);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("LineNo", line);
        values.put("Area", area(question.self(), line));
        values.put(
                "NetworkSide",
                switch (script) {
                    case NETWORK_DOWN -> "DOWN";
                    case NETWORK_DEGRADED -> "DEGRADED";
                    default -> "UP";
                });
        values.put("CustomerSide", script == Script.CUSTOMER_DOWN ? "DOWN" : "UP");
        values.put("CheckedTime", Serial.time(question.at()));
        return BodyText.of("LineStateRsp", values);
    }

    /** The line that serves a number ends as the number does, so that both tell the same story. */
    private static String line(Party self, Body body) {
        String number = body.find("MSISDN");
        return number == null
                ? body.get("LineNo")
                : self.node() + "-" + number.substring(number.length() - DIGITS_OF_A_LINE);
    }

    private String area(Party self, String line) {
        List<String> known = areas.getOrDefault(self.node(), List.of(NO_AREA));
        return known.get(Chance.of("area", line).nextInt(known.size()));
    }
}
