package org.relayhub.operations.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.operations.report.Count;
import org.relayhub.operations.report.Figures;
import org.relayhub.operations.report.Indicator;
import org.relayhub.operations.report.MonthReport;
import org.relayhub.operations.report.Provinces;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.context.support.ResourceBundleMessageSource;

/** How the values of a report are written. */
class ReportSheetTest {

    private static final Figures COUNTED = new Figures(Map.of(
            Count.OPENED, 1_234L,
            Count.REPLIED, 4L,
            Count.REPLY_SECONDS, 21_600L,
            Count.ARCHIVED, 3L,
            Count.RETURNED, 1L));

    private static final Provinces.Row JIANGSU = new Provinces.Row("250", 40_000_000, COUNTED, Figures.NONE);

    private final ReportSheet sheet;

    ReportSheetTest() {
        var words = new ResourceBundleMessageSource();
        words.setBasename("words/console");
        words.setDefaultEncoding("UTF-8");
        words.setFallbackToSystemLocale(false);
        sheet = new ReportSheet(words);
    }

    @BeforeEach
    void anEnglishReader() {
        LocaleContextHolder.setLocale(Locale.ENGLISH);
    }

    @AfterEach
    void nobody() {
        LocaleContextHolder.resetLocaleContext();
    }

    @Test
    void a_reader_sees_hours_and_hundredths_and_a_dash_where_there_was_nothing() {
        assertThat(sheet.show(JIANGSU, Indicator.OPENED)).isEqualTo("1,234");
        assertThat(sheet.show(JIANGSU, Indicator.COMPLAINTS_PER_10000)).isEqualTo("0.31");
        assertThat(sheet.show(JIANGSU, Indicator.FIRST_REPLY_TIME))
                .as("6 hours for 4 replies")
                .isEqualTo("1.5");
        assertThat(sheet.show(JIANGSU, Indicator.RETURNED)).isEqualTo("33.3%");
        assertThat(sheet.show(JIANGSU, Indicator.REPLIED_WITHIN_24H))
                .as("not known yet")
                .isEqualTo("–");
    }

    @Test
    void a_spreadsheet_gets_numbers_without_signs_and_nothing_where_there_was_nothing() {
        var report =
                new MonthReport(YearMonth.of(2026, 11), Instant.EPOCH, false, new Provinces(List.of(JIANGSU), JIANGSU));

        List<String> lines = sheet.csv(report, Map.of("250", "Jiangsu")).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).startsWith("\ufeff");
        List<String> cells = List.of(lines.get(1).split(",", -1));
        assertThat(cells).hasSize(3 + Indicator.values().length);
        assertThat(cells.subList(0, 4)).containsExactly("250", "Jiangsu", "40000000", "1234");
        assertThat(cells.get(3 + Indicator.FIRST_REPLY_TIME.ordinal())).isEqualTo("1.50");
        assertThat(cells.get(3 + Indicator.RETURNED.ordinal())).isEqualTo("33.33");
        assertThat(cells.get(3 + Indicator.REPLIED_WITHIN_24H.ordinal())).isEmpty();
    }
}
