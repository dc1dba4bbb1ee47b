package org.relayhub.ticket.refusal;

import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Fault;
import org.relayhub.message.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Books documents that were refused before they reached a ticket: who tried what, and why not. */
public final class RefusalLog {

    private static final Logger log = LoggerFactory.getLogger(RefusalLog.class);

    private final JdbcClient database;

    public RefusalLog(JdbcClient database) {
        this.database = database;
    }

    /**
     * Books a refusal.
     *
     * @param identity who the caller proved to be; null where nobody knows
     * @return its number, by which it is found
     */
    public long book(@Nullable String identity, Header header, String transport, Fault fault, Instant at) {
        String claimed = header.origDomain() + "-" + header.msgSender().substring(0, 3);
        log.info("Refused {} {} of {}: {}", transport, header.activityCode(), claimed, fault.loggable());
        return database.sql("""
                        insert into refusal (at, identity, claimed, trans_ido, activity, transport, test, code, description)
                        values (:at, :identity, :claimed, :transIdo, :activity, :transport, :test, :code, :description)
                        returning refusal_id
                        """)
                .param("at", Timestamp.from(at))
                .param("identity", identity)
                .param("claimed", claimed)
                .param("transIdo", header.transIdo())
                .param("activity", header.activityCode())
                .param("transport", transport)
                .param("test", header.test())
                .param("code", fault.code())
                .param("description", fault.description())
                .query(Long.class)
                .single();
    }
}
