package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * A request whose header was found right, whose sender was believed, and whose way is known.
 *
 * @param document what goes on to the home party
 * @param canonical the document in its canonical form as it came, which is kept and compared
 * @param home the party that it is for
 * @param transport how it came, as in {@code soap}
 * @param passedOn the canonical form of what goes on, where the hub has added to it; null where it goes on as it came
 */
public record AddressedMessage(
        InterBossDocument document,
        String canonical,
        Activity activity,
        Party sender,
        Party home,
        String transport,
        @Nullable String passedOn) {

    /** A message that goes on as it came. */
    public AddressedMessage(
            InterBossDocument document,
            String canonical,
            Activity activity,
            Party sender,
            Party home,
            String transport) {
        this(document, canonical, activity, sender, home, transport, null);
    }

    /**
     * This message, with another body for its home party.
     *
     * @param canonical the canonical form of the document that has it
     */
    public AddressedMessage passedOnAs(Body body, String canonical) {
        var added = InterBossDocument.of(document.header(), document.response(), body);
        return new AddressedMessage(added, this.canonical, activity, sender, home, transport, canonical);
    }

    public String transIdo() {
        return document.header().transIdo();
    }

    /** The ticket that it is about; null if it is about none. */
    public @Nullable String indictSeq() {
        Body body = document.body();
        return body == null ? null : body.find("IndictSeq");
    }

    /** Without what it holds, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "AddressedMessage[" + document.header() + " to " + home + "]";
    }
}
