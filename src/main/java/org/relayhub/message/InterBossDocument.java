package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * A document as it was read or as it will be written.
 *
 * @param response only in a response
 * @param body null where SvcCont is missing or empty
 * @param headerFault the first fault of the header as the schema has it; null if there is none
 * @param bodyFault the first fault of SvcCont; null if there is none
 */
public record InterBossDocument(
        Header header,
        @Nullable Response response,
        @Nullable Body body,
        @Nullable Fault headerFault,
        @Nullable Fault bodyFault) {

    /** A document that is known to be right: one that the hub makes. */
    public static InterBossDocument of(Header header, @Nullable Response response, @Nullable Body body) {
        return new InterBossDocument(header, response, body, null, null);
    }

    /**
     * The body of a checked document.
     *
     * @throws IllegalStateException if there is none
     */
    public Body requireBody() {
        if (body == null) {
            throw new IllegalStateException("the document has no body");
        }
        return body;
    }

    /** Without what it holds, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "InterBossDocument[" + header + "]";
    }
}
