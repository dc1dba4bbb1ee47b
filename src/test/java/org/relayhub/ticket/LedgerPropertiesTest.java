package org.relayhub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** Random sequences of activities on a ticket with three legs, held against a model that is written from the contract. */
class LedgerPropertiesTest {

    private static final List<Party> CHAIN =
            List.of(Party.of("CRM-250"), Party.of("CSVC-000"), Party.of("SIMS-000"), Party.of("SIMS-431"));
    private static final AtomicLong TICKETS = new AtomicLong();

    private final TestDatabase database = TestDatabase.empty();
    private final Ledger ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());

    /** One message: on which leg, sent by which end, and whether it is the last one of that leg sent again. */
    record Step(int leg, boolean upstream, Activity activity, boolean again) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Activity> activities = Arbitraries.of(
                Activity.DISPATCH,
                Activity.REPLY,
                Activity.RETURN,
                Activity.URGE,
                Activity.REPROCESS,
                Activity.ARCHIVE,
                Activity.COMMENT);
        // Mostly the end that may send it, so that sequences get far.
        Arbitrary<Step> step = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 9),
                        activities,
                        Arbitraries.integers().between(0, 9))
                .as((leg, end, activity, again) -> {
                    boolean down = activity != Activity.REPLY && activity != Activity.RETURN;
                    return new Step(leg, (end > 0) == down, activity, again == 0);
                });
        return step.list().ofMinSize(5).ofMaxSize(40);
    }

    @Property(tries = 60)
    void the_ledger_does_what_the_model_says(@ForAll("steps") List<Step> steps) {
        String ticket = "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet());
        var model = new Model();
        Map<Integer, AddressedMessage> lastOfLeg = new HashMap<>();
        Map<String, String> firstAnswers = new HashMap<>();
        for (Step step : steps) {
            Party from = CHAIN.get(step.upstream() ? step.leg() : step.leg() + 1);
            Party to = CHAIN.get(step.upstream() ? step.leg() + 1 : step.leg());
            AddressedMessage last = lastOfLeg.get(step.leg());
            boolean again = step.again() && last != null;
            AddressedMessage message =
                    step.again() && last != null ? last : Messages.message(step.activity(), from, to, ticket);
            lastOfLeg.put(step.leg(), message);
            String expected = again
                    ? String.valueOf(firstAnswers.get(message.transIdo()))
                    : model.accept(step.leg(), step.upstream(), step.activity());

            String code = ledger.accept(message).code();

            assertThat(code).as("%s of %s", step, steps).isEqualTo(expected);
            firstAnswers.put(message.transIdo(), code);
        }
        List<String> found = new LedgerRows(database.client())
                .legs(ticket).stream()
                        .map(leg -> CHAIN.indexOf(leg.upstream()) + " " + CHAIN.indexOf(leg.downstream()) + " "
                                + leg.state() + " " + leg.round() + " " + leg.urges())
                        .sorted()
                        .toList();
        assertThat(found).isEqualTo(model.legs());
        assertThat(queued(ticket)).isEqualTo(model.accepted);
    }

    private List<String> queued(String ticket) {
        return database.client()
                .sql("""
                        select m.activity from delivery d join message m using (serial)
                         where m.indict_seq = :ticket order by d.delivery_id
                        """)
                .param("ticket", ticket)
                .query(String.class)
                .list();
    }

    /** The contract in the plainest words. */
    private static final class Model {

        private final Map<Integer, ModelLeg> legs = new HashMap<>();
        private final List<String> accepted = new ArrayList<>();

        private static final class ModelLeg {
            private boolean upward;
            private String state = "DISPATCHED";
            private int round = 1;
            private int urges;
        }

        private String accept(int number, boolean up, Activity activity) {
            String code = judge(number, up, activity);
            if (code.equals("0000")) {
                accepted.add(activity.label());
            }
            return code;
        }

        private boolean isPartyOfSomeLeg(int party) {
            return legs.keySet().stream().anyMatch(leg -> leg == party || leg + 1 == party);
        }

        private String judge(int number, boolean byLowerNumber, Activity activity) {
            int sender = byLowerNumber ? number : number + 1;
            if (!legs.isEmpty() && !isPartyOfSomeLeg(sender)) {
                return "2903";
            }
            ModelLeg leg = legs.get(number);
            if (leg == null) {
                if (activity != Activity.DISPATCH) {
                    return "2901";
                }
                leg = new ModelLeg();
                leg.upward = !byLowerNumber;
                legs.put(number, leg);
                return "0000";
            }
            boolean upstream = byLowerNumber != leg.upward;
            @Nullable String next = null;
            if (upstream && leg.state.equals("DISPATCHED") && activity == Activity.URGE) {
                leg.urges++;
                next = "DISPATCHED";
            } else if (!upstream && leg.state.equals("DISPATCHED") && activity == Activity.REPLY) {
                next = "REPLIED";
            } else if (!upstream && leg.state.equals("DISPATCHED") && activity == Activity.RETURN) {
                next = "RETURNED";
            } else if (upstream && leg.state.equals("REPLIED") && activity == Activity.REPROCESS) {
                leg.round++;
                next = "DISPATCHED";
            } else if (upstream && leg.state.equals("RETURNED") && activity == Activity.DISPATCH) {
                next = "DISPATCHED";
            } else if (upstream
                    && (leg.state.equals("REPLIED") || leg.state.equals("RETURNED"))
                    && activity == Activity.ARCHIVE) {
                next = "ARCHIVED";
            } else if (!leg.state.equals("ARCHIVED") && activity == Activity.COMMENT) {
                next = leg.state;
            }
            if (next != null) {
                leg.state = next;
                return "0000";
            }
            boolean downstreamSends = activity == Activity.REPLY || activity == Activity.RETURN;
            if (activity != Activity.COMMENT && downstreamSends == upstream) {
                return "2903";
            }
            return leg.state.equals("ARCHIVED") ? "2904" : "2902";
        }

        private List<String> legs() {
            return legs.entrySet().stream()
                    .map(entry -> {
                        int low = entry.getKey();
                        ModelLeg leg = entry.getValue();
                        return (leg.upward ? low + 1 : low) + " " + (leg.upward ? low : low + 1) + " " + leg.state + " "
                                + leg.round + " " + leg.urges;
                    })
                    .sorted()
                    .toList();
        }
    }
}
