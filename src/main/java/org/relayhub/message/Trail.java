package org.relayhub.message;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.relayhub.trace.SpanNames;
import org.relayhub.trace.Traceparent;
import org.slf4j.MDC;

/**
 * Which message a thread works for: its ticket and the sender's serial, neither of which is personal data, and the span of
 * its trace. A thread says it in each line that it logs while the trail is open, and what it calls is part of that span.
 *
 * @param indictSeq null where the message is about no ticket
 * @param transIdo null where the document has none that can be read
 * @param span null where nothing is traced
 */
public record Trail(
        @Nullable String indictSeq,
        @Nullable String transIdo,
        @Nullable Span span) {

    /** The property of an exchange that has it. */
    public static final String PROPERTY = "trail";

    private static final String INDICT_SEQ = "indictSeq";
    private static final String TRANS_IDO = "transIdo";
    private static final String TRACE_ID = "traceId";

    /** Longer than any that the schema allows. */
    private static final int LONGEST = 64;

    /** What a sender has written may be any text: it must not pass for another part of a line, nor begin one of its own. */
    public Trail {
        indictSeq = indictSeq == null ? null : printable(indictSeq);
        transIdo = transIdo == null ? null : printable(transIdo);
    }

    private static String printable(String text) {
        String printable = text.replaceAll("[^\\x21-\\x7e]|[\\[\\]]", "?");
        return printable.length() <= LONGEST ? printable : printable.substring(0, LONGEST) + "...";
    }

    /** One that is not traced yet. */
    public Trail(@Nullable String indictSeq, @Nullable String transIdo) {
        this(indictSeq, transIdo, null);
    }

    /** The same message, in a span of its trace, which names it. */
    public Trail within(Span within) {
        if (indictSeq != null) {
            within.setAttribute(SpanNames.INDICT_SEQ, indictSeq);
        }
        if (transIdo != null) {
            within.setAttribute(SpanNames.TRANS_IDO, transIdo);
        }
        return new Trail(indictSeq, transIdo, within);
    }

    /** The trail of a document, whatever else is wrong with it. */
    public static Trail of(InterBossDocument document) {
        String transIdo = document.header().transIdo();
        Body body = document.body();
        return new Trail(
                body == null ? null : body.find("IndictSeq"), transIdo.equals(Header.NO_SERIAL) ? null : transIdo);
    }

    /** Has this thread say it until what is returned is closed, which must be in this thread. */
    @SuppressWarnings("MustBeClosedChecker") // closed by what is returned
    public Open open() {
        String indictSeqBefore = MDC.get(INDICT_SEQ);
        String transIdoBefore = MDC.get(TRANS_IDO);
        say(INDICT_SEQ, indictSeq);
        say(TRANS_IDO, transIdo);
        Span current = span == null ? Span.getInvalid() : span;
        String traceIdBefore = MDC.get(TRACE_ID);
        say(
                TRACE_ID,
                Traceparent.isOfThisHub(current) ? current.getSpanContext().getTraceId() : null);
        Scope scope = Context.root().with(current).makeCurrent();
        return () -> {
            scope.close();
            say(INDICT_SEQ, indictSeqBefore);
            say(TRANS_IDO, transIdoBefore);
            say(TRACE_ID, traceIdBefore);
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
