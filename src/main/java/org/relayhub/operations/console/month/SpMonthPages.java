package org.relayhub.operations.console.month;

import java.time.Clock;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.Page;
import org.relayhub.spquality.book.DroppedFile;
import org.relayhub.spquality.book.DroppedFiles;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.book.ProvinceMonth;
import org.relayhub.spquality.book.Standing;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.national.NationalFiles;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /sp-month}: how the provinces stand in a month, on a map of tiles; a province's files and their faults. */
@Controller
final class SpMonthPages {

    /**
     * A province on the map.
     *
     * @param column counted from the west, from 1
     * @param row counted from the north, from 1
     */
    record Tile(int column, int row, ProvinceMonth province) {}

    private final MonthBook book;
    private final DroppedFiles files;
    private final NationalFiles national;
    private final MonthCalendar calendar;
    private final TileMap map;
    private final Clock clock;

    SpMonthPages(
            MonthBook book,
            DroppedFiles files,
            NationalFiles national,
            MonthCalendar calendar,
            TileMap map,
            Clock clock) {
        this.book = book;
        this.files = files;
        this.national = national;
        this.calendar = calendar;
        this.map = map;
        this.clock = clock;
    }

    @ModelAttribute("here")
    String here() {
        return "sp-month";
    }

    /** @param month as in 201209; by default the last one */
    @GetMapping("/sp-month")
    String month(@RequestParam(required = false) @Nullable String month, Model model) {
        YearMonth of = month == null
                ? calendar.reported(clock.instant())
                : FileName.month(month).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST));
        List<ProvinceMonth> provinces = book.provinces(of);
        addMonth(of, model);
        model.addAttribute("tiles", map.of(provinces));
        model.addAttribute("counts", Standing.count(provinces));
        model.addAttribute(
                "missing",
                provinces.stream()
                        .filter(province ->
                                province.standing() != Standing.ACCEPTED && province.standing() != Standing.LATE)
                        .toList());
        model.addAttribute("national", national.of(of));
        return "sp-month";
    }

    @GetMapping("/sp-month/{month:[0-9]{6}}/{province:[0-9]{3}}")
    String province(
            @PathVariable String month,
            @PathVariable String province,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        YearMonth of = FileName.month(month).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        Map<String, ProvinceMonth> provinces =
                book.provinces(of).stream().collect(Collectors.toMap(ProvinceMonth::province, Function.identity()));
        ProvinceMonth standing = provinces.get(province);
        if (standing == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        var search = new DroppedFiles.Search(of, province, null, null);
        addMonth(of, model);
        model.addAttribute("province", standing);
        model.addAttribute("found", Page.read(page, (offset, limit) -> files.find(search, offset, limit)));
        return "sp-province";
    }

    /** The receipt of a file, line by line. */
    @GetMapping("/sp-month/files/{id}")
    String file(@PathVariable long id, @RequestParam(defaultValue = "1") int page, Model model) {
        DroppedFile file = files.find(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("file", file);
        model.addAttribute(
                "found",
                Page.read(page, (offset, limit) -> files.receipt(id, offset, limit))
                        .map(line -> List.of(line.split("\\|", 4))));
        return "sp-file";
    }

    private void addMonth(YearMonth month, Model model) {
        model.addAttribute("month", month);
        model.addAttribute("code", FileName.shown(month));
        model.addAttribute("before", FileName.shown(month.minusMonths(1)));
        model.addAttribute("after", FileName.shown(month.plusMonths(1)));
        model.addAttribute("deadline", calendar.deadline(month));
    }
}
