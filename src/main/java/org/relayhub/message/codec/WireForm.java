package org.relayhub.message.codec;

import org.jspecify.annotations.Nullable;

/** How a party wants the body: as an element, or as text as older peers send it. */
public enum WireForm {
    /** The body is a child of SvcCont. */
    CHILD,
    /** The body is the text of SvcCont, in CDATA. */
    TEXT;

    private static final String BODY_START = "<SvcCont>";
    private static final String BODY_END = "</SvcCont>";
    private static final String HEADER_END = "</SNReserve>";

    /**
     * Makes of a canonical document what goes over the wire. It cuts text instead of parsing again, which is safe
     * because {@link DocumentWriter} alone writes canonical documents, and escapes every mark-up in a value.
     *
     * @param canonical what {@link DocumentWriter} wrote
     * @param transIdc the hub's serial for the document; null to send none
     */
    public String render(String canonical, @Nullable String transIdc) {
        String document = transIdc == null ? canonical : withTransIdc(canonical, transIdc);
        return this == CHILD ? document : bodyAsText(document);
    }

    private static String withTransIdc(String document, String transIdc) {
        int at = document.indexOf(HEADER_END);
        return document.substring(0, at) + "<TransIDC>" + transIdc + "</TransIDC>" + document.substring(at);
    }

    private static String bodyAsText(String document) {
        int start = document.indexOf(BODY_START);
        if (start < 0) {
            return document;
        }
        int from = start + BODY_START.length();
        int to = document.lastIndexOf(BODY_END);
        // The writer of the canonical form escapes the > of ]]>, so that it cannot end the CDATA.
        return document.substring(0, from) + "<![CDATA[" + document.substring(from, to) + "]]>"
                + document.substring(to);
    }
}
