package org.relayhub.oracle;

import java.util.Objects;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** A message that its sender has been told is accepted: what the hub has promised something about. */
record Sent(String ticket, Party from, Party to, Activity activity, String transIdo) {

    static Sent of(AddressedMessage message) {
        return new Sent(
                Objects.requireNonNull(message.indictSeq()),
                message.sender(),
                message.home(),
                message.activity(),
                message.transIdo());
    }
}
