package org.relayhub.operations.console.now;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.message.Serial;
import org.relayhub.operations.desk.Traffic;
import org.springframework.context.MessageSource;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /}: how the hub does now, and again every few seconds. */
@Controller
final class NowPage {

    private final Board board;
    private final News news;
    private final ObjectMapper json;
    private final MessageSource words;

    NowPage(Board board, News news, ObjectMapper json, MessageSource words) {
        this.board = board;
        this.news = news;
        this.json = json;
        this.words = words;
    }

    @GetMapping("/")
    String now(Model model) {
        add(model);
        return "now";
    }

    private void add(Model model) {
        Board.State state = board.now();
        model.addAttribute("board", state);
        model.addAttribute("traffic", chart(state.traffic()));
    }

    /** The figures of the chart, as its script reads them. */
    private String chart(Traffic.Counts traffic) {
        DateTimeFormatter minute = DateTimeFormatter.ofPattern("HH:mm").withZone(Serial.CHINA);
        Map<String, List<Integer>> flows = new TreeMap<>();
        traffic.counts().forEach((activity, counts) -> flows.put(flow(activity), counts));
        try {
            return json.writeValueAsString(Map.of(
                    "minutes", traffic.minutes().stream().map(minute::format).toList(), "flows", flows));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers cannot be written", e);
        }
    }

    private String flow(String activity) {
        return String.valueOf(
                words.getMessage("activity." + activity, null, activity, LocaleContextHolder.getLocale()));
    }

    /** What of the page is new. */
    @GetMapping("/now/board")
    String board(Model model) {
        add(model);
        return "now :: board";
    }

    @GetMapping(path = "/now/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events() {
        SseEmitter page = news.open();
        return page == null
                ? ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE).build()
                : ResponseEntity.ok(page);
    }
}
