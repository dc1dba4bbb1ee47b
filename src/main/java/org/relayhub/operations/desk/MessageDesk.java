package org.relayhub.operations.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One message: its document, its tries and their answers. */
public final class MessageDesk {

    public record Try(
            OffsetDateTime at,
            String hub,
            int millis,
            String code,
            String description,
            @Nullable String transIdh) {}

    public record Delivery(
            long id, String party, String state, @Nullable OffsetDateTime nextTryAt, List<Try> tries) {}

    /**
     * One message.
     *
     * @param transIdh the hub's serial of it
     * @param passedOn what went on to the home party, where the hub has added to it; null where it went on as it came
     * @param answer the canonical answer of a synchronous activity; null of any other
     * @param masked whether personal data was left out of documents, answer and descriptions
     */
    public record Message(
            String party,
            String transIdo,
            String transIdh,
            OffsetDateTime receivedAt,
            String home,
            String activity,
            @Nullable String indictSeq,
            String testFlag,
            String transport,
            String rspCode,
            String rspDesc,
            boolean masked,
            String document,
            @Nullable String passedOn,
            @Nullable String answer,
            List<Delivery> deliveries) {}

    /** A message of a TransIDO that somebody looks for without knowing whose it is. */
    public record Found(
            String party,
            String transIdo,
            OffsetDateTime at,
            String activity,
            String home,
            @Nullable String indictSeq) {}

    private final JdbcClient database;

    public MessageDesk(JdbcClient database) {
        this.database = database;
    }

    /** The messages of a TransIDO, whichever of these parties has used it. */
    public List<Found> find(List<Party> parties, String transIdo) {
        // Each party's is a look into the index by which duplicates are found.
        return database.sql("""
                        select m.sender, m.trans_ido, m.received_at, m.activity, m.home, m.indict_seq
                          from unnest(:parties::text[]) as asked (party)
                          join message m on m.sender = asked.party and m.trans_ido = :transIdo
                         order by m.received_at desc
                        """)
                .param("parties", parties.stream().map(Party::toString).toArray(String[]::new))
                .param("transIdo", transIdo)
                .query((row, n) -> new Found(
                        row.getString("sender"),
                        row.getString("trans_ido"),
                        at(row, "received_at"),
                        row.getString("activity"),
                        row.getString("home"),
                        row.getString("indict_seq")))
                .list();
    }

    /** The message of a party's TransIDO, as somebody may see it; empty if there is none. */
    public Optional<Message> find(Party party, String transIdo, PersonalData personal) {
        Map<String, String> key = Map.of("sender", party.toString(), "transIdo", transIdo);
        // One after the other, so that a call never holds two connections.
        Map<Long, List<Try>> tries = tries(key, personal);
        List<Delivery> deliveries = deliveries(key, tries);
        return database.sql("select * from message where sender = :sender and trans_ido = :transIdo")
                .params(key)
                .query((row, n) -> message(row, deliveries, personal))
                .optional();
    }

    private static Message message(ResultSet row, List<Delivery> deliveries, PersonalData personal)
            throws SQLException {
        String document = row.getString("document");
        String passedOn = row.getString("passed_on");
        String answer = row.getString("answer");
        return new Message(
                row.getString("sender"),
                row.getString("trans_ido"),
                Serial.of(row.getLong("serial")),
                at(row, "received_at"),
                row.getString("home"),
                row.getString("activity"),
                row.getString("indict_seq"),
                row.getBoolean("test") ? "1" : "0",
                row.getString("transport"),
                row.getString("rsp_code"),
                personal.words(row.getString("rsp_desc")),
                !personal.shown(),
                personal.document(document),
                passedOn == null ? null : personal.document(passedOn),
                answer == null ? null : personal.document(answer),
                deliveries);
    }

    private List<Delivery> deliveries(Map<String, String> key, Map<Long, List<Try>> tries) {
        return database.sql("""
                        select d.delivery_id, d.party, d.state,
                               case when d.state in ('pending', 'retrying') then d.next_try_at end as next_try_at
                          from message m join delivery d using (serial)
                         where m.sender = :sender and m.trans_ido = :transIdo
                         order by d.delivery_id
                        """)
                .params(key)
                .query((row, n) -> new Delivery(
                        row.getLong("delivery_id"),
                        row.getString("party"),
                        row.getString("state"),
                        atIfAny(row, "next_try_at"),
                        tries.getOrDefault(row.getLong("delivery_id"), List.of())))
                .list();
    }

    private record TryOf(long deliveryId, Try attempt) {}

    private Map<Long, List<Try>> tries(Map<String, String> key, PersonalData personal) {
        return database
                .sql("""
                        select a.*
                          from message m join delivery d using (serial) join attempt a using (delivery_id)
                         where m.sender = :sender and m.trans_ido = :transIdo
                         order by a.attempt
                        """)
                .params(key)
                .query((row, n) -> new TryOf(
                        row.getLong("delivery_id"),
                        new Try(
                                at(row, "at"),
                                row.getString("hub"),
                                row.getInt("millis"),
                                row.getString("code"),
                                personal.words(row.getString("description")),
                                row.getString("trans_idh"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        TryOf::deliveryId, Collectors.mapping(TryOf::attempt, Collectors.toList())));
    }

    private static OffsetDateTime at(ResultSet row, String column) throws SQLException {
        return Moment.shown(row.getTimestamp(column).toInstant());
    }

    private static @Nullable OffsetDateTime atIfAny(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : Moment.shown(at.toInstant());
    }
}
