package org.relayhub.operations.spquality;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.spquality.book.Contribution;
import org.relayhub.spquality.book.DroppedFile;
import org.relayhub.spquality.book.DroppedFiles;
import org.relayhub.spquality.book.Flags;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.book.ProvinceMonth;
import org.relayhub.spquality.book.Standing;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.calendar.Reminders;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.national.National;
import org.relayhub.spquality.national.NationalFiles;
import org.relayhub.spquality.national.SimsAnswers;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/sp-quality}: how the provinces stand in a month, which files came, and what SIMS says. */
@RestController
@RequestMapping("/api/sp-quality")
final class SpQualityEndpoint {

    /** How a month's book stands. */
    enum State {
        /** Its deadline is not over. */
        OPEN,
        /** Its deadline is over, and SIMS has nothing of it yet. */
        CLOSED,
        SENDING,
        SENT,
        ACKNOWLEDGED,
        /** SIMS has found faults in what it was sent. */
        REOPENED
    }

    /** A month's book; {@code asOf} is the time at which it stood so. */
    record Book(
            String month,
            State state,
            OffsetDateTime deadline,
            OffsetDateTime asOf,
            List<Province> provinces,
            Totals totals,
            List<Sent> national) {}

    record Province(
            String province,
            Standing state,
            int received,
            int accepted,
            int refused,
            long records,
            long callsOffered,
            Flags flags,
            @Nullable String lastFile,
            @Nullable OffsetDateTime updatedTime,
            List<OffsetDateTime> reminded) {}

    record Totals(Map<Standing, Long> provinces, long records, long callsOffered, Flags flags) {}

    record Sent(
            String file,
            National.State state,
            long records,
            String sha256,
            @Nullable OffsetDateTime sentTime,
            @Nullable OffsetDateTime answeredTime) {}

    record File(
            long id,
            String sender,
            String name,
            @Nullable String month,
            String state,
            boolean late,
            OffsetDateTime receivedTime,
            @Nullable OffsetDateTime decidedTime,
            @Nullable Long size,
            @Nullable Long records,
            @Nullable Long faults) {}

    private static final String MONTH = "20[0-9]{2}(0[1-9]|1[0-2])";

    private final MonthBook book;
    private final DroppedFiles files;
    private final NationalFiles national;
    private final SimsAnswers answers;
    private final MonthCalendar calendar;
    private final Reminders reminders;
    private final Clock clock;

    SpQualityEndpoint(
            MonthBook book,
            DroppedFiles files,
            NationalFiles national,
            SimsAnswers answers,
            MonthCalendar calendar,
            Reminders reminders,
            Clock clock) {
        this.book = book;
        this.files = files;
        this.national = national;
        this.answers = answers;
        this.calendar = calendar;
        this.reminders = reminders;
        this.clock = clock;
    }

    /** @param at a day, at whose end, or an instant, at which the book is shown; by default now */
    @GetMapping("/{month:[0-9]+}")
    Book month(
            @PathVariable @Pattern(regexp = MONTH) String month, @RequestParam(required = false) @Nullable Moment at) {
        YearMonth of = FileName.month(month).orElseThrow();
        Instant now = clock.instant();
        Instant asOf = at == null || at.last().isAfter(now) ? now : at.last();
        List<ProvinceMonth> provinces = book.provinces(of, asOf);
        List<National> sent = national.of(of).stream()
                .filter(one -> !one.createdAt().isAfter(asOf))
                .map(one -> one.asOf(asOf))
                .toList();
        List<Reminders.Reminder> reminded = reminders.sent(
                of, provinces.stream().map(ProvinceMonth::province).toList());
        return new Book(
                month,
                state(of, asOf, sent),
                Moment.shown(calendar.deadline(of)),
                Moment.shown(asOf),
                provinces.stream()
                        .map(province -> province(province, reminded(reminded, province.province(), asOf)))
                        .toList(),
                totals(provinces),
                sent.stream().map(SpQualityEndpoint::sent).toList());
    }

    private State state(YearMonth month, Instant at, List<National> sent) {
        if (sent.isEmpty()) {
            return at.isBefore(calendar.deadline(month)) ? State.OPEN : State.CLOSED;
        }
        return switch (sent.get(sent.size() - 1).state()) {
            case SENDING -> State.SENDING;
            case SENT -> State.SENT;
            case ACKNOWLEDGED -> State.ACKNOWLEDGED;
            case REJECTED -> State.REOPENED;
        };
    }

    private static List<OffsetDateTime> reminded(List<Reminders.Reminder> all, String province, Instant asOf) {
        return all.stream()
                .filter(reminder ->
                        reminder.province().equals(province) && !reminder.at().isAfter(asOf))
                .map(reminder -> Moment.shown(reminder.at()))
                .toList();
    }

    private static Province province(ProvinceMonth province, List<OffsetDateTime> reminded) {
        return new Province(
                province.province(),
                province.standing(),
                province.received(),
                province.accepted(),
                province.refused(),
                province.contribution().records(),
                province.contribution().callsOffered(),
                province.contribution().flags(),
                province.lastFile(),
                shown(province.updatedAt()),
                reminded);
    }

    private static Totals totals(List<ProvinceMonth> provinces) {
        Contribution all = provinces.stream()
                .map(ProvinceMonth::contribution)
                .reduce(Contribution::plus)
                .orElseThrow();
        return new Totals(Standing.count(provinces), all.records(), all.callsOffered(), all.flags());
    }

    private static Sent sent(National national) {
        return new Sent(
                national.name().toString(),
                national.state(),
                national.records(),
                national.sha256(),
                shown(national.sentAt()),
                shown(national.answeredAt()));
    }

    /** The files of a month, newest first. */
    @GetMapping("/files")
    Page<File> files(
            @RequestParam(required = false) @Pattern(regexp = MONTH) @Nullable String month,
            @RequestParam(required = false) @Pattern(regexp = "[0-9]{3}") @Nullable String province,
            @RequestParam(required = false) @Pattern(regexp = "[A-Z]{2,4}-[0-9]{3,6}") @Nullable String sender,
            @RequestParam(required = false) @Pattern(regexp = "received|accepted|repeated|refused") @Nullable
                    String state,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page) {
        YearMonth of = month == null ? null : FileName.month(month).orElseThrow();
        var search = new DroppedFiles.Search(of, province, sender, state);
        return Page.read(page, (offset, limit) -> files.find(search, offset, limit))
                .map(SpQualityEndpoint::file);
    }

    private static File file(DroppedFile file) {
        return new File(
                file.fileId(),
                file.sender(),
                file.name(),
                file.month() == null ? null : FileName.shown(file.month()),
                file.state(),
                file.late(),
                Moment.shown(file.receivedAt()),
                shown(file.decidedAt()),
                file.size(),
                file.records(),
                file.faults());
    }

    /** The receipt of a file, line by line. */
    @GetMapping("/files/{id}/receipt")
    Page<String> receipt(@PathVariable long id, @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page) {
        if (files.find(id).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No file has the number " + id + ".");
        }
        return Page.read(page, (offset, limit) -> files.receipt(id, offset, limit));
    }

    /** What SIMS has found wrong in a file of the nation's book, and whose records those are. */
    @GetMapping("/{month:[0-9]+}/national/{serial}/faults")
    Page<SimsAnswers.WrongLine> faults(
            @PathVariable @Pattern(regexp = MONTH) String month,
            @PathVariable @Min(1) @Max(999) int serial,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page) {
        FileName file = FileName.national(FileName.month(month).orElseThrow(), serial);
        if (national.find(file).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No file " + file + " was made.");
        }
        return Page.read(page, (offset, limit) -> answers.wrongLines(file, offset, limit));
    }

    private static @Nullable OffsetDateTime shown(@Nullable Instant at) {
        return at == null ? null : Moment.shown(at);
    }
}
