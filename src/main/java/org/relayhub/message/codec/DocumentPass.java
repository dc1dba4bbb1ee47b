package org.relayhub.message.codec;

import static org.relayhub.message.codec.DocumentSchema.NAMESPACE;
import static org.relayhub.message.codes.ResponseCodes.BELOW_MINIMUM;
import static org.relayhub.message.codes.ResponseCodes.BODY_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.HEADER_FORMAT;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codes.CodesOfDay;

/** One reading of one document. */
final class DocumentPass {

    private static final int LONGEST_NAME = 40;

    private final DocumentSchema schema;
    private final CodesOfDay codes;
    private final XMLInputFactory parsers;
    private final XMLStreamReader xml;
    private final Map<String, String> headerValues = new HashMap<>();
    private @Nullable Fault headerFault;
    private @Nullable Fault bodyFault;
    private @Nullable Body body;
    private boolean answered;

    DocumentPass(DocumentSchema schema, CodesOfDay codes, XMLInputFactory parsers, XMLStreamReader xml) {
        this.schema = schema;
        this.codes = codes;
        this.parsers = parsers;
        this.xml = xml;
    }

    /** Reads the element that the parser stands on as a document. */
    InterBossDocument document() throws XMLStreamException {
        checkRoot();
        sequence("InterBOSS", schema.document(), new HeaderSection());
        checkHeaderAsWhole();
        Response response =
                answered ? new Response(value("RspType", "1"), value("RspCode", "0108"), value("RspDesc", "")) : null;
        return new InterBossDocument(Header.of(headerValues), response, body, headerFault, bodyFault);
    }

    private void checkRoot() {
        if (!xml.getLocalName().equals("InterBOSS") || !NAMESPACE.equals(xml.getNamespaceURI())) {
            headerFault(new Fault(HEADER_FORMAT, "InterBOSS: wanted as the root, in namespace " + NAMESPACE));
        }
    }

    /** Reads the children of the element that the parser stands on, up to its end. */
    private void sequence(String owner, ElementRule.Sequence rule, Section section) throws XMLStreamException {
        checkAttributes(owner, section);
        var slots = rule.slots();
        int next = 0;
        boolean taken = false;
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event != XMLStreamConstants.START_ELEMENT) {
                checkOnlyBlank(event, owner, section);
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
        for (ElementRule.Later later : rule.later()) {
            section.checkLater(later);
        }
    }

    /** The slot at or after the present one that takes an element; -1 if there is none. */
    private int slotOf(String name, ElementRule.Sequence rule, int next, boolean taken) {
        if (!NAMESPACE.equals(xml.getNamespaceURI())) {
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
            checkAttributes(rule.name(), section);
            section.value(rule.name(), single.rule(), text(rule.name(), section));
        } else if (rule.content() instanceof ElementRule.Sequence sequence) {
            sequence(rule.name(), sequence, section);
        } else {
            serviceContent();
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
                checkOnlyBlank(event, element, section);
            }
        }
        return text.toString();
    }

    /** SvcCont: one body element, as a child or as text. */
    private void serviceContent() throws XMLStreamException {
        checkAttributes("SvcCont", new BodySection());
        var text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (body != null) {
                    bodyFault(new Fault(BODY_FORMAT, "SvcCont: holds more than one element"));
                    skip();
                } else {
                    bodyElement(xml, this);
                }
            } else if (isText(event)) {
                text.append(xml.getText());
            } else {
                checkOnlyBlank(event, "SvcCont", new BodySection());
            }
        }
        // Not strip(): XML knows no other white space than what trim() takes away.
        String inner = text.toString().trim();
        if (!inner.isEmpty()) {
            if (body != null) {
                bodyFault(new Fault(BODY_FORMAT, "SvcCont: holds text beside an element"));
            }
            bodyAsText(inner);
        }
    }

    private void bodyAsText(String text) {
        try {
            XMLStreamReader inner = parsers.createXMLStreamReader(new StringReader(text));
            SafeParsers.moveToElement(inner);
            var pass = new DocumentPass(schema, codes, parsers, inner);
            bodyElement(inner, pass);
            SafeParsers.moveToEnd(inner);
            if (pass.bodyFault != null) {
                bodyFault(pass.bodyFault);
            }
            body = pass.body;
        } catch (XMLStreamException | WstxLazyException e) {
            bodyFault(new Fault(BODY_FORMAT, "SvcCont: its text is no well-formed XML"));
        }
    }

    private void bodyElement(XMLStreamReader at, DocumentPass pass) throws XMLStreamException {
        String name = at.getLocalName();
        if (!NAMESPACE.equals(at.getNamespaceURI()) || !schema.bodies().has(name)) {
            pass.bodyFault(Fault.of(BODY_FORMAT, "SvcCont", "holds no body in namespace " + NAMESPACE));
            pass.skip();
            return;
        }
        var section = pass.new BodySection();
        section.openedBody(name);
        pass.sequence(name, (ElementRule.Sequence) schema.bodies().named(name).content(), section);
        section.closed();
        pass.body = section.body(name);
    }

    private void checkAttributes(String element, Section section) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (!isSchemaHint(xml.getAttributeNamespace(i), xml.getAttributeLocalName(i))) {
                section.structure(element + ": has an attribute, which no element may");
            }
        }
    }

    /** Where a schema is to be found, which many writers add and nothing here follows. */
    private static boolean isSchemaHint(@Nullable String namespace, String name) {
        return XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(namespace)
                && (name.equals("schemaLocation") || name.equals("noNamespaceSchemaLocation"));
    }

    private void checkOnlyBlank(int event, String owner, Section section) {
        if (event == XMLStreamConstants.PROCESSING_INSTRUCTION) {
            section.structure(owner + ": holds a processing instruction");
        } else if (event == XMLStreamConstants.ENTITY_REFERENCE
                || (isText(event) && !xml.getText().trim().isEmpty())) {
            section.structure(owner + ": holds text beside elements");
        }
    }

    private static boolean isText(int event) {
        return event == XMLStreamConstants.CHARACTERS
                || event == XMLStreamConstants.CDATA
                || event == XMLStreamConstants.SPACE;
    }

    /** Passes over the element that the parser stands on. */
    private void skip() throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            depth += switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> 1;
                case XMLStreamConstants.END_ELEMENT -> -1;
                default -> 0;
            };
        }
    }

    private void headerFault(Fault fault) {
        if (headerFault == null) {
            headerFault = fault;
        }
    }

    private void bodyFault(Fault fault) {
        if (bodyFault == null) {
            bodyFault = fault;
        }
    }

    private void checkHeaderAsWhole() {
        boolean request = value("ActionCode", Header.REQUEST).equals(Header.REQUEST);
        if (request == answered) {
            headerFault(Fault.of(
                    HEADER_FORMAT,
                    "Response",
                    request ? "only a response (ActionCode 1) has it" : "missing in a response (ActionCode 1)"));
        }
        for (String added : List.of("TransIDH", "TransIDHTime")) {
            if (request && !value(added, "").isEmpty()) {
                headerFault(Fault.of(HEADER_FORMAT, added, "only a response (ActionCode 1) has it"));
            }
        }
        int length = value("RouteType", Header.BY_NODE).equals(Header.BY_NODE) ? 3 : 11;
        String routeValue = headerValues.get("RouteValue");
        if (routeValue != null && routeValue.length() != length) {
            headerFault(new Fault(HEADER_FORMAT, "RouteValue: wanted " + length + " digits for this RouteType"));
        }
    }

    private String value(String name, String standIn) {
        return headerValues.getOrDefault(name, standIn);
    }

    /** The part of the document that a fault belongs to. */
    private interface Section {
        boolean faulty();

        void structure(String description);

        void value(String element, ValueRule rule, String text);

        void checkLater(ElementRule.Later later);

        void opened(String element) throws XMLStreamException;

        void closed() throws XMLStreamException;
    }

    private final class HeaderSection implements Section {

        @Override
        public boolean faulty() {
            return headerFault != null;
        }

        @Override
        public void structure(String description) {
            headerFault(new Fault(HEADER_FORMAT, description));
        }

        @Override
        public void value(String element, ValueRule rule, String text) {
            Fault fault = rule.check(element, text, codes);
            if (fault == null) {
                headerValues.put(element, text);
            } else {
                headerFault(new Fault(HEADER_FORMAT, fault.description()));
            }
        }

        @Override
        public void checkLater(ElementRule.Later later) {
            throw new IllegalStateException("no rule of the header compares times");
        }

        @Override
        public void opened(String element) {
            answered |= element.equals("Response");
        }

        @Override
        public void closed() {}
    }

    /** Checks a body, and writes down what it holds for the next reader. */
    private final class BodySection implements Section {

        private final Map<String, List<String>> values = new HashMap<>();
        private final BodyText text = new BodyText();

        @Override
        public boolean faulty() {
            return bodyFault != null;
        }

        @Override
        public void structure(String description) {
            bodyFault(new Fault(BODY_FORMAT, description));
        }

        @Override
        public void value(String element, ValueRule rule, String value) throws IllegalStateException {
            Fault fault = rule.check(element, value, codes);
            if (fault != null) {
                bodyFault(fault);
                return;
            }
            values.computeIfAbsent(element, name -> new ArrayList<>(1)).add(value);
            text.value(value);
        }

        @Override
        public void checkLater(ElementRule.Later later) {
            String time = first(later.element());
            String than = first(later.than());
            // Both have the same fixed form, so that text order is time order.
            if (bodyFault == null && time != null && than != null && time.compareTo(than) <= 0) {
                bodyFault(new Fault(BELOW_MINIMUM, later.element() + ": is not later than " + later.than()));
            }
        }

        private @Nullable String first(String element) {
            List<String> all = values.get(element);
            return all == null ? null : all.get(0);
        }

        private void openedBody(String element) {
            text.openRoot(element);
        }

        @Override
        public void opened(String element) {
            text.open(element);
        }

        @Override
        public void closed() {
            text.close();
        }

        private Body body(String element) {
            return new Body(element, text.finish(), Map.copyOf(values));
        }
    }
}
