package org.relayhub.message.codec;

import static org.relayhub.message.codec.DocumentSchema.NAMESPACE;

import java.util.function.Consumer;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codec.rule.ElementRule;

/** One reading of one element and of what it holds, by its rule. */
final class ElementPass {

    private static final int LONGEST_NAME = 40;

    private final XMLStreamReader xml;

    /** @param xml a parser that stands on the element */
    ElementPass(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** The name of the element that the parser stands on. */
    String name() {
        return xml.getLocalName();
    }

    /** Whether that element is of the hub's own namespace. */
    boolean isOurs() {
        return NAMESPACE.equals(xml.getNamespaceURI());
    }

    /** Reads the children of the element that the parser stands on, up to its end. */
    void sequence(String owner, ElementRule.Sequence rule, Section section) throws XMLStreamException {
        checkAttributes(owner, section::structure);
        var slots = rule.slots();
        int next = 0;
        boolean taken = false;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event != XMLStreamConstants.START_ELEMENT) {
                checkOnlyBlank(event, owner, section::structure);
                continue;
            }
            String name = xml.getLocalName();
            int found = slotOf(name, rule, next, taken);
            if (found < 0) {
                // A hostile document has a hundred thousand of them: only the first needs a description.
                if (!section.faulty()) {
                    section.structure(shortened(name) + ": not expected here in " + owner + wanted(rule, next, taken));
                }
                skip();
                continue;
            }
            reportMissing(rule, next, found, taken, section);
            taken = true;
            next = found;
            element(slots.get(found).rule(name), section);
        }
        reportMissing(rule, next, slots.size(), taken, section);
        for (ElementRule.Order order : rule.orders()) {
            section.compare(order);
        }
    }

    /** The slot at or after the present one that takes an element; -1 if there is none. */
    private int slotOf(String name, ElementRule.Sequence rule, int next, boolean taken) {
        if (!isOurs()) {
            return -1;
        }
        for (int i = next; i < rule.slots().size(); i++) {
            ElementRule.Slot slot = rule.slots().get(i);
            if (slot.takes(name) && (i > next || !taken || slot.repeated())) {
                return i;
            }
        }
        return -1;
    }

    /** A name that the sender made up, so that a refusal that says it stays short. */
    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME / 2)) + "…";
    }

    private static String wanted(ElementRule.Sequence rule, int next, boolean taken) {
        int from = taken ? next + 1 : next;
        return from < rule.slots().size() ? ", wanted " + rule.slots().get(from).names() : ", wanted nothing more";
    }

    private static void reportMissing(
            ElementRule.Sequence rule, int present, int until, boolean taken, Section section) {
        for (int i = taken ? present + 1 : present; i < until; i++) {
            if (rule.slots().get(i).mandatory()) {
                section.structure(rule.slots().get(i).names() + ": missing");
            }
        }
    }

    private void element(ElementRule rule, Section section) throws XMLStreamException {
        section.opened(rule.name());
        if (rule.content() instanceof ElementRule.Single single) {
            checkAttributes(rule.name(), section::structure);
            section.value(rule.name(), single.rule(), text(rule.name(), section));
        } else if (rule.content() instanceof ElementRule.Sequence sequence) {
            sequence(rule.name(), sequence, section);
        } else if (rule.content() instanceof ElementRule.OneOf content) {
            section.oneOf(content);
        }
        section.closed();
    }

    private String text(String element, Section section) throws XMLStreamException {
        var text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!section.faulty()) {
                    section.structure(
                            shortened(xml.getLocalName()) + ": not expected here, " + element + " holds a value");
                }
                skip();
            } else if (isText(event)) {
                text.append(xml.getText());
            } else {
                checkOnlyBlank(event, element, section::structure);
            }
        }
        return text.toString();
    }

    void checkAttributes(String element, Consumer<String> complaint) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (!isSchemaHint(xml.getAttributeNamespace(i), xml.getAttributeLocalName(i))) {
                complaint.accept(element + ": has an attribute, which no element may");
            }
        }
    }

    /** Where a schema is to be found, which many writers add and nothing here follows. */
    private static boolean isSchemaHint(@Nullable String namespace, String name) {
        return XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)
                && (name.equals("schemaLocation") || name.equals("noNamespaceSchemaLocation"));
    }

    void checkOnlyBlank(int event, String owner, Consumer<String> complaint) {
        if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            complaint.accept(owner + ": holds a processing instruction");
        } else if (event == XMLStreamConstants.ENTITY_REFERENCE
                || (isText(event) && !xml.getText().trim().isEmpty())) {
            complaint.accept(owner + ": holds text beside elements");
        }
    }

    static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    /** Passes over the element that the parser stands on. */
    void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            depth += switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> 1;
                case XMLStreamConstants.END_ELEMENT -> -1;
                default -> 0;
            };
        }
    }
}
