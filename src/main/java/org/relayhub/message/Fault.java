package org.relayhub.message;

/**
 * Why a document is refused.
 *
 * @param code a code of {@code response-codes.csv}
 * @param description what is wrong, beginning with the element's name where there is one; it never repeats a value of
 *     the document, so that it may be logged
 */
public record Fault(String code, String description) {

    /** A fault of one element. */
    public static Fault of(String code, String element, String description) {
        return new Fault(code, element + ": " + description);
    }
}
