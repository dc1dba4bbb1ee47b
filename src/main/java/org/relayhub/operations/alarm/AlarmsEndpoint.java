package org.relayhub.operations.alarm;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.diagnosis.alarm.Severity;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.security.Caller;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/alarms}: what the network has raised and not cleared. */
@RestController
@RequestMapping("/api/alarms")
final class AlarmsEndpoint {

    /**
     * An active alarm. Of line and area one is there.
     *
     * @param receivedTime when the hub last heard of it
     */
    record Found(
            String node,
            String alarmId,
            @Nullable String lineNo,
            @Nullable String area,
            Severity severity,
            OffsetDateTime raisedTime,
            OffsetDateTime receivedTime,
            @Nullable String description) {}

    private final AlarmBook book;

    AlarmsEndpoint(AlarmBook book) {
        this.book = book;
    }

    @GetMapping
    Page<Found> active(
            @RequestParam(required = false) @Pattern(regexp = "\\d{3}") @Nullable String node,
            @RequestParam(required = false) @Size(min = 1, max = 20) @Nullable String line,
            @RequestParam(required = false) @Size(min = 1, max = 50) @Nullable String area,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page,
            Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        var search = new AlarmBook.Search(node, line, area);
        return Page.read(page, (offset, limit) -> book.find(search, offset, limit))
                .map(alarm -> found(alarm, personal));
    }

    private static Found found(Alarm alarm, PersonalData personal) {
        return new Found(
                alarm.node(),
                personal.words(alarm.alarmId()),
                alarm.lineNo() == null ? null : personal.line(alarm.lineNo()),
                alarm.area() == null ? null : personal.words(alarm.area()),
                alarm.severity(),
                Moment.shown(alarm.raisedAt()),
                Moment.shown(alarm.receivedAt()),
                alarm.description() == null ? null : personal.words(alarm.description()));
    }
}
