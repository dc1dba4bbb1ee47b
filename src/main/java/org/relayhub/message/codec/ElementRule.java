package org.relayhub.message.codec;

import java.util.List;

/** What the schema says of one element. */
record ElementRule(String name, Content content) {

    /** What an element may hold. */
    sealed interface Content {}

    /** A value. */
    record Single(ValueRule rule) implements Content {}

    /** Child elements in a fixed order. */
    record Sequence(List<Slot> slots, List<Later> later) implements Content {}

    /** One of several body elements, as a child or as text: SvcCont. */
    record OneOf(List<ElementRule> alternatives) implements Content {

        boolean has(String name) {
            return alternatives.stream().anyMatch(rule -> rule.name().equals(name));
        }

        ElementRule named(String name) {
            for (ElementRule alternative : alternatives) {
                if (alternative.name().equals(name)) {
                    return alternative;
                }
            }
            throw new IllegalArgumentException("the schema has no body element " + name);
        }
    }

    /** A place in a sequence: one element, or a choice of several. */
    record Slot(List<ElementRule> alternatives, boolean mandatory, boolean repeated) {

        boolean takes(String name) {
            for (int i = 0; i < alternatives.size(); i++) {
                if (alternatives.get(i).name().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        ElementRule rule(String name) {
            return alternatives.stream()
                    .filter(rule -> rule.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** The names that may stand here, as a refusal gives them. */
        String names() {
            return String.join(
                    " or ", alternatives.stream().map(ElementRule::name).toList());
        }
    }

    /** A time that must be later than another one of the same element. */
    record Later(String element, String than) {}
}
