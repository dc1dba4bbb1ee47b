package org.relayhub.message.codec.rule;

import java.util.List;

/** What the schema says of one element. */
public record ElementRule(String name, Content content) {

    /** What an element may hold. */
    public sealed interface Content {}

    /** A value. */
    public record Single(ValueRule rule) implements Content {}

    /** Child elements in a fixed order, of which some compare with each other. */
    public record Sequence(List<Slot> slots, List<Order> orders) implements Content {}

    /** One of several body elements, as a child or as text: SvcCont. */
    public record OneOf(List<ElementRule> alternatives) implements Content {

        public boolean has(String name) {
            return alternatives.stream().anyMatch(rule -> rule.name().equals(name));
        }

        /** @throws IllegalArgumentException if there is none of that name */
        public ElementRule named(String name) {
            for (ElementRule alternative : alternatives) {
                if (alternative.name().equals(name)) {
                    return alternative;
                }
            }
            throw new IllegalArgumentException("the schema has no body element " + name);
        }
    }

    /** A place in a sequence: one element, or a choice of several. */
    public record Slot(List<ElementRule> alternatives, boolean mandatory, boolean repeated) {

        public boolean takes(String name) {
            for (int i = 0; i < alternatives.size(); i++) {
                if (alternatives.get(i).name().equals(name)) {
                    return true;
                }
            }
            return false;
        }

        /** The rule of an element that may stand here. */
        public ElementRule rule(String name) {
            return alternatives.stream()
                    .filter(rule -> rule.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        /** The names that may stand here, as a refusal gives them. */
        public String names() {
            return String.join(
                    " or ", alternatives.stream().map(ElementRule::name).toList());
        }
    }

    /**
     * A time that must not come before another one of the same element.
     *
     * @param element the name of the one, and {@code than} of the other
     * @param mayBeEqual whether both may be the same
     */
    public record Order(String element, String than, boolean mayBeEqual) {}
}
