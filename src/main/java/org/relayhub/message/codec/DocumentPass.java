package org.relayhub.message.codec;

import static org.relayhub.message.codec.DocumentSchema.NAMESPACE;
import static org.relayhub.message.codes.ResponseCodes.BODY_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.HEADER_FORMAT;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.ValueRule;
import org.relayhub.message.codes.CodesOfDay;

/** One reading of one document. */
final class DocumentPass {

    private final DocumentSchema schema;
    private final CodesOfDay codes;
    private final XMLInputFactory parsers;
    private final XMLStreamReader xml;
    private final ElementPass root;
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
        this.root = new ElementPass(xml);
    }

    /** Reads the element that the parser stands on as a document. */
    InterBossDocument document() throws XMLStreamException {
        checkRoot();
        root.sequence("InterBOSS", schema.document(), new HeaderSection());
        checkHeaderAsWhole();
        Response response =
                answered ? new Response(value("RspType", "1"), value("RspCode", "0108"), value("RspDesc", "")) : null;
        return new InterBossDocument(Header.of(headerValues), response, body, headerFault, bodyFault);
    }

    private void checkRoot() {
        if (!root.isOurs() || !root.name().equals("InterBOSS")) {
            headerFault(new Fault(HEADER_FORMAT, "InterBOSS: wanted as the root, in namespace " + NAMESPACE));
        }
    }

    /** SvcCont: one body element, as a child or as text. */
    private void serviceContent(ElementRule.OneOf bodies) throws XMLStreamException {
        root.checkAttributes("SvcCont", this::bodyStructure);
        var text = new StringBuilder();
        for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (body != null) {
                    bodyStructure("SvcCont: holds more than one element");
                    root.skip();
                } else {
                    take(bodyElement(bodies, root));
                }
            } else if (ElementPass.isText(event)) {
                text.append(xml.getText());
            } else {
                root.checkOnlyBlank(event, "SvcCont", this::bodyStructure);
            }
        }
        // Not strip(): XML knows no other white space than what trim() takes away.
        String inner = text.toString().trim();
        if (!inner.isEmpty()) {
            if (body != null) {
                bodyStructure("SvcCont: holds text beside an element");
            }
            bodyAsText(bodies, inner);
        }
    }

    private void bodyAsText(ElementRule.OneOf bodies, String text) {
        try {
            XMLStreamReader inner = parsers.createXMLStreamReader(new StringReader(text));
            SafeParsers.moveToElement(inner);
            Found found = bodyElement(bodies, new ElementPass(inner));
            SafeParsers.moveToEnd(inner);
            take(found);
        } catch (XMLStreamException | WstxLazyException e) {
            bodyStructure("SvcCont: its text is no well-formed XML");
        }
    }

    /** What was found where a body should be. */
    private record Found(@Nullable Body body, @Nullable Fault fault) {}

    private Found bodyElement(ElementRule.OneOf bodies, ElementPass at) throws XMLStreamException {
        String name = at.name();
        if (!at.isOurs() || !bodies.has(name)) {
            at.skip();
            return new Found(null, Fault.of(BODY_FORMAT, "SvcCont", "holds no body in namespace " + NAMESPACE));
        }
        var section = new BodySection(name, codes);
        at.sequence(name, (ElementRule.Sequence) bodies.named(name).content(), section);
        return new Found(section.body(), section.fault());
    }

    private void take(Found found) {
        if (found.fault() != null) {
            bodyFault(found.fault());
        }
        body = found.body();
    }

    private void bodyStructure(String description) {
        bodyFault(new Fault(BODY_FORMAT, description));
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
        public void compare(ElementRule.Order order) {
            throw new IllegalStateException("no rule of the header compares times");
        }

        @Override
        public void oneOf(ElementRule.OneOf content) throws XMLStreamException {
            serviceContent(content);
        }

        @Override
        public void opened(String element) {
            answered |= element.equals("Response");
        }

        @Override
        public void closed() {}
    }
}
