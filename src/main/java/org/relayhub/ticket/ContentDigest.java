package org.relayhub.ticket;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;

/** By what two messages of one TransIDO are known to say the same: SHA-256 of what came, in its canonical form. */
final class ContentDigest {

    private ContentDigest() {}

    static byte[] of(AddressedMessage message) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(message.canonical().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isSame(AddressedMessage message, byte[] earlier) {
        return MessageDigest.isEqual(of(message), earlier);
    }

    /** @throws RefusalException 0103 if the earlier message of the same TransIDO had another content */
    static void requireSame(AddressedMessage message, byte[] earlier) {
        if (!isSame(message, earlier)) {
            throw new RefusalException(
                    ResponseCodes.DUPLICATE, "TransIDO: used before by this party, with another content");
        }
    }
}
