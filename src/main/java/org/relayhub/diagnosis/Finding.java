package org.relayhub.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import org.relayhub.message.Party;

/**
 * What one source said, or that it said nothing: contract, DiagnoseRsp.
 *
 * @param key what it is about, as in {@code NetworkSide}
 * @param value what was said, or why nothing was
 */
public record Finding(Party source, Outcome outcome, String key, String value) {

    /** Whether the source has answered. */
    public enum Outcome {
        OK,
        TIMEOUT,
        ERROR
    }

    /** Its elements, in the order of the schema. */
    Map<String, String> elements() {
        Map<String, String> elements = new LinkedHashMap<>();
        elements.put("Source", source.toString());
        elements.put("Outcome", outcome.name());
        elements.put("Key", key);
        elements.put("Value", value);
        return elements;
    }
}
