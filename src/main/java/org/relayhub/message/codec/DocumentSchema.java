package org.relayhub.message.codec;

import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.SchemaCompiler;
import org.springframework.core.io.Resource;

/** The rules of the InterBOSS document, read from the {@code schemas} folder. Immutable. */
public final class DocumentSchema {

    public static final String NAMESPACE = "urn:relay-hub:interboss:1";

    private final ElementRule document;

    /**
     * Reads {@code interboss.xsd}, what it includes, and the code tables that it names.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @throws IllegalArgumentException if a schema uses what the hub's checks do not know
     */
    public DocumentSchema(Resource schemas) {
        document = new SchemaCompiler(schemas, "interboss.xsd").compile(NAMESPACE, "InterBOSS");
    }

    ElementRule.Sequence document() {
        return (ElementRule.Sequence) document.content();
    }
}
