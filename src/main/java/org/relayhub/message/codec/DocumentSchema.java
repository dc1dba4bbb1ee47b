package org.relayhub.message.codec;

import java.util.List;
import org.relayhub.message.codec.rule.ElementRule;
import org.relayhub.message.codec.rule.SchemaCompiler;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.DatedCodes;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.ServiceCatalogue;
import org.springframework.core.io.Resource;

/**
 * The rules of the InterBOSS document, read from the {@code schemas} folder. They do not change; the dated tables that
 * they refer to may.
 */
public final class DocumentSchema {

    public static final String NAMESPACE = "urn:relay-hub:interboss:1";

    private final ElementRule document;

    /**
     * Reads {@code interboss.xsd}, what it includes, and all code tables that it names, as they are now.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @throws IllegalArgumentException if a schema uses what the hub's checks do not know
     * @throws org.relayhub.message.codes.BrokenFileException if a code table is broken
     */
    public DocumentSchema(Resource schemas) {
        this(
                schemas,
                List.of(
                        new ServiceCatalogue(CodeTable.read(schemas, "service-catalogue")),
                        new DutyReasons(CodeTable.read(schemas, "duty-reasons"))));
    }

    /**
     * Reads the same, but for the dated tables, which others keep up to date.
     *
     * @param dated those that {@code chk:dated} and {@code chk:catalogue} name
     */
    public DocumentSchema(Resource schemas, List<DatedCodes<?>> dated) {
        document = new SchemaCompiler(schemas, "interboss.xsd", dated).compile(NAMESPACE, "InterBOSS");
    }

    ElementRule.Sequence document() {
        return (ElementRule.Sequence) document.content();
    }
}
