package org.relayhub.standalone.simulation.peer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tickets that the simulated peers hold. What is found is locked until the transaction ends. */
public final class Holdings {

    private final JdbcClient database;

    public Holdings(JdbcClient database) {
        this.database = database;
    }

    /** A holding and when it last changed. */
    record Dated(Holding holding, Instant updatedAt) {}

    /** What a party holds of a ticket that another gave it, or that begins with it. */
    Optional<Holding> from(Party upstream, Party party, String indictSeq) {
        return database.sql("""
                        select * from simulation.holding
                         where party = :party and indict_seq = :indictSeq and upstream = :upstream
                           for update
                        """)
                .param("party", party.toString())
                .param("indictSeq", indictSeq)
                .param("upstream", upstream.toString())
                .query((row, n) -> holding(row))
                .optional();
    }

    /** What a party holds of a ticket that it gave to another; the hub speaks for whomever it could not reach. */
    Optional<Holding> givenTo(Party downstream, Party party, String indictSeq) {
        return database.sql("""
                        select * from simulation.holding
                         where party = :party and indict_seq = :indictSeq
                           and (downstream = :downstream or (downstream is not null and :byHub))
                         order by updated_at desc
                         limit 1
                           for update
                        """)
                .param("party", party.toString())
                .param("indictSeq", indictSeq)
                .param("downstream", downstream.toString())
                .param("byHub", downstream.equals(Party.HUB))
                .query((row, n) -> holding(row))
                .optional();
    }

    /** What a party holds of a ticket, from whomever it has it last. */
    Optional<Dated> any(Party party, String indictSeq) {
        return database.sql("""
                        select * from simulation.holding
                         where party = :party and indict_seq = :indictSeq
                         order by updated_at desc
                         limit 1
                        """)
                .param("party", party.toString())
                .param("indictSeq", indictSeq)
                .query((row, n) ->
                        new Dated(holding(row), row.getTimestamp("updated_at").toInstant()))
                .optional();
    }

    /** Keeps what a party knows now. */
    public void put(Holding holding, Instant now) {
        database.sql("""
                        insert into simulation.holding (party, indict_seq, upstream, downstream, state, round, urges,
                                                        corrections, test, dispatch, updated_at)
                        values (:party, :indictSeq, :upstream, :downstream, :state, :round, :urges,
                                :corrections, :test, :dispatch, :now)
                        on conflict (party, indict_seq, upstream) do update
                           set downstream = excluded.downstream, state = excluded.state, round = excluded.round,
                               urges = excluded.urges, corrections = excluded.corrections,
                               updated_at = excluded.updated_at
                        """)
                .param("party", holding.party().toString())
                .param("indictSeq", holding.indictSeq())
                .param("upstream", holding.upstream().toString())
                .param("downstream", name(holding.downstream()))
                .param("state", holding.state().name())
                .param("round", holding.round())
                .param("urges", holding.urges())
                .param("corrections", holding.corrections())
                .param("test", holding.test())
                .param("dispatch", holding.dispatch())
                .param("now", Timestamp.from(now))
                .update();
    }

    /** Forgets archived tickets. */
    public void forgetArchivedBefore(Instant limit) {
        database.sql("delete from simulation.holding where state = 'ARCHIVED' and updated_at < :limit")
                .param("limit", Timestamp.from(limit))
                .update();
    }

    private static @Nullable String name(@Nullable Party party) {
        return party == null ? null : party.toString();
    }

    private static Holding holding(ResultSet row) throws SQLException {
        String downstream = row.getString("downstream");
        return new Holding(
                Party.of(row.getString("party")),
                row.getString("indict_seq"),
                Party.of(row.getString("upstream")),
                downstream == null ? null : Party.of(downstream),
                Holding.State.valueOf(row.getString("state")),
                row.getInt("round"),
                row.getInt("urges"),
                row.getInt("corrections"),
                row.getBoolean("test"),
                row.getString("dispatch"));
    }
}
