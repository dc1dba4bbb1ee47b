package org.relayhub.operations.console.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.report.Indicator;
import org.relayhub.operations.report.MonthReport;
import org.relayhub.operations.report.Provinces;
import org.relayhub.spquality.file.FileName;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;

/** How a report's values are written: in hours and in hundredths, in the reader's language. */
final class ReportSheet {

    /** By it a spreadsheet knows that it reads UTF-8. */
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private static final double HOUR = 3600;
    private static final int HUNDRED = 100;

    private final MessageSource words;

    ReportSheet(MessageSource words) {
        this.words = words;
    }

    /** A value for a reader; a dash where there was nothing to judge by. */
    public String show(Provinces.Row row, Indicator indicator) {
        Double value = row.value(indicator);
        if (value == null) {
            return "–";
        }
        Locale reader = LocaleContextHolder.getLocale();
        return switch (indicator.unit()) {
            case NUMBER -> String.format(reader, "%,.0f", value);
            case RATE -> String.format(reader, "%,.2f", value);
            case SECONDS -> String.format(reader, "%,.1f", value / HOUR);
            case SHARE -> String.format(reader, "%.1f%%", value * HUNDRED);
        };
    }

    /** What an indicator is called, with the unit that it is shown in. */
    public String name(Indicator indicator) {
        return say("indicator." + indicator.label());
    }

    /** How an address names a month, as in 202611. */
    public String code(YearMonth month) {
        return FileName.shown(month);
    }

    /** A province's name. */
    public String province(Provinces.Row row, Map<String, String> names) {
        return switch (row.province()) {
            case Provinces.ALL -> say("report.all");
            case Provinces.HEADQUARTERS -> say("report.headquarters");
            default -> names.getOrDefault(row.province(), row.province());
        };
    }

    /** The report as CSV: a line for each province and one for all. */
    String csv(MonthReport report, Map<String, String> provinces) {
        var text = new StringWriter();
        text.append(BYTE_ORDER_MARK);
        try (CsvWriter csv = CsvWriter.builder().build(text)) {
            List<String> names =
                    new ArrayList<>(List.of(say("report.code"), say("report.province"), say("report.subscribers")));
            Stream.of(Indicator.values()).map(this::name).forEach(names::add);
            csv.writeRecord(names);
            Provinces all = report.provinces();
            Stream.concat(all.rows().stream(), Stream.of(all.all())).forEach(row -> {
                List<String> cells = new ArrayList<>(
                        List.of(row.province(), province(row, provinces), String.valueOf(row.subscribers())));
                Stream.of(Indicator.values())
                        .map(indicator -> plain(row.value(indicator), indicator.unit()))
                        .forEach(cells::add);
                csv.writeRecord(cells);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A number as every spreadsheet reads it; empty where there was nothing to judge by. */
    private static String plain(@Nullable Double value, Indicator.Unit unit) {
        if (value == null) {
            return "";
        }
        BigDecimal number = BigDecimal.valueOf(
                switch (unit) {
                    case NUMBER, RATE -> value;
                    case SECONDS -> value / HOUR;
                    case SHARE -> value * HUNDRED;
                });
        int digits = unit == Indicator.Unit.NUMBER ? 0 : 2;
        return number.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    private String say(String key) {
        return words.getMessage(key, null, LocaleContextHolder.getLocale());
    }
}
