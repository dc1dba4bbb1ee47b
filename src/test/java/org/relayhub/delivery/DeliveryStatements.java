package org.relayhub.delivery;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Has deliveries claimed and settled on a database, for whoever looks at the statements that this takes. */
public final class DeliveryStatements {

    private static final Duration LEASE = Duration.ofSeconds(60);

    private final DueDeliveries due;
    private final Settlements settlements;
    private final LateAnswers late;

    public DeliveryStatements(JdbcClient database) {
        this.due = new DueDeliveries(
                database,
                "hub-1",
                LEASE,
                party -> Duration.ofHours(24),
                new DeliverySettings.HeadStart(Duration.ofMinutes(10), Duration.ofHours(1)));
        this.settlements = new Settlements(
                database,
                new RetryPolicy(
                        new DeliverySettings.Retry(
                                Duration.ofSeconds(1), Duration.ofMinutes(5), 2, 0, Duration.ofHours(24)),
                        party -> Optional.empty(),
                        RandomGenerator::getDefault),
                "hub-1",
                256,
                new DeliveryFigures(new SimpleMeterRegistry()),
                party -> {});
        this.late = new LateAnswers(database, "hub-1", LEASE);
    }

    /** Claims and settles in every way. Returns how many deliveries there were. */
    public int deliver(Map<Party, Integer> free) {
        List<Claim> claims = due.claim(free);
        settlements.start();
        for (int i = 0; i < claims.size(); i++) {
            Settlement.Result result = Settlement.Result.values()[i % Settlement.Result.values().length];
            settlements.add(
                    new Settlement(claims.get(i), result, "0000", "", "P", Instant.now(), Duration.ofMillis(5)));
        }
        settlements.stop();
        due.freeOwn();
        return claims.size();
    }

    /** Claims as many as there is room for. Returns how many these are. */
    public int claim(Map<Party, Integer> free) {
        return due.claim(free).size();
    }

    /** Claims and delivers whatever waits for these parties, and all of it is taken. Returns how many deliveries there were. */
    public int deliverAll(Map<Party, Integer> free) {
        int all = 0;
        for (List<Claim> claims = due.claim(free); !claims.isEmpty(); claims = due.claim(free)) {
            settlements.start();
            claims.forEach(claim -> settlements.add(new Settlement(
                    claim, Settlement.Result.DELIVERED, "0000", "", "P", Instant.now(), Duration.ofMillis(5))));
            settlements.stop();
            all += claims.size();
        }
        return all;
    }

    /** Takes an answer of a party to a message that it was sent. */
    public void answer(AddressedMessage sent, String code) {
        String type = code.equals("0000") ? "0" : "2";
        late.take(new InboundDocument(
                InterBossDocument.of(
                        sent.document().header().answered("PEER1", "20261122100000"),
                        new Response(type, code, "words"),
                        null),
                "jms",
                sent.home().user()));
    }
}
