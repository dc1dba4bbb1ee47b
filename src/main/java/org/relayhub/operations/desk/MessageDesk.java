package org.relayhub.operations.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.ticket.archive.WholeStory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages of the ledger, each with its way to its party, every try and its answer. Reads only. */
public final class MessageDesk {

    /**
     * A message.
     *
     * @param indictSeq the ticket that it is about; null if it is about none
     * @param transport how it came; {@code hub} if it is the hub's own
     * @param code how its sender was answered
     */
    public record Message(
            long serial,
            Instant at,
            Party sender,
            Party home,
            String activity,
            String transIdo,
            @Nullable String indictSeq,
            boolean test,
            String transport,
            String code,
            String description,
            List<Sent> deliveries) {

        /** The hub's serial of it. */
        public String transIdh() {
            return Serial.of(serial);
        }

        /** Whether it is the hub's own, and so was never taken in. */
        public boolean own() {
            return transport.equals("hub");
        }
    }

    /**
     * Its way to a party.
     *
     * @param state as the ledger has it: pending, retrying, dead, refused, delivered or discarded
     * @param nextTryAt when it is due again; null unless it waits
     * @param giveUpAt when it becomes a dead letter; null before the first try, and unless it waits
     * @param behind the earlier delivery of its ticket and leg that it waits for; null if there is none
     * @param claimedBy the hub that is trying it now; null if none is
     * @param attempts how often it has reached for its party
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
            int attempts,
            @Nullable String lastCode,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant settledAt,
            List<Try> tries) {

        public boolean waits() {
            return state.equals("pending") || state.equals("retrying");
        }

        /** The last try; empty before the first. */
        public Optional<Try> lastTry() {
            return tries.isEmpty() ? Optional.empty() : Optional.of(tries.get(tries.size() - 1));
        }

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

    /**
     * What a message holds, as somebody may see it.
     *
     * @param passedOn what went on to the home party, where the hub has added to it; null where it went on as it came
     * @param answer the canonical answer of a synchronous activity; null of any other
     */
    public record Documents(
            String document,
            @Nullable String passedOn,
            @Nullable String answer) {}

    private record SentRow(long serial, Sent sent) {}

    private record TryRow(long deliveryId, Try attempt) {}

    private final JdbcClient database;

    public MessageDesk(JdbcClient database) {
        this.database = database;
    }

    /** The messages about a ticket, in the order in which they were booked. */
    public List<Message> ofTicket(String indictSeq) {
        return read(WholeStory.OF_TICKET, "m.indict_seq = :indictSeq", Map.of("indictSeq", indictSeq));
    }

    /** The messages of a TransIDO, whichever of these parties has used it. Each party's is found by an index. */
    public List<Message> find(List<Party> senders, String transIdo) {
        return read(
                WholeStory.OF_SERIAL,
                "m.sender = any(:senders) and m.trans_ido = :transIdo",
                Map.of("senders", senders.stream().map(Party::toString).toArray(String[]::new), "transIdo", transIdo));
    }

    /** The message of a party's TransIDO; empty if there is none. */
    public Optional<Message> find(Party sender, String transIdo) {
        return find(List.of(sender), transIdo).stream().findFirst();
    }

    /** What a message holds. */
    public Documents documents(Message message, PersonalData personal) {
        return database.sql(WholeStory.OF_SERIAL
                        + "select document, passed_on, answer from story_message where serial = :serial")
                .param("senders", new String[] {message.sender().toString()})
                .param("transIdo", message.transIdo())
                .param("serial", message.serial())
                .query((row, n) -> {
                    String passedOn = row.getString("passed_on");
                    String answer = row.getString("answer");
                    return new Documents(
                            personal.document(row.getString("document")),
                            passedOn == null ? null : personal.document(passedOn),
                            answer == null ? null : personal.document(answer));
                })
                .single();
    }

    /** One after the other, so that a call never holds two connections. */
    private List<Message> read(String rows, String which, Map<String, Object> values) {
        Map<Long, List<Try>> tries = tries(rows, which, values);
        Map<Long, List<Sent>> sent = sent(rows, which, values, tries);
        return database.sql(rows + """
                        select m.serial, m.received_at, m.sender, m.home, m.activity, m.trans_ido, m.indict_seq, m.test,
                               m.transport, m.rsp_code, m.rsp_desc
                          from story_message m where %s order by m.serial
                        """.formatted(which))
                .params(values)
                .query((row, n) -> message(row, sent))
                .list();
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
                row.getString("indict_seq"),
                row.getBoolean("test"),
                row.getString("transport"),
                row.getString("rsp_code"),
                row.getString("rsp_desc"),
                sent.getOrDefault(serial, List.of()));
    }

    private Map<Long, List<Sent>> sent(
            String rows, String which, Map<String, Object> values, Map<Long, List<Try>> tries) {
        return database
                .sql(rows + """
                        select d.*, s.party is not null as suspended,
                               (select min(earlier.delivery_id) from delivery earlier
                                 where d.state in ('pending', 'retrying')
                                   and earlier.leg_id = d.leg_id and earlier.party = d.party
                                   and earlier.delivery_id < d.delivery_id and earlier.holds) as behind
                          from story_message m
                          join story_delivery d using (serial)
                          left join suspension s on s.party = d.party
                         where %s
                         order by d.delivery_id
                        """.formatted(which))
                .params(values)
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
                row.getInt("attempts"),
                row.getString("last_code"),
                row.getString("last_error"),
                row.getTimestamp("created_at").toInstant(),
                instant(row, "settled_at"),
                tries.getOrDefault(id, List.of()));
    }

    private Map<Long, List<Try>> tries(String rows, String which, Map<String, Object> values) {
        return database
                .sql(rows + """
                        select a.* from story_message m
                          join story_delivery d using (serial) join story_attempt a using (delivery_id)
                         where %s
                         order by a.delivery_id, a.attempt
                        """.formatted(which))
                .params(values)
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
