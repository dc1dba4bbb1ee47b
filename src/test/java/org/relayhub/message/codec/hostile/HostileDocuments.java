package org.relayhub.message.codec.hostile;

import java.util.List;
import java.util.stream.Stream;
import org.relayhub.message.codec.Draft;
import org.relayhub.message.codec.ValidDocuments;
import org.relayhub.message.codec.WireForm;

/**
 * The corpus of hostile requests. All are made of one valid dispatch from CRM-250 to CSVC-000, so that nothing but what
 * a name says is wrong with each.
 */
public final class HostileDocuments {

    /** What the valid request has as its title, where most attacks are put in. */
    static final String TITLE = "TITLE-OF-THE-TICKET";

    private HostileDocuments() {}

    /** Every hostile request, each with a name of its own. */
    public static List<HostileDocument> all() {
        return Stream.of(
                        new EntityAttacks().make(),
                        new EncodingAttacks().make(),
                        new TruncationAttacks().make(),
                        new BulkAttacks().make(),
                        new EnvelopeAttacks().make(),
                        new StructureAttacks().make(),
                        new MarkupAttacks().make())
                .flatMap(List::stream)
                .toList();
    }

    /** The valid request, before anything is done to it. */
    static Draft valid() {
        return ValidDocuments.dispatch().with("Title", TITLE);
    }

    /** The valid request as SOAP, with something else for its title. */
    static String titled(String mark) {
        return valid().soap().replace(TITLE, mark);
    }

    /** The valid request as SOAP with its body as text, with something else for its title. */
    static String titledInText(String mark) {
        return valid().form(WireForm.TEXT).soap().replace(TITLE, mark);
    }
}
