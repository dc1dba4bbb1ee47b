package org.relayhub.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.oracle.Fate.DEAD_LETTER;
import static org.relayhub.oracle.Fate.DELIVERED_ONCE;
import static org.relayhub.oracle.Fate.DOUBLED;
import static org.relayhub.oracle.Fate.INVENTED;
import static org.relayhub.oracle.Fate.LOST;
import static org.relayhub.oracle.Fate.OUT_OF_ORDER;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.oracle.Judge.BookedLeg;

/** The judge sees each way of breaking the promise, and none where it is kept. */
class JudgeTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String TICKET = "20261122CSVC2500000001";
    private static final Sent DISPATCH = new Sent(TICKET, CRM, CSVC, Activity.DISPATCH, "T1");
    private static final Sent URGE = new Sent(TICKET, CRM, CSVC, Activity.URGE, "T2");
    private static final Sent REPLY = new Sent(TICKET, CSVC, CRM, Activity.REPLY, "T3");
    private static final List<Sent> ALL = List.of(DISPATCH, URGE, REPLY);
    private static final List<BookedLeg> BOOKED = List.of(new BookedLeg(TICKET, CRM, CSVC, 1, 1));

    private static Arrival arrival(Sent sent, String serial) {
        return new Arrival(sent.to(), sent.ticket(), sent.transIdo(), serial);
    }

    private static List<Arrival> arrivals(Sent... sent) {
        return Stream.of(sent)
                .map(each -> arrival(each, "of " + each.transIdo()))
                .toList();
    }

    private static Map<Fate, Integer> fates(List<Arrival> arrivals) {
        return Judge.of(ALL, arrivals, Set.of(), BOOKED).fates();
    }

    @Test
    void what_has_come_once_and_in_order_is_well_and_so_is_what_has_come_again() {
        assertThat(fates(arrivals(DISPATCH, URGE, REPLY))).isEqualTo(Map.of(DELIVERED_ONCE, 3));
        assertThat(fates(arrivals(DISPATCH, DISPATCH, URGE, DISPATCH, REPLY, URGE)))
                .as("a party knows a repeated message by its TransIDO")
                .isEqualTo(Map.of(DELIVERED_ONCE, 3));
    }

    @Test
    void the_two_directions_of_a_leg_need_not_keep_step() {
        assertThat(fates(arrivals(REPLY, DISPATCH, URGE))).isEqualTo(Map.of(DELIVERED_ONCE, 3));
    }

    @Test
    void what_has_not_come_is_lost_unless_an_operator_sees_it() {
        assertThat(fates(arrivals(DISPATCH, REPLY))).isEqualTo(Map.of(DELIVERED_ONCE, 2, LOST, 1));
        assertThat(Judge.of(ALL, arrivals(DISPATCH, REPLY), Set.of("T2"), BOOKED)
                        .fates())
                .isEqualTo(Map.of(DELIVERED_ONCE, 2, DEAD_LETTER, 1));
    }

    @Test
    void what_has_come_behind_a_later_one_is_out_of_order() {
        assertThat(fates(arrivals(URGE, DISPATCH, REPLY))).isEqualTo(Map.of(DELIVERED_ONCE, 2, OUT_OF_ORDER, 1));
        assertThat(fates(arrivals(URGE, DISPATCH, URGE, REPLY)))
                .as("also if the later one comes again")
                .isEqualTo(Map.of(DELIVERED_ONCE, 2, OUT_OF_ORDER, 1));
    }

    @Test
    void what_has_come_under_two_serials_or_to_another_party_is_doubled() {
        List<Arrival> twice = Stream.concat(arrivals(DISPATCH, URGE, REPLY).stream(), Stream.of(arrival(URGE, "other")))
                .toList();
        assertThat(fates(twice)).isEqualTo(Map.of(DELIVERED_ONCE, 2, DOUBLED, 1));

        List<Arrival> astray = Stream.concat(
                        arrivals(DISPATCH, URGE, REPLY).stream(), Stream.of(new Arrival(CRM, TICKET, "T2", "of T2")))
                .toList();
        assertThat(fates(astray)).isEqualTo(Map.of(DELIVERED_ONCE, 2, DOUBLED, 1));
    }

    @Test
    void what_nobody_has_sent_is_invented() {
        List<Arrival> more = Stream.concat(
                        arrivals(DISPATCH, URGE, REPLY).stream(), Stream.of(new Arrival(CSVC, TICKET, "T9", "9")))
                .toList();
        assertThat(fates(more)).isEqualTo(Map.of(DELIVERED_ONCE, 3, INVENTED, 1));
    }

    @Test
    void an_effect_that_is_booked_twice_is_doubled_and_one_that_is_not_is_lost() {
        List<Arrival> well = arrivals(DISPATCH, URGE, REPLY);
        assertThat(Judge.of(ALL, well, Set.of(), List.of(new BookedLeg(TICKET, CRM, CSVC, 1, 2)))
                        .count(DOUBLED))
                .isEqualTo(1);
        assertThat(Judge.of(ALL, well, Set.of(), List.of(new BookedLeg(TICKET, CRM, CSVC, 1, 0)))
                        .count(LOST))
                .isEqualTo(1);
        assertThat(Judge.of(ALL, well, Set.of(), List.of(new BookedLeg(TICKET, CRM, CSVC, 2, 1)))
                        .count(DOUBLED))
                .isEqualTo(1);
        assertThat(Judge.of(ALL, well, Set.of(), List.of()).count(LOST))
                .as("a leg that is not booked at all")
                .isEqualTo(1);
    }

    @Test
    void a_script_is_the_same_for_the_same_seed_and_begins_with_a_dispatch() {
        Script script = Script.of(new Random(7), TICKET, CRM);

        assertThat(script.steps()).hasSizeBetween(3, 12);
        assertThat(script.steps().get(0).activity()).isEqualTo(Activity.DISPATCH);
        assertThat(script.steps()).extracting(AddressedMessage::indictSeq).containsOnly(TICKET);
        assertThat(Script.of(new Random(7), TICKET, CRM).steps())
                .extracting(AddressedMessage::activity)
                .isEqualTo(
                        script.steps().stream().map(AddressedMessage::activity).toList());
    }
}
