package org.relayhub.message.codec;

import static org.relayhub.message.codec.DocumentSchema.NAMESPACE;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.StringReader;
import java.time.Clock;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.SchemaCompiler;
import org.relayhub.message.codes.CodesOfDay;
import org.springframework.core.io.Resource;

/**
 * Reads an element that comes by itself, without a document around it, and checks it by its schema in the same pass: as
 * a body is, and by the same parser. Thread-safe.
 */
public final class ElementReader {

    private final ElementRule rule;
    private final Clock clock;
    private final XMLInputFactory parsers = SafeParsers.newFactory();

    /**
     * Reads the schema, what it includes, and the code tables that it names.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @param file the schema's name in it
     * @param element the global element to read, which holds others
     * @throws IllegalArgumentException if the schema has no such element, or uses what the hub's checks do not know
     */
    public ElementReader(Resource schemas, String file, String element, Clock clock) {
        this.rule = new SchemaCompiler(schemas, file, List.of()).compile(NAMESPACE, element);
        this.clock = clock;
    }

    /**
     * Reads the element from text.
     *
     * @throws MalformedDocumentException if it is no well-formed XML, or more than one element
     * @throws RefusalException 0106 or 4001 to 4007, if the schema does not allow what is in it
     */
    public Body read(String xml) {
        try {
            XMLStreamReader parser = parsers.createXMLStreamReader(new StringReader(xml));
            SafeParsers.moveToElement(parser);
            var pass = new ElementPass(parser);
            var section = new BodySection(rule.name(), new CodesOfDay(clock));
            if (!pass.isOurs() || !pass.name().equals(rule.name())) {
                section.structure(rule.name() + ": wanted as the root, in namespace " + NAMESPACE);
            }
            pass.sequence(rule.name(), (ElementRule.Sequence) rule.content(), section);
            SafeParsers.moveToEnd(parser);
            return whole(section);
        } catch (XMLStreamException e) {
            throw SafeParsers.malformed(e);
        } catch (WstxLazyException e) {
            throw SafeParsers.malformed(e);
        }
    }

    private static Body whole(BodySection section) {
        Fault fault = section.fault();
        if (fault != null) {
            throw new RefusalException(fault);
        }
        return section.body();
    }
}
