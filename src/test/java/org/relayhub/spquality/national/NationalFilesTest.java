package org.relayhub.spquality.national;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.springframework.jdbc.core.JdbcTemplate;

class NationalFilesTest {

    private static final YearMonth SEPTEMBER = YearMonth.of(2012, 9);
    private static final String RECORD = "901234|灵通|1|02088886666|13800138000|10|9|0|0|1.0";

    private final TestDatabase database = TestDatabase.empty();
    private final SetClock clock = new SetClock("2012-10-05T10:00:00+08:00");
    private final NationalFiles files = new NationalFiles(
            new JdbcTemplate(database.dataSource()), List.of("100", "250"), new MonthCalendar()::deadline, clock);

    private Exchange prepared() throws Exception {
        var exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(SEPTEMBER);
        files.prepare(exchange);
        return exchange;
    }

    private static String content(Exchange exchange) throws IOException {
        try (InputStream body = exchange.getMessage().getBody(InputStream.class)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String sha256() {
        return database.client()
                .sql("select sha256 from sp_national")
                .query(String.class)
                .single();
    }

    private static List<Path> temporary() throws IOException {
        try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return all.filter(file -> file.getFileName().toString().startsWith("sp-national-"))
                    .toList();
        }
    }

    @Test
    void a_file_that_may_not_have_come_is_made_again_and_the_ledger_says_what_is_sent() throws Exception {
        String name = "SPQ_250_201209_001.txt";
        SpFiles.take(SpFiles.intake(database, clock), clock, name, SpFiles.quality(name, "UTF-8", RECORD));
        clock.set("2012-10-09T10:00:00+08:00");
        assertThat(files.due()).containsExactly(SEPTEMBER);
        List<Path> before = temporary();

        Exchange first = prepared();
        String sent = content(first);
        assertThat(sent).contains("D|" + RECORD + "|250|");
        String made = sha256();
        assertThat(temporary()).as("without a name even while it is open").isEqualTo(before);
        files.discard(first);

        clock.set("2012-10-09T11:00:00+08:00");
        Exchange again = prepared();
        assertThat(content(again)).isEqualTo(sent);
        assertThat(sha256()).isEqualTo(made);
        files.discard(again);

        database.client().sql("update sp_national set sha256 = repeat('0', 64)").update();
        Exchange otherwise = prepared();
        assertThat(content(otherwise)).isEqualTo(sent);
        assertThat(sha256()).as("what is sent").isEqualTo(made);
        files.accompany(otherwise);
        assertThat(otherwise.getMessage().getBody(String.class)).startsWith(made);
    }
}
