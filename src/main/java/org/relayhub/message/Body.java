package org.relayhub.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code SvcCont} holds.
 *
 * @param element the body element's name, as in {@code DispatchReq}
 * @param xml the element as XML that stands for itself: it declares its namespace
 * @param values its single values by name; of an element that repeats, the first
 */
public record Body(String element, String xml, Map<String, String> values) {

    /**
     * A mandatory value.
     *
     * @throws IllegalStateException if the body has no such element; a checked body has every mandatory one
     */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(element + " has no " + name);
        }
        return value;
    }

    /** An optional value; null where it is missing or empty. */
    public @Nullable String find(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
