package org.relayhub.message;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Which message a log line is about: its ticket and the sender's serial, neither of which is personal data. A thread says
 * it in each line that it logs while the trail is open.
 *
 * @param indictSeq null where the message is about no ticket
 * @param transIdo null where the document has none that can be read
 */
public record Trail(@Nullable String indictSeq, @Nullable String transIdo) {

    /** The property of an exchange that has it. */
    public static final String PROPERTY = "trail";

    private static final String INDICT_SEQ = "indictSeq";
    private static final String TRANS_IDO = "transIdo";

    /** A sender's serial may be any text: it must not pass for another part of a line, nor begin one of its own. */
    public Trail {
        transIdo = transIdo == null ? null : transIdo.replaceAll("[^\\x21-\\x7e]", "?");
    }

    /** The trail of a document, whatever else is wrong with it. */
    public static Trail of(InterBossDocument document) {
        String transIdo = document.header().transIdo();
        Body body = document.body();
        return new Trail(
                body == null ? null : body.find("IndictSeq"), transIdo.equals(Header.NO_SERIAL) ? null : transIdo);
    }

    /** Has this thread say it until what is returned is closed, which must be in this thread. */
    public Open open() {
        String indictSeqBefore = MDC.get(INDICT_SEQ);
        String transIdoBefore = MDC.get(TRANS_IDO);
        say(INDICT_SEQ, indictSeq);
        say(TRANS_IDO, transIdo);
        return () -> {
            say(INDICT_SEQ, indictSeqBefore);
            say(TRANS_IDO, transIdoBefore);
        };
    }

    private static void say(String key, @Nullable String value) {
        if (value == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, value);
        }
    }

    /** A trail that a thread is on; closing it leads back to the one before. */
    @FunctionalInterface
    public interface Open extends AutoCloseable {

        @Override
        void close();
    }
}
