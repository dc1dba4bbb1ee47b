package org.relayhub.spquality.national;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.FileName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What SIMS says to the nation's file: it takes it, or names lines that are wrong, each of which is some province's. */
public final class SimsAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(SimsAnswers.class);

    private static final Pattern NAME = Pattern.compile("(SPQ_000_[0-9]{6}_[0-9]{3}\\.txt)\\.(ack|err)");
    private static final Pattern FAULT = Pattern.compile("([0-9]{1,9})\\|([^|]*)\\|([^|]*)\\|(.*)");
    private static final Pattern END = Pattern.compile("E\\|[0-9]+\\|[0-9]+");
    private static final Pattern ACKNOWLEDGEMENT = Pattern.compile("A\\|([^|\\r\\n]*)\\|([0-9A-Fa-f]{64})\\|");
    private static final int KEPT = 10_000;
    private static final int LONGEST = 1 << 24;
    private static final int LONGEST_WORD = 400;

    /** The answer is not complete: it is read again later. */
    public static final class IncompleteAnswerException extends IOException {
        private static final long serialVersionUID = 1L;

        IncompleteAnswerException() {
            super("it does not end with E|faults|lines read yet");
        }
    }

    /**
     * A line that SIMS found wrong.
     *
     * @param line of the nation's file
     * @param province whose record stands there; like SP and service code null if none does
     */
    public record WrongLine(
            long line,
            String field,
            String code,
            String expected,
            @Nullable String province,
            @Nullable Integer spId,
            @Nullable String serviceCode) {}

    private record Owner(String province, int spId, String serviceCode) {}

    private final JdbcClient database;
    private final NationalRows rows;
    private final NationalFileWriter writer;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param provinces whose records the nation's file holds */
    public SimsAnswers(
            JdbcTemplate database,
            java.util.Collection<String> provinces,
            TransactionTemplate transaction,
            Clock clock) {
        this.database = JdbcClient.create(database);
        this.rows = new NationalRows(this.database);
        this.writer = new NationalFileWriter(database, provinces);
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Takes an answer, once however often it is read.
     *
     * @param name of the answer, as in {@code SPQ_000_201209_001.txt.ack}
     * @param content is read no further than its first 16 MiB
     * @throws IncompleteAnswerException if it is being written still
     */
    public void take(@Header(Exchange.FILE_NAME_ONLY) String name, @Body InputStream content) throws IOException {
        Matcher parts = NAME.matcher(name);
        Optional<FileName> file = parts.matches() ? FileName.parse(parts.group(1)) : Optional.empty();
        if (file.isEmpty()) {
            LOG.warn("SIMS has answered to no file of the nation's book; its answer is not kept");
            return;
        }
        Optional<National> national = rows.find(file.get());
        if (national.isEmpty()) {
            LOG.warn("SIMS has answered to {}, which was never sent; its answer is not kept", file.get());
            return;
        }
        boolean acknowledged = parts.group(2).equals("ack");
        byte[] read = content.readNBytes(LONGEST);
        boolean cut = content.read() >= 0;
        String answer = new String(read, StandardCharsets.UTF_8);
        if (acknowledged && isOfAnother(answer, national.get())) {
            LOG.warn("SIMS has acknowledged {} with the checksum of another file; its answer is not kept", file.get());
            return;
        }
        List<WrongLine> wrong = acknowledged ? List.of() : owned(national.get(), wrongLines(answer, cut));
        Boolean taken = transaction.execute(status -> book(file.get(), acknowledged, wrong));
        if (Boolean.TRUE.equals(taken)) {
            LOG.info(
                    "SIMS has {} {}{}",
                    acknowledged ? "taken" : "found " + wrong.size() + " faults in",
                    file.get(),
                    cut ? "; its answer is longer than what is read of it" : "");
        } else if (isAnother(acknowledged, national.get())) {
            LOG.warn("SIMS has answered to {} again, with .{}: its first answer counts", file.get(), parts.group(2));
        }
    }

    /** An acknowledgement may say nothing; one in the hub's own form says which file it means. */
    private static boolean isOfAnother(String answer, National national) {
        Matcher parts = ACKNOWLEDGEMENT.matcher(answer);
        return parts.lookingAt()
                && !(parts.group(1).equals(national.name().toString())
                        && parts.group(2).equalsIgnoreCase(national.sha256()));
    }

    private static boolean isAnother(boolean acknowledged, National national) {
        return acknowledged != (national.state() == National.State.ACKNOWLEDGED);
    }

    /** An answer could not be taken now, and is read again. */
    public void fail(Exchange exchange) {
        Throwable failure = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        if (!(failure instanceof IncompleteAnswerException)) {
            LOG.warn("An answer of SIMS could not be taken and is read again: {}", String.valueOf(failure));
        }
    }

    private boolean book(FileName file, boolean acknowledged, List<WrongLine> wrong) {
        if (!rows.answered(file, acknowledged, clock.instant())) {
            return false;
        }
        int number = 0;
        for (WrongLine line : wrong) {
            database.sql("""
                            insert into sp_national_fault (month, serial, fault, line, field, code, expected, province,
                                                           sp_id, service_code)
                            values (:month, :serial, :fault, :line, :field, :code, :expected, :province, :spId, :service)
                            """)
                    .param("month", file.month().atDay(1))
                    .param("serial", file.serial())
                    .param("fault", ++number)
                    .param("line", line.line())
                    .param("field", line.field())
                    .param("code", line.code())
                    .param("expected", line.expected())
                    .param("province", line.province(), Types.VARCHAR)
                    .param("spId", line.spId(), Types.INTEGER)
                    .param("service", line.serviceCode(), Types.VARCHAR)
                    .update();
        }
        return true;
    }

    /** What SIMS has found wrong in a file, in the order of its answer. */
    public List<WrongLine> wrongLines(FileName file, int offset, int limit) {
        return database.sql("""
                        select * from sp_national_fault where month = :month and serial = :serial
                         order by fault offset :offset limit :limit
                        """)
                .param("month", file.month().atDay(1))
                .param("serial", file.serial())
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> new WrongLine(
                        row.getLong("line"),
                        row.getString("field"),
                        row.getString("code"),
                        row.getString("expected"),
                        row.getString("province"),
                        row.getObject("sp_id", Integer.class),
                        row.getString("service_code")))
                .list();
    }

    /** @param cut whether there is more, so that the last line is not whole */
    private static List<WrongLine> wrongLines(String answer, boolean cut) throws IncompleteAnswerException {
        List<String> lines = answer.lines().toList();
        if (!cut
                && (lines.isEmpty() || !END.matcher(lines.get(lines.size() - 1)).matches())) {
            throw new IncompleteAnswerException();
        }
        List<WrongLine> wrong = new ArrayList<>();
        for (String line : lines.subList(0, Math.min(lines.size() - 1, KEPT))) {
            Matcher parts = FAULT.matcher(line);
            wrong.add(
                    parts.matches()
                            ? new WrongLine(
                                    Long.parseLong(parts.group(1)),
                                    cut(parts.group(2)),
                                    cut(parts.group(3)),
                                    cut(parts.group(4)),
                                    null,
                                    null,
                                    null)
                            : new WrongLine(0, "-", "-", cut(line), null, null, null));
        }
        return wrong;
    }

    private static String cut(String word) {
        String printable = word.replaceAll("\\p{Cntrl}", " ");
        return printable.substring(0, Math.min(printable.length(), LONGEST_WORD));
    }

    /** The same lines with whose they are: the file is read again as it was made. */
    private List<WrongLine> owned(National national, List<WrongLine> wrong) throws IOException {
        if (wrong.isEmpty()) {
            return wrong;
        }
        Map<Long, Owner> owners = new HashMap<>();
        wrong.forEach(line -> owners.put(line.line(), null));
        writer.read(national.name(), national.change(), (number, province, row) -> {
            if (owners.containsKey(number)) {
                owners.put(number, new Owner(province, row.getInt("sp_id"), row.getString("service_code")));
            }
        });
        return wrong.stream()
                .map(line -> {
                    Owner owner = owners.get(line.line());
                    return owner == null
                            ? line
                            : new WrongLine(
                                    line.line(),
                                    line.field(),
                                    line.code(),
                                    line.expected(),
                                    owner.province(),
                                    owner.spId(),
                                    owner.serviceCode());
                })
                .toList();
    }
}
