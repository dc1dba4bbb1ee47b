package org.relayhub.diagnosis.repair;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes into the audit what a repair has had a platform do, in the asker's name. */
final class RepairAudit {

    private final JdbcClient database;
    private final Clock clock;

    RepairAudit(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** @param outcome what was done, without a customer's number */
    void write(Repair repair, String outcome) {
        database.sql("""
                        insert into audit (at, operator, action, subject, reason)
                        values (:at, :operator, 'align', :subject, :reason)
                        """)
                .param("at", Timestamp.from(clock.instant()))
                .param("operator", repair.asker().toString())
                // By the message the number is found, for those who may see it.
                .param(
                        "subject",
                        repair.platform().party() + " " + repair.serviceTypeId() + ", message " + repair.asker() + " "
                                + repair.transIdo())
                .param("reason", outcome)
                .update();
    }
}
