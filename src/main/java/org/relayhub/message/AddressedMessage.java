package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * A request whose header was found right, whose sender was believed, and whose way is known.
 *
 * @param canonical the document in its canonical form, which is kept and compared
 * @param home the party that it is for
 * @param transport how it came, as in {@code soap}
 */
public record AddressedMessage(
        InterBossDocument document, String canonical, Activity activity, Party sender, Party home, String transport) {

    public String transIdo() {
        return document.header().transIdo();
    }

    /** The ticket that it is about; null if it is about none. */
    public @Nullable String indictSeq() {
        Body body = document.body();
        return body == null ? null : body.find("IndictSeq");
    }
}
