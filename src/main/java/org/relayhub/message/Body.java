package org.relayhub.message;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code SvcCont} holds, or an element of the same kind that came by itself.
 *
 * @param element the body element's name, as in {@code DispatchReq}
 * @param xml the element as XML that stands for itself: it declares its namespace
 * @param values its values by element name, each as often as it is there and in that order
 */
public record Body(String element, String xml, Map<String, List<String>> values) {

    /**
     * A mandatory value; of an element that repeats, the first.
     *
     * @throws IllegalStateException if the body has no such element; a checked body has every mandatory one
     */
    public String get(String name) {
        List<String> all = all(name);
        if (all.isEmpty()) {
            throw new IllegalStateException(element + " has no " + name);
        }
        return all.get(0);
    }

    /** An optional value; null where it is missing or empty. */
    public @Nullable String find(String name) {
        List<String> all = all(name);
        return all.isEmpty() || all.get(0).isEmpty() ? null : all.get(0);
    }

    /** Every value of an element that may repeat; empty where there is none. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** The first value of each element, by its name. */
    public Map<String, String> firstValues() {
        return values.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(0)));
    }

    /** Without what it holds, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "Body[" + element + "]";
    }
}
