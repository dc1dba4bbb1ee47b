package org.relayhub.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.ticket.LegState.ARCHIVED;
import static org.relayhub.ticket.LegState.DISPATCHED;
import static org.relayhub.ticket.LegState.REPLIED;
import static org.relayhub.ticket.LegState.RETURNED;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayhub.message.Party;

class TicketTest {

    private static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");
    private static final String SEQ = "20260301CSVC2500000001";

    private static Leg leg(String upstream, String downstream, LegState state) {
        return new Leg(1, SEQ, Party.of(upstream), Party.of(downstream), state, 1, 0, NOW, null, null, null, NOW);
    }

    private static Ticket ticket(Leg... legs) {
        return new Ticket(SEQ, Party.of("CRM-250"), false, "0301", "13800130000", NOW, NOW, false, List.of(legs));
    }

    @Test
    void aTicketIsWithWhomTheLastDispatchedLegLeadsTo() {
        Ticket ticket = ticket(
                leg("CRM-250", "CSVC-000", DISPATCHED),
                leg("CSVC-000", "SIMS-000", DISPATCHED),
                leg("SIMS-000", "SIMS-250", DISPATCHED));

        assertThat(ticket.currentNode()).isEqualTo(Party.of("SIMS-250"));
        assertThat(ticket.status()).isEqualTo(DISPATCHED);
    }

    @Test
    void aReplyBringsItBackOneLegAtATime() {
        assertThat(ticket(leg("CRM-250", "CSVC-000", DISPATCHED), leg("CSVC-000", "SIMS-000", REPLIED))
                        .currentNode())
                .isEqualTo(Party.of("CSVC-000"));
        assertThat(ticket(leg("CRM-250", "CSVC-000", REPLIED), leg("CSVC-000", "SIMS-000", REPLIED))
                        .currentNode())
                .isEqualTo(Party.of("CRM-250"));
    }

    @Test
    void itsStatusIsThatOfTheOriginsLeg() {
        Ticket ticket = ticket(leg("CRM-250", "CSVC-000", ARCHIVED), leg("CSVC-000", "SIMS-000", DISPATCHED));

        assertThat(ticket.status()).isEqualTo(ARCHIVED);
        assertThat(ticket.currentNode()).isEqualTo(Party.of("CRM-250"));
    }

    @Test
    void whoWasDispatchedToLastHasItNow() {
        Ticket ticket = ticket(
                leg("CRM-250", "CSVC-000", DISPATCHED),
                leg("CSVC-000", "SIMS-000", RETURNED),
                leg("CSVC-000", "MVID-000", DISPATCHED));

        assertThat(ticket.currentNode()).isEqualTo(Party.of("MVID-000"));
    }

    @Test
    void legsInACircleStillNameAParty() {
        Ticket ticket = ticket(leg("CRM-250", "CSVC-000", DISPATCHED), leg("CSVC-000", "CRM-250", DISPATCHED));

        assertThat(ticket.currentNode()).isIn(Party.of("CRM-250"), Party.of("CSVC-000"));
    }
}
