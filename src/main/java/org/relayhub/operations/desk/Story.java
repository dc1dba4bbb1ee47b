package org.relayhub.operations.desk;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codes.ResponseCodes;

/** A ticket's story: what came in about it, where each of it went, on which try and with which answer. */
public final class Story {

    /**
     * One line of it.
     *
     * @param at when it came in, or when the delivery got where it is now
     * @param transIdh the receiver's serial: the hub's of what came in, the party's of what went out; null before
     * @param direction {@code in} for what the hub took, {@code out} for its delivery
     * @param result what became of it, in words
     * @param tries how often the delivery reached for its party; null for what came in
     * @param nextTryAt when it is tried next; null where it is not
     */
    public record Line(
            OffsetDateTime at,
            String from,
            String to,
            String activity,
            String transIdo,
            @Nullable String transIdh,
            String direction,
            String result,
            @Nullable Integer tries,
            @Nullable OffsetDateTime nextTryAt) {}

    /** A line, and what puts it in its place. */
    private record Placed(Instant at, long serial, Line line) {}

    private final MessageDesk messages;
    private final ResponseCodes codes;

    public Story(MessageDesk messages, ResponseCodes codes) {
        this.messages = messages;
        this.codes = codes;
    }

    /** The story of a ticket, in the order of time; empty if nothing is known of it. */
    public List<Line> of(String indictSeq, PersonalData personal) {
        List<Placed> lines = new ArrayList<>();
        for (MessageDesk.Message message : messages.ofTicket(indictSeq)) {
            // What the hub itself sends was never taken in, so of that there is only the delivery.
            if (!message.own()) {
                lines.add(new Placed(message.at(), message.serial(), in(message, personal)));
            }
            message.deliveries().forEach(sent -> {
                Instant at = since(sent);
                lines.add(new Placed(at, message.serial(), out(message, sent, at, personal)));
            });
        }
        // What comes of a message at the moment at which it came in stays behind it.
        lines.sort(Comparator.comparing(Placed::at).thenComparing(Placed::serial));
        return lines.stream().map(Placed::line).toList();
    }

    private Line in(MessageDesk.Message message, PersonalData personal) {
        return new Line(
                Moment.shown(message.at()),
                message.sender().toString(),
                message.home().toString(),
                message.activity(),
                message.transIdo(),
                message.transIdh(),
                "in",
                words(message.code(), message.description(), personal),
                null,
                null);
    }

    private Line out(MessageDesk.Message message, MessageDesk.Sent sent, Instant at, PersonalData personal) {
        String code = sent.lastCode();
        return new Line(
                Moment.shown(at),
                message.sender().toString(),
                sent.party().toString(),
                message.activity(),
                message.transIdo(),
                sent.lastTry().map(MessageDesk.Try::transIdh).orElse(null),
                "out",
                code == null ? sent.state() : sent.state() + ": " + words(code, sent.lastError(), personal),
                sent.attempts(),
                Moment.shownIfAny(sent.nextTryAt()));
    }

    /** When a delivery got where it is now. */
    private static Instant since(MessageDesk.Sent sent) {
        Instant settled = sent.settledAt();
        return settled != null
                ? settled
                : sent.lastTry().map(MessageDesk.Try::at).orElse(sent.createdAt());
    }

    /** A code, what it means in both languages, and what whoever gave it said beside it. */
    public String words(String code, @Nullable String description, PersonalData personal) {
        ResponseCodes.Row row = codes.of(code, "1");
        String meaning = code + " " + row.meaning() + " " + row.meaningZh();
        return beside(row, description)
                .map(more -> meaning + " (" + personal.words(more) + ")")
                .orElse(meaning);
    }

    /** What whoever gave a code said beside it; empty if that is only what it means anyway. */
    public static Optional<String> beside(ResponseCodes.Row row, @Nullable String description) {
        return Optional.ofNullable(description)
                .filter(said -> !said.isBlank() && !said.equalsIgnoreCase(row.meaning()));
    }
}
