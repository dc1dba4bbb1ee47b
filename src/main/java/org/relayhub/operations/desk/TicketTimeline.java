package org.relayhub.operations.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.springframework.jdbc.core.simple.JdbcClient;

/** All that happened about a ticket, message by message, with every try and its answer. Reads only. */
public final class TicketTimeline {

    /** How many messages of a ticket are shown, the newest: one that has more goes in a circle. */
    private static final int MESSAGES = 500;

    /**
     * A message about the ticket.
     *
     * @param own whether it is the hub's own, and so was never taken in
     * @param code how its sender was answered
     */
    public record Message(
            long serial,
            Instant at,
            Party sender,
            Party home,
            String activity,
            String transIdo,
            String transport,
            boolean own,
            String code,
            String description,
            List<Sent> deliveries) {

        /** The hub's serial of it. */
        public String transIdh() {
            return Serial.of(serial);
        }
    }

    /**
     * Its way to a party.
     *
     * @param state as the ledger has it: pending, retrying, dead, refused, delivered or discarded
     * @param nextTryAt when it is due again; null unless it waits
     * @param behind the earlier delivery of the ticket that it waits for; null if there is none
     * @param claimedBy the hub that is trying it now; null if none is
     */
    public record Sent(
            long id,
            Party party,
            String state,
            @Nullable Instant nextTryAt,
            @Nullable Instant giveUpAt,
            @Nullable Long behind,
            @Nullable String claimedBy,
            boolean suspended,
            List<Try> tries) {

        /**
         * Why it is not under way, or that it is.
         *
         * @param circuitOpen whether this hub leaves the party alone now
         */
        public Hold hold(boolean circuitOpen) {
            if (state.equals("dead")) {
                return Hold.GIVEN_UP;
            }
            return Hold.of(suspended, behind != null, claimedBy != null, circuitOpen, !tries.isEmpty());
        }

        public boolean waits() {
            return state.equals("pending") || state.equals("retrying");
        }
    }

    /** One try and its answer. */
    public record Try(
            int attempt,
            Instant at,
            int millis,
            String hub,
            String code,
            String description,
            @Nullable String transIdh) {}

    private record SentRow(long serial, Sent sent) {}

    private record TryRow(long deliveryId, Try attempt) {}

    private final JdbcClient database;

    public TicketTimeline(JdbcClient database) {
        this.database = database;
    }

    /** The messages of a ticket, oldest first. */
    public List<Message> of(String indictSeq) {
        Map<Long, List<Try>> tries = tries(indictSeq);
        Map<Long, List<Sent>> sent = sent(indictSeq, tries);
        List<Message> newest = new ArrayList<>(database.sql("""
                        select * from message where indict_seq = :indictSeq order by serial desc limit :limit
                        """)
                .param("indictSeq", indictSeq)
                .param("limit", MESSAGES)
                .query((row, n) -> message(row, sent))
                .list());
        java.util.Collections.reverse(newest);
        return newest;
    }

    private static Message message(ResultSet row, Map<Long, List<Sent>> sent) throws SQLException {
        long serial = row.getLong("serial");
        return new Message(
                serial,
                row.getTimestamp("received_at").toInstant(),
                Party.of(row.getString("sender")),
                Party.of(row.getString("home")),
                row.getString("activity"),
                row.getString("trans_ido"),
                row.getString("transport"),
                row.getString("transport").equals("hub"),
                row.getString("rsp_code"),
                row.getString("rsp_desc"),
                sent.getOrDefault(serial, List.of()));
    }

    private Map<Long, List<Sent>> sent(String indictSeq, Map<Long, List<Try>> tries) {
        return database
                .sql("""
                        select d.*, s.party is not null as suspended,
                               (select min(earlier.delivery_id) from delivery earlier
                                 where d.state in ('pending', 'retrying')
                                   and earlier.leg_id = d.leg_id and earlier.party = d.party
                                   and earlier.delivery_id < d.delivery_id and earlier.holds) as behind
                          from message m
                          join delivery d using (serial)
                          left join suspension s on s.party = d.party
                         where m.indict_seq = :indictSeq
                         order by d.delivery_id
                        """)
                .param("indictSeq", indictSeq)
                .query((row, n) -> new SentRow(row.getLong("serial"), sent(row, tries)))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(SentRow::serial, Collectors.mapping(SentRow::sent, Collectors.toList())));
    }

    private static Sent sent(ResultSet row, Map<Long, List<Try>> tries) throws SQLException {
        long id = row.getLong("delivery_id");
        String state = row.getString("state");
        boolean waits = state.equals("pending") || state.equals("retrying");
        return new Sent(
                id,
                Party.of(row.getString("party")),
                state,
                waits ? instant(row, "next_try_at") : null,
                waits ? instant(row, "give_up_at") : null,
                row.getObject("behind", Long.class),
                row.getString("hub"),
                row.getBoolean("suspended"),
                tries.getOrDefault(id, List.of()));
    }

    private Map<Long, List<Try>> tries(String indictSeq) {
        return database
                .sql("""
                        select a.* from message m join delivery d using (serial) join attempt a using (delivery_id)
                         where m.indict_seq = :indictSeq
                         order by a.delivery_id, a.attempt
                        """)
                .param("indictSeq", indictSeq)
                .query((row, n) -> new TryRow(
                        row.getLong("delivery_id"),
                        new Try(
                                row.getInt("attempt"),
                                row.getTimestamp("at").toInstant(),
                                row.getInt("millis"),
                                row.getString("hub"),
                                row.getString("code"),
                                row.getString("description"),
                                row.getString("trans_idh"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        TryRow::deliveryId, Collectors.mapping(TryRow::attempt, Collectors.toList())));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
