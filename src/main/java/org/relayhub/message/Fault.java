package org.relayhub.message;

/**
 * Why a document is refused.
 *
 * @param code a code of {@code response-codes.csv}
 * @param description what is wrong, beginning with the element's name where there is one; it never repeats a value of
 *     the document
 * @param quoted whether the description has another party's own words, which may name a customer and are never logged
 */
public record Fault(String code, String description, boolean quoted) {

    /** A fault in the hub's words. */
    public Fault(String code, String description) {
        this(code, description, false);
    }

    /** The fault that a party has found, in its words. */
    public static Fault quoting(String code, String words) {
        return new Fault(code, words, true);
    }

    /** The same, said of a party. */
    public Fault of(String party) {
        return new Fault(code, party + ": " + description, quoted);
    }

    /** What may stand in a log line. */
    public String loggable() {
        return quoted ? code : code + " " + description;
    }

    /** A fault of one element. */
    public static Fault of(String code, String element, String description) {
        return new Fault(code, element + ": " + description);
    }
}
