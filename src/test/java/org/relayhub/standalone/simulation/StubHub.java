package org.relayhub.standalone.simulation;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.relayhub.directory.Directory;
import org.relayhub.message.Answer;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codec.WireForm;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.standalone.simulation.line.HttpWire;
import org.relayhub.standalone.simulation.line.MultipartWire;
import org.relayhub.standalone.simulation.line.SoapWire;

/** A hub without a ledger: it checks who calls, writes down what it is sent, and passes it on in that order. */
final class StubHub extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** @param way as in {@code CRM-250 dispatch CSVC-000} */
    record Seen(String indictSeq, String way, String transIdo, InterBossDocument document) {}

    private final transient List<Seen> accepted = new CopyOnWriteArrayList<>();
    private final transient List<Seen> refused = new CopyOnWriteArrayList<>();
    private final transient Queue<String> nextAnswers = new ArrayDeque<>();
    private final transient ExecutorService lane = Executors.newSingleThreadExecutor();
    private final transient HttpClient http = HttpClient.newHttpClient();
    private final transient Map<String, HttpWire> wires;
    private final transient Directory directory;
    private final transient DocumentWriter writer;
    private final transient ResponseDocument answers;
    private final transient ActivityCodes codes;

    StubHub(
            DocumentReader reader,
            Directory directory,
            DocumentWriter writer,
            ResponseDocument answers,
            ActivityCodes codes) {
        this.wires = Map.of("soap", new SoapWire(reader), "multipart", new MultipartWire(reader));
        this.directory = directory;
        this.writer = writer;
        this.answers = answers;
        this.codes = codes;
    }

    /** What was accepted of a ticket, in order. */
    List<String> story(String indictSeq) {
        return accepted.stream()
                .filter(seen -> seen.indictSeq().equals(indictSeq))
                .map(Seen::way)
                .toList();
    }

    List<Seen> accepted() {
        return List.copyOf(accepted);
    }

    List<Seen> refused() {
        return List.copyOf(refused);
    }

    /** What the next message is answered with, instead of 0000. */
    void answerNextWith(String code) {
        synchronized (nextAnswers) {
            nextAnswers.add(code);
        }
    }

    private String nextAnswer() {
        synchronized (nextAnswers) {
            String code = nextAnswers.poll();
            return code == null ? "0000" : code;
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpWire wire = wires.values().stream()
                .filter(one -> request.getRequestURI().equals("/" + one.path()))
                .findFirst()
                .orElseThrow();
        InterBossDocument document = wire.readRequest(request.getContentType(), request.getInputStream());
        if (!basic(document.header().sender()).equals(request.getHeader("Authorization"))
                || wire != wire(document.header().sender())) {
            response.setStatus(401);
            return;
        }
        String code = nextAnswer();
        if (code.equals("0000")) {
            accepted.add(seen(document));
            URI peer = URI.create("http://127.0.0.1:" + request.getServerPort() + "/sim/" + home(document.header()));
            HttpWire.Content content =
                    wire(home(document.header())).request(WireForm.CHILD.render(writer.write(document), "HUB1"));
            lane.execute(() -> passOn(peer, content));
        } else {
            refused.add(seen(document));
        }
        HttpWire.Content answer =
                wire.response(answers.canonical(document, new Answer(code, "", "HUB1", "20260101000000", null)));
        response.setContentType(answer.type());
        response.getOutputStream().write(answer.bytes());
    }

    private HttpWire wire(Party party) {
        return Objects.requireNonNull(
                wires.get(directory.find(party).orElseThrow().transport()));
    }

    private void passOn(URI peer, HttpWire.Content content) {
        try {
            http.send(
                    HttpRequest.newBuilder(peer)
                            .timeout(Duration.ofSeconds(20))
                            .header("Content-Type", content.type())
                            .POST(HttpRequest.BodyPublishers.ofByteArray(content.bytes()))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Seen seen(InterBossDocument document) {
        Header header = document.header();
        ActivityCodes.Row row = codes.byCode(header.activityCode());
        String activity = row == null ? "unknown" : row.activity().label();
        return new Seen(
                document.requireBody().get("IndictSeq"),
                header.sender() + " " + activity + " " + home(header),
                header.transIdo(),
                document);
    }

    private static Party home(Header header) {
        return new Party(header.homeDomain(), header.routeValue());
    }

    static String basic(Party party) {
        return "Basic " + Base64.getEncoder().encodeToString((party.user() + ":demo").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void destroy() {
        lane.shutdownNow();
    }
}
