package org.relayhub.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.ticket.archive.WholeStory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds tickets in the ledger. Reads only. */
public final class Tickets {

    private static final String NEWEST = "t.created_at desc, t.indict_seq desc";

    private final JdbcClient database;

    public Tickets(JdbcClient database) {
        this.database = database;
    }

    /**
     * What tickets to look for. Whatever is null is not asked.
     *
     * @param origin the party that dispatched it first
     * @param party a party of any leg: the origin is that of the first. The hub's own probes are found only where it is
     *     the hub, or the origin is
     * @param state where the ticket stands for its origin
     * @param svcType what the service type begins with
     * @param from the first instant of the first dispatch
     * @param to the first instant that is too late
     */
    public record Search(
            @Nullable Party origin,
            @Nullable Party party,
            @Nullable LegState state,
            @Nullable String msisdn,
            @Nullable String svcType,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** The tickets of a customer. */
        public static Search ofNumber(String msisdn) {
            return new Search(null, null, null, msisdn, null, null, null);
        }
    }

    /** A ticket with its legs; empty if no dispatch of it was accepted. */
    public Optional<Ticket> find(String indictSeq) {
        return read("select * from ticket where indict_seq = :indictSeq", Map.of("indictSeq", indictSeq)).stream()
                .findFirst();
    }

    /** Tickets that a search names, newest first. */
    public List<Ticket> find(Search search, int offset, int limit) {
        Map<String, Object> values = new LinkedHashMap<>();
        String statement = openOrNot(search, values);
        if (isAskedOfLegs(search) && (search.state() == null || search.state() == LegState.ARCHIVED)) {
            // Those that are archived have no legs here: all of them are closed, and their party is their origin.
            statement = "select * from ((%s limit :most) union all (%s limit :most)) t order by %s"
                    .formatted(statement, archived(search, values), NEWEST);
            values.put("most", offset + limit);
        }
        values.put("offset", offset);
        values.put("limit", limit);
        return read(statement + " offset :offset limit :limit", values);
    }

    private static boolean isAskedOfLegs(Search search) {
        return search.state() != null || search.party() != null;
    }

    /** Of any tickets, or of those that have legs if that is asked. */
    private static String openOrNot(Search search, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>();
        if (search.state() != null) {
            conditions.add("f.first and f.state = :state");
            values.put("state", search.state().name());
        }
        if (search.party() != null) {
            conditions.add("""
                    t.indict_seq in (select l.indict_seq from leg l
                                      where l.downstream = :party or l.upstream = :party)""");
            values.put("party", search.party().toString());
        }
        // A ticket is as old as its first leg.
        return search.state() == null
                ? statement("ticket t", conditions, search, values, "t.created_at", NEWEST)
                : statement(
                        "leg f join ticket t using (indict_seq)",
                        conditions,
                        search,
                        values,
                        "f.created_at",
                        "f.created_at desc, f.indict_seq desc");
    }

    private static String archived(Search search, Map<String, Object> values) {
        List<String> conditions = new ArrayList<>(List.of("t.archive_month is not null"));
        if (search.party() != null) {
            conditions.add("t.origin = :party");
        }
        return statement("ticket t", conditions, search, values, "t.created_at", NEWEST);
    }

    /** Only what is asked is in the statement, so that each question gets the plan that fits it. */
    private static String statement(
            String from,
            List<String> conditions,
            Search search,
            Map<String, Object> values,
            String created,
            String newest) {
        if (search.origin() != null) {
            conditions.add("t.origin = :origin");
            values.put("origin", search.origin().toString());
        }
        if (search.origin() == null && !Party.HUB.equals(search.party())) {
            // Whoever looks for tickets does not look for probes, of which there are many.
            conditions.add("t.origin <> :hub");
            values.put("hub", Party.HUB.toString());
        }
        if (search.msisdn() != null) {
            conditions.add("t.msisdn = :msisdn");
            values.put("msisdn", search.msisdn());
        }
        if (search.svcType() != null) {
            conditions.add("t.svc_type_id ^@ :svcType");
            values.put("svcType", search.svcType());
        }
        if (search.from() != null) {
            conditions.add(created + " >= :from");
            values.put("from", Timestamp.from(search.from()));
        }
        if (search.to() != null) {
            conditions.add(created + " < :to");
            values.put("to", Timestamp.from(search.to()));
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return "select t.* from " + from + where + " order by " + newest;
    }

    private record Row(
            String indictSeq,
            Party origin,
            boolean test,
            String svcTypeId,
            String msisdn,
            Instant createdAt,
            Instant updatedAt,
            boolean archived) {

        private static Row of(ResultSet row, int number) throws SQLException {
            return new Row(
                    row.getString("indict_seq"),
                    Party.of(row.getString("origin")),
                    row.getBoolean("test"),
                    row.getString("svc_type_id"),
                    row.getString("msisdn"),
                    row.getTimestamp("created_at").toInstant(),
                    row.getTimestamp("updated_at").toInstant(),
                    row.getDate("archive_month") != null);
        }

        private Ticket with(List<Leg> legs) {
            return new Ticket(indictSeq, origin, test, svcTypeId, msisdn, createdAt, updatedAt, archived, legs);
        }
    }

    private List<Ticket> read(String select, Map<String, Object> values) {
        List<Row> rows = database.sql(select).params(values).query(Row::of).list();
        if (rows.isEmpty()) {
            return List.of();
        }
        // One that is archived at this very moment has its legs there, whatever its row said.
        Map<String, List<Leg>> legs = database
                .sql(WholeStory.LEGS_OF_TICKETS + "select * from story_leg order by leg_id")
                .param("tickets", rows.stream().map(Row::indictSeq).toArray(String[]::new))
                .query(Leg::of)
                // A stream of the query itself would keep its connection until it is closed.
                .list()
                .stream()
                .collect(Collectors.groupingBy(Leg::indictSeq));
        return rows.stream()
                .filter(row -> legs.containsKey(row.indictSeq()))
                .map(row -> row.with(legs.getOrDefault(row.indictSeq(), List.of())))
                .toList();
    }
}
