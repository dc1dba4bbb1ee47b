package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.relayhub.message.Serial;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class ReportPageTest {

    @LocalServerPort
    int port;

    @Autowired
    Clock clock;

    private String page(String path) {
        return new Session(port).logIn("viewer").get(path).body();
    }

    private static String link(String page, YearMonth month) {
        return "href=\"/" + page + "?month=" + month.format(DateTimeFormatter.ofPattern("yyyyMM")) + "\">" + month
                + "</a>";
    }

    @Test
    void the_months_beside_are_written_like_the_month_itself() {
        YearMonth month = YearMonth.of(2025, 12);

        for (String path : new String[] {"report", "sp-month"}) {
            assertThat(page("/" + path + "?month=202512"))
                    .contains(link(path, month.minusMonths(1)), link(path, month.plusMonths(1)));
        }
    }

    @Test
    void there_is_no_report_of_a_month_to_come() {
        YearMonth running = YearMonth.from(Serial.day(clock.instant()));

        assertThat(page("/report"))
                .contains(link("report", running.minusMonths(1)))
                .doesNotContain(">" + running.plusMonths(1) + "<");
        assertThat(page("/report?month=" + running.minusMonths(1).format(DateTimeFormatter.ofPattern("yyyyMM"))))
                .contains(link("report", running));
    }
}
