package org.relayhub.operations.console.report;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.operations.report.Indicator;
import org.relayhub.operations.report.MonthReport;
import org.relayhub.operations.report.ReportDesk;
import org.relayhub.spquality.file.FileName;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /report}: how the provinces do in a month, to read, to print and for a spreadsheet. */
@Controller
final class ReportPage {

    private final ReportDesk desk;
    private final ReportSheet sheet;
    private final Clock clock;

    ReportPage(ReportDesk desk, ReportSheet sheet, Clock clock) {
        this.desk = desk;
        this.sheet = sheet;
        this.clock = clock;
    }

    /** @param month as in 202611; by default the running one */
    @GetMapping("/report")
    String month(@RequestParam(required = false) @Nullable String month, Model model) {
        YearMonth running = YearMonth.from(Serial.day(clock.instant()));
        YearMonth of = month == null
                ? running
                : FileName.month(month)
                        .filter(MonthReport::canBe)
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        MonthReport report = desk.of(of);
        model.addAttribute("report", report);
        model.addAttribute("indicators", List.of(Indicator.values()));
        model.addAttribute("sheet", sheet);
        model.addAttribute("code", FileName.shown(of));
        model.addAttribute(
                "beside",
                Stream.of(of.minusMonths(1), of.plusMonths(1))
                        .filter(other -> MonthReport.canBe(other) && !other.isAfter(running))
                        .toList());
        model.addAttribute("here", "report");
        return "report";
    }

    /** For a spreadsheet: UTF-8 with a mark that says so, in the reader's language. */
    @GetMapping("/report/{month:[0-9]{6}}.csv")
    ResponseEntity<byte[]> csv(@PathVariable String month, @ModelAttribute("provinces") Map<String, String> provinces) {
        YearMonth of = FileName.month(month)
                .filter(MonthReport::canBe)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_TYPE, "text/csv;charset=UTF-8")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("relay-hub-" + month + ".csv")
                                .build()
                                .toString())
                .body(sheet.csv(desk.of(of), provinces).getBytes(StandardCharsets.UTF_8));
    }
}
