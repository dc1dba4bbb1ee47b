package org.relayhub.message.multipart;

import org.relayhub.message.codec.DocumentSchema;

/**
 * A document cut in two, each part well formed by itself.
 *
 * @param head the document without SvcCont
 * @param body the element SvcCont
 */
public record DocumentParts(String head, String body) {

    /** The name of the part that is the document without SvcCont. */
    static final String HEAD = "xmlhead";

    /** The name of the part that is SvcCont. */
    static final String BODY = "xmlbody";

    private static final String BODY_START = "<SvcCont>";
    private static final String BODY_END = "</SvcCont>";
    private static final String PART_START = "<SvcCont xmlns=\"" + DocumentSchema.NAMESPACE + "\">";

    /**
     * Cuts a document. It cuts text instead of parsing again, which is safe because the hub alone writes such documents,
     * and escapes every mark-up in a value.
     *
     * @param document in a form of {@link org.relayhub.message.codec.WireForm}
     */
    public static DocumentParts of(String document) {
        int start = document.indexOf(BODY_START);
        if (start < 0) {
            return new DocumentParts(document, PART_START + BODY_END);
        }
        int end = document.lastIndexOf(BODY_END);
        return new DocumentParts(
                document.substring(0, start) + document.substring(end + BODY_END.length()),
                PART_START + document.substring(start + BODY_START.length(), end) + BODY_END);
    }
}
