package org.relayhub.ticket.deadline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.ticket.Notices;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks which legs are not answered in time: warns both ends of a leg, urges where the hub is to, and says when it is too
 * late. What is due next stands in each leg, so that a hub that comes back finds what it has missed. Tests are left out.
 */
public final class DeadlineWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineWatch.class);

    private static final int AT_ONCE = 200;

    /** A leg that somebody is to look at, and since when. */
    private record Due(long leg, Timestamp checkAt) {}

    private record Leg(
            long id,
            String indictSeq,
            Party upstream,
            Party downstream,
            int round,
            String urgentId,
            String subsLevel,
            String svcTypeId,
            boolean test,
            Instant deadTime,
            Instant roundAt,
            @Nullable Instant warnedAt,
            @Nullable Instant urgedAt,
            @Nullable Instant breachedAt) {}

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final DeadlineTable table;
    private final DeadlineSettings settings;
    private final Notices notices;
    private final Predicate<Party> takesPart;
    private final MeterRegistry meters;
    private final Clock clock;

    /** @param takesPart whether a party can be told anything */
    public DeadlineWatch(
            JdbcClient database,
            TransactionTemplate transaction,
            DeadlineTable table,
            DeadlineSettings settings,
            Notices notices,
            Predicate<Party> takesPart,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.table = table;
        this.settings = settings;
        this.notices = notices;
        this.takesPart = takesPart;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Looks at every leg whose time for it has come. One that cannot be looked at keeps no other from it, and is looked at
     * again.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void look() {
        var after = new Due(0, Timestamp.from(Instant.EPOCH));
        List<Due> due;
        do {
            due = database.sql("""
                            select leg_id, check_at from leg
                             where check_at <= :now and (check_at, leg_id) > (:at, :leg)
                             order by check_at, leg_id limit :limit
                            """)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("at", after.checkAt())
                    .param("leg", after.leg())
                    .param("limit", AT_ONCE)
                    .query((row, n) -> new Due(row.getLong("leg_id"), row.getTimestamp("check_at")))
                    .list();
            for (Due leg : due) {
                after = leg;
                lookApart(leg.leg());
            }
        } while (due.size() == AT_ONCE);
    }

    private void lookApart(long leg) {
        try {
            transaction.executeWithoutResult(status -> look(leg));
        } catch (NonTransientDataAccessResourceException | TransientDataAccessException | TransactionException e) {
            // Nobody can look at anything now.
            throw e;
        } catch (RuntimeException e) {
            LOG.error("The time of leg {} could not be looked at; the others go on", leg, e);
        }
    }

    private void look(long legId) {
        Instant now = clock.instant();
        Optional<Leg> found = lock(legId, now);
        if (found.isEmpty()) {
            return;
        }
        Leg leg = found.get();
        Deadline deadline = Deadline.of(
                leg.roundAt(), leg.deadTime(), table.limit(leg.urgentId(), leg.subsLevel(), leg.svcTypeId()));
        if (leg.test()) {
            save(leg, deadline, leg.warnedAt(), leg.urgedAt(), leg.breachedAt(), null);
            return;
        }
        boolean over = !now.isBefore(deadline.due());
        Instant warnAt = deadline.after(settings.warnAt());
        Instant urgeAt = settings.urges() ? deadline.after(settings.urgeAt()) : null;
        Instant warned = leg.warnedAt();
        Instant urged = leg.urgedAt();
        Instant breached = leg.breachedAt();
        // Who has missed the warning is not warned of what has come already.
        if (warned == null && !over && !now.isBefore(warnAt)) {
            tell(leg, deadline, Notices.Kind.SLA_WARNING);
            warned = now;
        }
        if (urged == null && urgeAt != null && !now.isBefore(urgeAt)) {
            urge(leg, deadline);
            urged = now;
        }
        if (breached == null && over) {
            tell(leg, deadline, Notices.Kind.SLA_BREACH);
            breached = now;
        }
        Instant next = Deadline.next(
                warned == null && !over ? warnAt : null,
                urged == null ? urgeAt : null,
                breached == null ? deadline.due() : null);
        save(leg, deadline, warned, urged, breached, next);
    }

    /** The ticket first, like whoever accepts a message about it. */
    private Optional<Leg> lock(long legId, Instant now) {
        database.sql(
                        "select 1 from ticket where indict_seq = (select indict_seq from leg where leg_id = :leg) for update")
                .param("leg", legId)
                .query(Integer.class)
                .optional();
        return database.sql("""
                        select l.*, t.svc_type_id, t.test from leg l join ticket t using (indict_seq)
                         where l.leg_id = :leg and l.state = 'DISPATCHED' and l.check_at <= :now
                        """)
                .param("leg", legId)
                .param("now", Timestamp.from(now))
                .query((row, n) -> leg(row))
                .optional();
    }

    private static Leg leg(ResultSet row) throws SQLException {
        return new Leg(
                row.getLong("leg_id"),
                row.getString("indict_seq"),
                Party.of(row.getString("upstream")),
                Party.of(row.getString("downstream")),
                row.getInt("round"),
                row.getString("urgent_id"),
                row.getString("subs_level"),
                row.getString("svc_type_id"),
                row.getBoolean("test"),
                row.getTimestamp("dead_time").toInstant(),
                row.getTimestamp("round_at").toInstant(),
                instant(row, "warned_at"),
                instant(row, "urged_at"),
                instant(row, "breached_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    private void save(
            Leg leg,
            Deadline deadline,
            @Nullable Instant warned,
            @Nullable Instant urged,
            @Nullable Instant breached,
            @Nullable Instant next) {
        database.sql("""
                        update leg
                           set due_at = :due, warned_at = :warned, urged_at = :urged,
                               breaches = breaches + :breaches, breached_at = :breached, check_at = :next
                         where leg_id = :leg
                        """)
                .param("due", Timestamp.from(deadline.due()))
                .param("warned", timestamp(warned), Types.TIMESTAMP)
                .param("urged", timestamp(urged), Types.TIMESTAMP)
                .param("breaches", leg.breachedAt() == null && breached != null ? 1 : 0)
                .param("breached", timestamp(breached), Types.TIMESTAMP)
                .param("next", timestamp(next), Types.TIMESTAMP)
                .param("leg", leg.id())
                .update();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private void tell(Leg leg, Deadline deadline, Notices.Kind kind) {
        boolean over = kind == Notices.Kind.SLA_BREACH;
        var notice = new Notices.Notice(
                kind,
                "工单 %s %s".formatted(leg.indictSeq(), over ? "已超时" : "即将超时"),
                "工单 %s 由 %s 派 %s 处理（第 %d 轮），应于 %s 前答复，%s。"
                        .formatted(
                                leg.indictSeq(),
                                leg.upstream(),
                                leg.downstream(),
                                leg.round(),
                                Serial.time(deadline.due()),
                                over ? "尚未答复，已超时" : "尚未答复，请抓紧处理"),
                leg.indictSeq(),
                deadline.due());
        for (Party end : List.of(leg.upstream(), leg.downstream())) {
            if (takesPart.test(end)) {
                notices.send(
                        end, transIdo(over ? "SLAB" : "SLAW", leg, end.equals(leg.upstream()) ? "U" : "D"), notice);
            }
        }
        count(over ? "breached" : "warned", leg);
        LOG.info(
                "{} of {} for {} is {}: due {}",
                leg.indictSeq(),
                leg.upstream(),
                leg.downstream(),
                over ? "not answered in time" : "to be answered soon",
                deadline.due());
    }

    private void urge(Leg leg, Deadline deadline) {
        String comment = "枢纽自动催办：应于 %s 前答复。".formatted(Serial.time(deadline.due()));
        if (takesPart.test(leg.downstream())) {
            notices.urge(leg.indictSeq(), leg.id(), leg.downstream(), transIdo("SLAU", leg, "D"), comment);
            count("urged", leg);
        }
    }

    /** One for each leg, round and end, so that it can be sent only once. */
    private static String transIdo(String what, Leg leg, String end) {
        return "%s%015dR%04d%s".formatted(what, leg.id(), leg.round(), end);
    }

    private void count(String what, Leg leg) {
        Counter.builder("hub.deadlines." + what)
                .description("legs of which the hub has so said, by the party that is to answer")
                .tag("party", leg.downstream().toString())
                .register(meters)
                .increment();
    }
}
