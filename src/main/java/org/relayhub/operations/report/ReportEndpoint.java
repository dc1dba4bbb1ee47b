package org.relayhub.operations.report;

import jakarta.validation.constraints.Pattern;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.Moment;
import org.relayhub.spquality.file.FileName;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/reports/<month>}: how the provinces do in a month, for programs. */
@RestController
final class ReportEndpoint {

    /** A month's report; {@code complete} once nothing will change any more. */
    record Report(String month, OffsetDateTime until, boolean complete, List<Line> provinces) {}

    /** A province, or {@code all}; shares from 0 to 1, times in seconds, null where there was nothing to judge by. */
    record Line(String province, long subscribers, Map<String, @Nullable Double> indicators) {}

    private final ReportDesk desk;

    ReportEndpoint(ReportDesk desk) {
        this.desk = desk;
    }

    /** @param month as in 202611 */
    @GetMapping("/api/reports/{month}")
    Report month(@PathVariable @Pattern(regexp = "[0-9]{6}") String month) {
        MonthReport report = FileName.month(month)
                .filter(MonthReport::canBe)
                .map(desk::of)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no month is " + month));
        Provinces provinces = report.provinces();
        return new Report(
                month,
                Moment.shown(report.until()),
                report.complete(),
                Stream.concat(provinces.rows().stream(), Stream.of(provinces.all()))
                        .map(ReportEndpoint::line)
                        .toList());
    }

    private static Line line(Provinces.Row row) {
        Map<String, @Nullable Double> values = new LinkedHashMap<>();
        for (Indicator indicator : Indicator.values()) {
            values.put(indicator.label(), row.value(indicator));
        }
        return new Line(row.province(), row.subscribers(), values);
    }
}
