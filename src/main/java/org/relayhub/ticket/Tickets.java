package org.relayhub.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds tickets in the ledger. */
public final class Tickets {

    private final JdbcClient database;

    public Tickets(JdbcClient database) {
        this.database = database;
    }

    /** A ticket with its legs; empty if no dispatch of it was accepted. */
    public Optional<Ticket> find(String indictSeq) {
        List<Leg> legs = new LedgerRows(database).legs(indictSeq);
        if (legs.isEmpty()) {
            return Optional.empty();
        }
        return database.sql("select * from ticket where indict_seq = :indictSeq")
                .param("indictSeq", indictSeq)
                .query((row, n) -> ticket(row, legs))
                .optional();
    }

    private static Ticket ticket(ResultSet row, List<Leg> legs) throws SQLException {
        return new Ticket(
                row.getString("indict_seq"),
                Party.of(row.getString("origin")),
                row.getBoolean("test"),
                row.getString("svc_type_id"),
                row.getString("msisdn"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                legs);
    }
}
