package org.relayhub.operations.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.operations.desk.Story;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** How pages write times, spans of time, codes and numbers: in China's time and the reader's language. */
final class Show {

    private static final DateTimeFormatter SHORT =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(Serial.CHINA);

    private final Clock clock;
    private final ResponseCodes codes;
    private final MessageSource words;

    Show(Clock clock, ResponseCodes codes, MessageSource words) {
        this.clock = clock;
        this.codes = codes;
        this.words = words;
    }

    /** A time of this year, or with its year. */
    public String time(@Nullable Instant at) {
        if (at == null) {
            return "–";
        }
        boolean thisYear =
                Serial.day(at).getYear() == Serial.day(clock.instant()).getYear();
        return thisYear ? SHORT.format(at) : Serial.time(at);
    }

    /** A time to the second, with its year. */
    public String full(@Nullable Instant at) {
        return at == null ? "–" : Serial.time(at);
    }

    /** How long ago, or how long until. */
    public String span(@Nullable Instant at) {
        return at == null ? "–" : duration(Duration.between(at, clock.instant()).abs());
    }

    /** Whether it is over. */
    public boolean past(@Nullable Instant at) {
        return at != null && at.isBefore(clock.instant());
    }

    /** A span of time in its two largest units. */
    public String duration(@Nullable Duration span) {
        if (span == null) {
            return "–";
        }
        if (span.toDays() > 0) {
            return say("span.days", span.toDays(), span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return say("span.hours", span.toHours(), span.toMinutesPart());
        }
        if (span.toMinutes() > 0) {
            return say("span.minutes", span.toMinutes(), span.toSecondsPart());
        }
        return say("span.seconds", span.toSeconds());
    }

    /** What a code means. */
    public String meaning(String code) {
        ResponseCodes.Row row = codes.of(code, "1");
        return isChinese() ? row.meaningZh() : row.meaning();
    }

    /** A code, what it means, and what whoever gave it said beside it. */
    public String answer(@Nullable String code, @Nullable String description, PersonalData personal) {
        if (code == null || code.isEmpty()) {
            return say("answer.none");
        }
        String answer = code + " " + meaning(code);
        return Story.beside(codes.of(code, "1"), description)
                .map(said -> say("answer.with", answer, personal.words(said)))
                .orElse(answer);
    }

    /** A number with its thousands apart. */
    public String number(long number) {
        return String.format(LocaleContextHolder.getLocale(), "%,d", number);
    }

    boolean isChinese() {
        return LocaleContextHolder.getLocale().getLanguage().equals("zh");
    }

    private String say(String key, Object... values) {
        return words.getMessage(key, values, LocaleContextHolder.getLocale());
    }
}
