package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.springframework.core.io.ClassPathResource;
import org.xml.sax.SAXException;

/** The hub's own reading of the schemas against a reader of XML Schema that knows nothing of the hub. */
class SchemaAgreementTest {

    private static final DocumentReader READER = Codec.reader();
    private static final Schema SCHEMA = schema();

    enum Change {
        DROP,
        DOUBLE,
        SWAP,
        LENGTHEN,
        BLANK,
        SHORTEN,
        REPLACE_A_CHARACTER,
        ADD_TEXT,
        RENAME
    }

    /**
     * What is done to a valid document.
     *
     * @param target which of its elements, counted in document order and from the start again
     * @param at where in the element's value or among its siblings
     */
    record Mutation(Draft valid, Change change, int target, int at, String text) {}

    @Example
    void everyValidDocumentIsValidByXmlSchemaAndToTheHub() {
        for (String body : ValidDocuments.bodies()) {
            for (WireForm form : WireForm.values()) {
                String xml = ValidDocuments.of(body).form(form).prefix("ib").xml();

                assertThat(valid(xml)).as(body).isTrue();
                assertThat(refused(xml)).as(body).isFalse();
            }
            assertThat(valid(ValidDocuments.acknowledgement(body).xml())).isTrue();
        }
    }

    @Property(tries = 2000)
    void whatXmlSchemaRefusesTheHubRefuses(@ForAll("mutations") Mutation mutation) {
        String xml = mutated(mutation).xml();
        if (!valid(xml)) {
            assertThat(refused(xml)).as(xml).isTrue();
        }
    }

    @Provide
    Arbitrary<Mutation> mutations() {
        Arbitrary<Draft> drafts = Arbitraries.of(ValidDocuments.bodies()).map(ValidDocuments::of);
        Arbitrary<String> texts = Arbitraries.oneOf(
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(1).ofMaxLength(40),
                Arbitraries.of("投", "\u3000", "\u00a0", "\u0085", "😀", "é", "１", "\t", "\r\n", "-", "+1", "0", " "),
                Arbitraries.strings().withChars('0', '9', ' ', ':', '-', 'C').ofMaxLength(30));
        return Combinators.combine(
                        drafts,
                        Arbitraries.of(Change.class),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 200),
                        texts)
                .as(Mutation::new);
    }

    private static Draft mutated(Mutation mutation) {
        XmlNode tree = mutation.valid().tree();
        List<XmlNode.Place> places = new ArrayList<>();
        tree.visit(null, places::add);
        XmlNode.Place place = places.get(1 + mutation.target() % (places.size() - 1));
        XmlNode node = place.node();
        if (place.parent() == null) {
            throw new IllegalStateException("only the first place is the root");
        }
        List<XmlNode> siblings = place.parent().children();
        String value = node.text();
        int at = value.isEmpty() ? 0 : mutation.at() % value.length();
        switch (mutation.change()) {
            case DROP -> siblings.remove(node);
            case DOUBLE -> siblings.add(mutation.at() % (siblings.size() + 1), node.copy());
            case SWAP -> Collections.swap(siblings, siblings.indexOf(node), mutation.at() % siblings.size());
            case LENGTHEN -> node.text(value + mutation.text().repeat(1 + mutation.at()));
            case BLANK -> node.text("");
            case SHORTEN -> node.text(value.substring(0, at));
            case REPLACE_A_CHARACTER ->
                node.text(value.substring(0, at) + mutation.text() + value.substring(Math.min(value.length(), at + 1)));
            case ADD_TEXT -> place.parent().text(mutation.text());
            case RENAME -> {
                var renamed = new XmlNode(node.name() + "X", node.children());
                renamed.text(value);
                siblings.set(siblings.indexOf(node), renamed);
            }
        }
        return mutation.valid().tree(tree);
    }

    private static boolean valid(String xml) {
        try {
            SCHEMA.newValidator().validate(new StreamSource(new StringReader(xml)));
            return true;
        } catch (SAXException e) {
            return false;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static boolean refused(String xml) {
        try {
            InterBossDocument document = READER.read(xml);
            return document.headerFault() != null || document.bodyFault() != null;
        } catch (MalformedDocumentException e) {
            return true;
        }
    }

    private static Schema schema() {
        try {
            var factory = SchemaFactory.newDefaultInstance();
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            return factory.newSchema(new ClassPathResource("schemas/interboss.xsd").getURL());
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("interboss.xsd is no XML Schema", e);
        }
    }
}
