package org.relayhub.operations.console.ticket;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** What stands at an arrow of a sequence diagram. */
final class DiagramWords {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(Serial.CHINA);

    private static final int DAY = "MM-dd ".length();

    private final MessageSource words;

    DiagramWords(MessageSource words) {
        this.words = words;
    }

    /** What is sent, and on which try. */
    public String what(SequenceDiagram.Arrow arrow) {
        String activity = say("activity." + arrow.message().activity());
        if (arrow.firstTry() == 0) {
            return activity;
        }
        return arrow.lastTry() > arrow.firstTry()
                ? say("diagram.tries", activity, arrow.firstTry(), arrow.lastTry())
                : say("diagram.try", activity, arrow.firstTry());
    }

    /** What came back, and when; of what waits, when it is tried next. */
    public String answer(SequenceDiagram.Arrow arrow) {
        return switch (arrow.outcome()) {
            case WAITING -> say("diagram.waiting", time(arrow.at()));
            case DEAD -> say("diagram.dead");
            default ->
                arrow.until() == null
                        ? say("diagram.answer", arrow.code(), time(arrow.at()))
                        : say("diagram.answers", arrow.code(), time(arrow.at()), until(arrow));
        };
    }

    /** Without its day, if that is the same. */
    private static String until(SequenceDiagram.Arrow arrow) {
        String from = time(arrow.at());
        String until = time(arrow.until());
        return from.substring(0, DAY).equals(until.substring(0, DAY)) ? until.substring(DAY) : until;
    }

    private static String time(@Nullable Instant at) {
        return at == null ? "" : TIME.format(at);
    }

    private String say(String key, Object... values) {
        return words.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
