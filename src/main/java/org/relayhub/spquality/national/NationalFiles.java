package org.relayhub.spquality.national;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.relayhub.message.Serial;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends the nation's book of a month to SIMS: after the deadline, and after each change that makes a difference. A file
 * that a hub has died over is made again, the same to the last byte.
 */
public final class NationalFiles {

    private static final Logger LOG = LoggerFactory.getLogger(NationalFiles.class);

    private static final String NATIONAL = "national";

    /** How many digits of a hash tell one from another for people. */
    private static final int SHOWN = 12;

    /** How many months after its end a month may still change. */
    private static final int OPEN_FOR = 12;

    /** Until when a month's files are in time. */
    @FunctionalInterface
    public interface Deadlines {
        Instant deadline(YearMonth month);
    }

    private final NationalRows rows;
    private final NationalFileWriter writer;
    private final Deadlines deadlines;
    private final Clock clock;

    /** @param provinces whose records it holds */
    public NationalFiles(JdbcTemplate database, Collection<String> provinces, Deadlines deadlines, Clock clock) {
        this.rows = new NationalRows(JdbcClient.create(database));
        this.writer = new NationalFileWriter(database, provinces);
        this.deadlines = deadlines;
        this.clock = clock;
    }

    /** The months whose deadline is over, and that have something which SIMS was not sent. */
    public List<YearMonth> due() {
        Instant now = clock.instant();
        YearMonth last = YearMonth.from(Serial.day(now)).minusMonths(1);
        return rows.behind(last.minusMonths(OPEN_FOR), last).stream()
                .filter(month -> !deadlines.deadline(month).isAfter(now))
                .toList();
    }

    /** Those of a month, in the order in which they were made. */
    public List<National> of(YearMonth month) {
        return rows.of(month);
    }

    public Optional<National> find(FileName name) {
        return rows.find(name);
    }

    /** Makes the file of a month, if it differs from the last one. The body is its content then, and else null. */
    public void prepare(Exchange exchange) throws IOException, InvalidPayloadException {
        YearMonth month = exchange.getMessage().getMandatoryBody(YearMonth.class);
        Optional<NationalFile> made = make(month);
        exchange.getMessage().setBody(null);
        if (made.isPresent()) {
            NationalFile file = made.get();
            exchange.setProperty(NATIONAL, file);
            exchange.getMessage().setHeader(Exchange.FILE_NAME, file.name().toString());
            exchange.getMessage().setBody(file.open());
        }
    }

    private Optional<NationalFile> make(YearMonth month) throws IOException {
        Optional<National> last = rows.findLast(month);
        if (last.isPresent() && last.get().state() == National.State.SENDING) {
            return Optional.of(again(last.get()));
        }
        // Read before the records: what comes in between is a change that the next file has.
        long change = rows.change();
        Instant created = Serial.time(Serial.time(clock.instant()));
        FileName name = FileName.national(month, last.map(National::serial).orElse(0) + 1);
        NationalFile file = writer.write(name, created, change);
        try {
            if (last.isPresent() && last.get().content().equals(file.content())) {
                rows.covers(last.get(), change);
                file.close();
                return Optional.empty();
            }
            rows.insert(file, change, file.sha256());
            return Optional.of(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** One that was made before and may not have come to SIMS: it is the same to the last byte, or is said not to be. */
    private NationalFile again(National unsent) throws IOException {
        NationalFile file = writer.write(unsent.name(), unsent.createdAt(), unsent.change());
        try {
            String sha256 = file.sha256();
            if (!sha256.equals(unsent.sha256())) {
                LOG.warn(
                        "{} was made before with SHA-256 {}… and now has {}…: another release of the hub writes it otherwise."
                                + " What is sent is what it is now",
                        unsent.name(),
                        unsent.sha256().substring(0, SHOWN),
                        sha256.substring(0, SHOWN));
                rows.replace(file, sha256);
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** The companion of the file, which goes after it. */
    public void accompany(Exchange exchange) throws IOException {
        NationalFile file = file(exchange);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, file.name() + FileName.COMPANION);
        exchange.getMessage()
                .setBody(CompanionFile.content(file.sha256(), file.name().toString()));
    }

    /** SIMS has the file and its companion. */
    public void sent(Exchange exchange) {
        NationalFile file = file(exchange);
        rows.sent(file.name(), clock.instant());
        LOG.info("{} sent to SIMS: {} records", file.name(), file.records());
    }

    /** The temporary file is of no use any more, whether it could be sent or not. */
    public void discard(Exchange exchange) {
        NationalFile file = exchange.getProperty(NATIONAL, NationalFile.class);
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NationalFile file(Exchange exchange) {
        return exchange.getProperty(NATIONAL, NationalFile.class);
    }
}
