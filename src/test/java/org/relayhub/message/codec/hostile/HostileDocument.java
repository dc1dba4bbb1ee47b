package org.relayhub.message.codec.hostile;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A SOAP request that no partner sends by accident, or only by a bad one.
 *
 * @param contentType as the HTTP header gives it
 * @param code the code of the refusal where it is clear; null where it is not, or a fault is expected
 */
public record HostileDocument(
        String name,
        byte[] bytes,
        String contentType,
        Expectation expectation,
        @Nullable String code) {

    /** How such a request must be answered. */
    public enum Expectation {
        /** A SOAP fault of the client: what came is no XML, no SOAP, or beyond a limit of the parser. */
        FAULT,
        /** A response document with a code. */
        REFUSED,
        /** One or the other. */
        EITHER
    }

    static final String UTF_8 = "text/xml; charset=utf-8";

    static HostileDocument fault(String name, String request) {
        return fault(name, request.getBytes(StandardCharsets.UTF_8));
    }

    static HostileDocument fault(String name, byte[] request) {
        return new HostileDocument(name, request, UTF_8, Expectation.FAULT, null);
    }

    static HostileDocument refused(String name, String code, String request) {
        return new HostileDocument(name, request.getBytes(StandardCharsets.UTF_8), UTF_8, Expectation.REFUSED, code);
    }

    static HostileDocument either(String name, String request) {
        return new HostileDocument(name, request.getBytes(StandardCharsets.UTF_8), UTF_8, Expectation.EITHER, null);
    }

    /** The same request under another content type. */
    HostileDocument as(String otherContentType) {
        return new HostileDocument(name, bytes, otherContentType, expectation, code);
    }

    @Override
    public String toString() {
        return name;
    }
}
