package org.relayhub.spquality.calendar;

import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.layout.FileKind;
import org.relayhub.ticket.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reminds the CRM of each province that has not reported a month, once on each reminder day. */
public final class Reminders {

    private static final Logger LOG = LoggerFactory.getLogger(Reminders.class);

    private static final String CRM = "CRM";
    private static final DateTimeFormatter SAID_MONTH = DateTimeFormatter.ofPattern("uuuu 年 M 月");
    private static final DateTimeFormatter SAID_DAY = DateTimeFormatter.ofPattern("M 月 d 日");

    /**
     * One that was sent.
     *
     * @param day the day of the month on which it was due
     */
    public record Reminder(String province, int day, Instant at) {}

    private final MonthCalendar calendar;
    private final Function<YearMonth, SortedSet<String>> missing;
    private final Directory directory;
    private final Notices notices;
    private final JdbcClient database;

    /** @param missing the provinces that have not reported a month */
    public Reminders(
            MonthCalendar calendar,
            Function<YearMonth, SortedSet<String>> missing,
            Directory directory,
            Notices notices,
            JdbcClient database) {
        this.calendar = calendar;
        this.missing = missing;
        this.directory = directory;
        this.notices = notices;
        this.database = database;
    }

    /**
     * Sends the reminders that are due; those that were sent before are not sent again.
     *
     * @param now whenever it is tried: who is late sends the last ones that were due, and none after the deadline
     * @return how many were sent
     */
    public int send(Instant now) {
        YearMonth month = calendar.reported(now);
        Optional<Integer> day = calendar.dueReminder(now);
        if (day.isEmpty()) {
            LOG.warn("Nobody is reminded of the SP files of {}: it is not the time for it", month);
            return 0;
        }
        int sent = 0;
        for (String province : missing.apply(month)) {
            Party crm = new Party(CRM, province);
            boolean takesPart = directory.find(crm).filter(PartyEntry::enabled).isPresent();
            if (takesPart && notices.send(crm, transIdo(month, province, day.get()), notice(month, province))) {
                sent++;
            }
        }
        LOG.info("{} provinces are reminded of their SP file of {}", sent, month);
        return sent;
    }

    private Notices.Notice notice(YearMonth month, String province) {
        Instant deadline = calendar.deadline(month);
        String lastDay = SAID_DAY.format(Serial.day(deadline.minusSeconds(1)));
        return new Notices.Notice(
                Notices.Kind.SP_FILE_DUE,
                SAID_MONTH.format(month) + " SP 服务质量文件尚未报送",
                "贵省 %s SP 服务质量文件（%s）尚未收到或未被接受，请于 %s 24:00 前通过 SFTP 报送，并附校验文件 .sha256。"
                        .formatted(SAID_MONTH.format(month), new FileName(FileKind.SPQ, province, month, 1), lastDay),
                null,
                deadline);
    }

    /** One for each month, province and reminder day, so that it can be sent only once. */
    private static String transIdo(YearMonth month, String province, int day) {
        return "SPFILEDUE%s%s%02d".formatted(FileName.shown(month), province, day);
    }

    /**
     * Which were sent of a month, by province and day.
     *
     * @param provinces that are looked for
     */
    public List<Reminder> sent(YearMonth month, Collection<String> provinces) {
        record Due(String transIdo, String province, int day) {}
        List<Due> dues = provinces.stream()
                .sorted()
                .flatMap(province -> calendar.reminderDays().stream()
                        .map(day -> new Due(transIdo(month, province, day), province, day)))
                .toList();
        var times = database
                .sql("select r.trans_ido, m.received_at from received_serial r join message m using (serial, story)"
                        + " where r.sender = :hub and r.trans_ido in (:names)")
                .param("hub", Party.HUB.toString())
                .param("names", dues.stream().map(Due::transIdo).toList())
                .query((row, n) -> java.util.Map.entry(
                        row.getString("trans_ido"),
                        row.getTimestamp("received_at").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(java.util.Map.Entry::getKey, java.util.Map.Entry::getValue));
        return dues.stream()
                .flatMap(due -> {
                    Instant at = times.get(due.transIdo());
                    return at == null ? Stream.empty() : Stream.of(new Reminder(due.province(), due.day(), at));
                })
                .toList();
    }
}
