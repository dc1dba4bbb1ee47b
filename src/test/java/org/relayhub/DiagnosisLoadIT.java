package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many diagnoses at once, each of four questions to sources that take 50 ms. The figure of docs/operations.md: {@code mvn
 * verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=DiagnosisLoadIT -Ddiagnosis.rate=200
 * -Ddiagnosis.seconds=60 -Ddiagnosis.warm-up=72}.
 */
@Tag("measured")
class DiagnosisLoadIT {

    private static final Logger log = LoggerFactory.getLogger(DiagnosisLoadIT.class);

    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final double MOST_MILLIS = 500;
    private static final int THREADS = 128;
    private static final List<String> PROVINCES =
            List.of("100", "200", "210", "220", "230", "240", "270", "280", "290");
    private static final List<String> TYPES = List.of("0451", "0452", "0453", "0454", "0455");

    private static final String SUBSCRIBER =
            "<SubscriberRsp><State>ACTIVE</State><Installation>COMPLETED</Installation></SubscriberRsp>";
    private static final String LINE =
            "<LineStateRsp><LineNo>NJ-0001</LineNo><Area>南京鼓楼</Area><NetworkSide>UP</NetworkSide><CustomerSide>UP"
                    + "</CustomerSide><CheckedTime>2026-11-22 10:15:00</CheckedTime></LineStateRsp>";

    private final int rate = Integer.getInteger("diagnosis.rate", 20);
    private final Duration time = Duration.ofSeconds(Integer.getInteger("diagnosis.seconds", 6));
    private final Duration warmUp = Duration.ofSeconds(Integer.getInteger("diagnosis.warm-up", 8));
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(4);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void many_a_second_are_answered_in_time(@TempDir Path folder) throws Exception {
        Loopback sources = Loopback.serving(this::take, later);
        try {
            var adapters = new Adapters(folder, """
                    parties:
                      CRM-*: {}
                      BOSS-*: {address: '%1$s', concurrency: 16}
                      NETW-*: {address: '%1$s', concurrency: 16}
                      MVID-000: {address: '%1$s', concurrency: 32}
                      MGAM-000: {address: '%1$s', concurrency: 32}
                      MUSI-000: {address: '%1$s', concurrency: 32}
                      MPAY-000: {address: '%1$s', concurrency: 32}
                      MRED-000: {address: '%1$s', concurrency: 32}
                    """.formatted(sources.address()));
            try (var hub = new HubProcess(
                    folder,
                    List.of(
                            adapters.setting(),
                            "--hub.standalone.simulation.enabled=false",
                            "--hub.diagnosis.threads=" + THREADS,
                            "--hub.diagnosis.subscriber-cache=0s"),
                    HubProcess.Jvm.DEPLOYED)) {
                // A cold hub is many times slower: it is given time to get warm, at a growing pace.
                for (int part : new int[] {8, 4, 2, 1}) {
                    run(hub, Math.max(1, rate / part), warmUp.dividedBy(4));
                }
                millis.clear();
                wrong.clear();
                int before = asked.get();
                Duration worked = hub.processorTime();

                int sent = run(hub, rate, time);

                List<Double> sorted = millis.stream().sorted().toList();
                double p99 = sorted.get((int) (sorted.size() * 0.99));
                log.info(
                        "{} diagnoses at {} a second: p50 {} ms, p99 {} ms, most {} ms, {} diagnosis threads at most, {} ms of processor time each",
                        sent,
                        rate,
                        Math.round(sorted.get(sorted.size() / 2)),
                        Math.round(p99),
                        Math.round(sorted.get(sorted.size() - 1)),
                        pool(hub),
                        hub.processorTime().minus(worked).toMillis() / sent);
                assertThat(wrong).isEmpty();
                assertThat(sorted).hasSize(sent);
                assertThat(asked.get() - before).as("four questions each").isEqualTo(4 * sent);
                assertThat(p99).isLessThan(MOST_MILLIS);
                assertThat(pool(hub)).isLessThanOrEqualTo(THREADS);
            }
        } finally {
            sources.stop();
            later.shutdownNow();
        }
    }

    /** How many threads wait for sources, at the most so far. */
    private static double pool(HubProcess hub) throws Exception {
        return hub.get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("executor_pool_size_threads") && line.contains("diagnosis"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Sends at a steady pace, however long answers take; a latency counts from when its request was due. */
    private int run(HubProcess hub, int perSecond, Duration howLong) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        int count = (int) (perSecond * howLong.toSeconds());
        List<CompletableFuture<Void>> under = new ArrayList<>();
        long due = System.nanoTime();
        for (int i = 0; i < count; i++) {
            due += gap;
            while (due - System.nanoTime() > 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            long began = due;
            under.add(http.sendAsync(request(hub), HttpResponse.BodyHandlers.ofString())
                    .thenAccept(response -> {
                        millis.add((System.nanoTime() - began) / 1e6);
                        if (!response.body().contains("<Verdict>NONE_FOUND")
                                || response.body().contains("<Outcome>TIMEOUT")
                                || response.body().contains("<Outcome>ERROR")) {
                            wrong.add(response.statusCode() + " " + response.body());
                        }
                    }));
        }
        CompletableFuture.allOf(under.toArray(CompletableFuture[]::new)).join();
        return count;
    }

    private HttpRequest request(HubProcess hub) {
        int n = next.incrementAndGet();
        String province = PROVINCES.get(n % PROVINCES.size());
        var crm = new Party("CRM", province);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", "100" + province + "%05d".formatted(n % 100_000));
        values.put("SvcTypeId", TYPES.get(n % TYPES.size()));
        values.put("AcceptTime", "2026-11-22 10:15:00");
        String document =
                Messages.request(Activity.DIAGNOSE, crm, Party.HUB, values).canonical();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + hub.port() + "/ws/interboss"))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "text/xml; charset=UTF-8")
                .header("SOAPAction", "\"\"")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((crm.user() + ":demo").getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofString(SoapCaller.envelope(document)))
                .build();
    }

    /** The answer to a question, cut together: a source that reads documents would cost more than it says. */
    private static String answer(String question) {
        String header = question.substring(question.indexOf("<InterBOSS"), question.indexOf("<SvcCont"));
        String said = question.contains("<SubscriberReq")
                ? SUBSCRIBER
                : question.contains("<LineStateReq") ? LINE : "<SubscriptionRsp/>";
        return SoapCaller.envelope(header.replace("<ActionCode>0", "<ActionCode>1")
                        .replace(
                                "</TransIDOTime>",
                                "</TransIDOTime><TransIDH>S1</TransIDH><TransIDHTime>20261122101500</TransIDHTime>")
                + "<Response><RspType>0</RspType><RspCode>0000</RspCode><RspDesc>success</RspDesc></Response><SvcCont>"
                + said + "</SvcCont></InterBOSS>");
    }

    private void take(HttpExchange exchange) throws IOException {
        String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.incrementAndGet();
        byte[] content = answer(question).getBytes(StandardCharsets.UTF_8);
        later.schedule(() -> give(exchange, content), LATENCY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void give(HttpExchange exchange, byte[] content) {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=UTF-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } catch (IOException e) {
            log.warn("A source could not answer", e);
        }
    }
}
