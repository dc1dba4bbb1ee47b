package org.relayhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.ticket.Ledger;

/** Answers that come after a broker has taken the message, against the results that the hub itself books. */
class LateAnswersTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration LEASE = Duration.ofSeconds(60);

    private final TestDatabase database = TestDatabase.empty();
    private final LateAnswers answers = new LateAnswers(database.client(), "hub-1", LEASE);
    private final DueDeliveries due = new DueDeliveries(
            database.client(),
            "hub-1",
            LEASE,
            party -> Duration.ofHours(24),
            new DeliverySettings.HeadStart(Duration.ofMinutes(10), Duration.ofHours(1)));
    private final Settlements settlements = new Settlements(
            database.client(),
            new RetryPolicy(
                    new DeliverySettings.Retry(Duration.ZERO, Duration.ZERO, 2, 0, Duration.ofHours(24)),
                    party -> Optional.empty(),
                    java.util.random.RandomGenerator::getDefault),
            "hub-1",
            100,
            new DeliveryFigures(new SimpleMeterRegistry()),
            party -> {});
    private final AddressedMessage dispatch = Messages.message(Activity.DISPATCH, CRM, CSVC, "20261122CSVC2500000001");

    @BeforeEach
    void accept() {
        settlements.start();
        new Ledger(database.client(), database.transaction(), Clock.systemUTC()).accept(dispatch);
    }

    @AfterEach
    void stop() {
        settlements.stop();
    }

    private Claim claim() {
        return due.claim(Map.of(CSVC, 10)).get(0);
    }

    private void stored(Claim claim) {
        settle(claim, Settlement.Result.DELIVERED, "0000", "stored by the broker", null);
    }

    private void settle(Claim claim, Settlement.Result result, String code, String words, @Nullable String serial) {
        settlements.add(new Settlement(claim, result, code, words, serial, Instant.now(), Duration.ofMillis(5)));
    }

    private InboundDocument answer(String code, Party by) {
        String type = code.equals("0000") ? "0" : code.startsWith("0") ? "1" : "2";
        var document = InterBossDocument.of(
                dispatch.document().header().answered("PEER1", "20261122100000"),
                new Response(type, code, "words"),
                null);
        return new InboundDocument(document, "jms", by.user());
    }

    private String row(String columns) {
        return database.client()
                .sql("select concat_ws(' ', " + columns + ") from delivery")
                .query(String.class)
                .single();
    }

    private List<String> tries() {
        return database.client()
                .sql("select concat_ws(' ', attempt, code, description, trans_idh) from attempt order by attempt")
                .query(String.class)
                .list();
    }

    private void awaitState(String state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> row("state").equals(state));
    }

    @Test
    void an_acceptance_is_written_beside_the_try_that_it_answers() {
        stored(claim());
        awaitState("delivered");

        assertThat(answers.take(answer("0000", CSVC))).isNull();

        assertThat(tries()).containsExactly("1 0000 words PEER1");
        assertThat(row("state, attempts, last_error")).isEqualTo("delivered 1 words");
    }

    @Test
    void a_refusal_takes_a_delivered_message_over_to_be_judged_and_holds_its_leg_again() {
        stored(claim());
        awaitState("delivered");

        Claim taken = Objects.requireNonNull(answers.take(answer("4002", CSVC)));

        assertThat(row("state, holds, claims")).isEqualTo("retrying t 2");
        settle(taken, Settlement.Result.REFUSED, "4002", "words", "PEER1");
        awaitState("dead");
        assertThat(tries()).containsExactly("1 0000 stored by the broker", "2 4002 words PEER1");
    }

    @Test
    void a_refusal_before_the_hub_has_booked_that_the_broker_has_it_wins_over_that() {
        Claim underWay = claim();

        Claim taken = Objects.requireNonNull(answers.take(answer("4002", CSVC)));
        // Both in one batch or not, in this order.
        stored(underWay);
        settle(taken, Settlement.Result.REFUSED, "4002", "words", "PEER1");

        awaitState("dead");
        await().atMost(Duration.ofSeconds(10)).until(() -> tries().size() == 2);
        assertThat(row("state, last_code")).isEqualTo("dead 4002");
    }

    @Test
    void an_acceptance_before_that_settles_it_with_the_partys_serial() {
        Claim underWay = claim();

        Claim taken = Objects.requireNonNull(answers.take(answer("0000", CSVC)));
        settle(taken, Settlement.Result.DELIVERED, "0000", "words", "PEER1");
        stored(underWay);

        awaitState("delivered");
        await().atMost(Duration.ofSeconds(10)).until(() -> tries().size() == 2);
        assertThat(row("state, last_error")).isEqualTo("delivered words");
    }

    @Test
    void a_message_that_no_broker_has_had_yet_is_answered_by_nobody() {
        assertThat(answers.take(answer("0000", CSVC))).isNull();
        assertThat(answers.take(answer("4002", CSVC))).isNull();

        assertThat(row("state, claims")).isEqualTo("pending 0");
    }

    @Test
    void a_second_refusal_changes_nothing() {
        stored(claim());
        awaitState("delivered");
        settle(
                Objects.requireNonNull(answers.take(answer("4002", CSVC))),
                Settlement.Result.REFUSED,
                "4002",
                "words",
                "PEER1");
        awaitState("dead");

        assertThat(answers.take(answer("4002", CSVC))).isNull();
        assertThat(answers.take(answer("0000", CSVC))).isNull();
        assertThat(row("state, claims")).isEqualTo("dead 2");
    }

    @Test
    void nobody_answers_for_another_party_and_nothing_answers_what_was_never_sent() {
        stored(claim());
        awaitState("delivered");

        assertThatExceptionOfType(MalformedDocumentException.class).isThrownBy(() -> answers.take(answer("4002", CRM)));
        assertThat(row("state, claims")).isEqualTo("delivered 1");
    }
}
