package org.relayhub.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Claims what is due: of each leg and receiving party the oldest unsettled message only, and none that another holds.
 * What is urgent goes ahead of what is not, as if it had been due for longer by its head start: so the ordinary falls
 * behind by no more than that.
 */
final class DueDeliveries {

    private final JdbcClient database;
    private final String hub;
    private final Duration lease;
    private final Function<Party, Duration> giveUpAfter;
    private final DeliverySettings.HeadStart headStart;

    DueDeliveries(
            JdbcClient database,
            String hub,
            Duration lease,
            Function<Party, Duration> giveUpAfter,
            DeliverySettings.HeadStart headStart) {
        this.database = database;
        this.hub = hub;
        this.lease = lease;
        this.giveUpAfter = giveUpAfter;
        this.headStart = headStart;
    }

    /**
     * Claims due deliveries for this hub.
     *
     * @param free how many messages each party's lane can take now
     */
    List<Claim> claim(Map<Party, Integer> free) {
        // Times are the database's: it is the one clock that all hubs share. Each urgency is looked through by itself,
        // in the order of its index, and then the few that were found are put in one order. PostgreSQL cannot know how
        // few: the offsets and the array keep it from reading whole tables to join them.
        return database.sql("""
                        with lane as (
                            select * from unnest(:parties::text[], :free::int[], :giveUps::bigint[])
                                       as lane (party, free, give_up)
                             where not exists (select from suspension s where s.party = lane.party)
                        ), due as (
                            select d.delivery_id
                              from lane cross join lateral (
                                   select oldest.delivery_id
                                     from (values (0, 0::bigint), (1, :urgent), (2, :critical))
                                              as urgency (level, head_start)
                                    cross join lateral (
                                          select w.delivery_id, w.next_try_at from delivery w
                                           where w.party = lane.party
                                             and w.urgency = urgency.level
                                             and w.state in ('pending', 'retrying')
                                             and w.next_try_at <= now()
                                             and not exists (
                                                 select from delivery earlier
                                                  where earlier.leg_id = w.leg_id
                                                    and earlier.party = w.party
                                                    and earlier.delivery_id < w.delivery_id
                                                    and earlier.holds
                                                 offset 0)
                                           order by w.next_try_at, w.delivery_id
                                           limit lane.free
                                             for update skip locked) oldest
                                    order by oldest.next_try_at - urgency.head_start * interval '1 millisecond',
                                          oldest.delivery_id
                                    limit lane.free) d
                        ), claimed as (
                            update delivery d
                               set claims = d.claims + 1,
                                   hub = :hub,
                                   next_try_at = now() + :lease * interval '1 millisecond',
                                   give_up_at = coalesce(
                                       d.give_up_at,
                                       now() + (select l.give_up from lane l where l.party = d.party)
                                           * interval '1 millisecond')
                             where d.delivery_id = any (array(select delivery_id from due))
                            returning d.delivery_id, d.story, d.claims, d.attempts, d.serial, d.party
                        )
                        select c.*, m.*
                          from claimed c
                         cross join lateral (
                               select activity, indict_seq, trans_ido, received_at, test, traceparent,
                                      coalesce(passed_on, document) as document
                                 from message
                                where serial = c.serial and story = c.story
                               offset 0) m
                        """)
                .param("parties", free.keySet().stream().map(Party::toString).toArray(String[]::new))
                .param("free", free.values().toArray(Integer[]::new))
                .param("urgent", headStart.urgent().toMillis())
                .param("critical", headStart.critical().toMillis())
                .param("hub", hub)
                .param("lease", lease.toMillis())
                .param(
                        "giveUps",
                        free.keySet().stream()
                                .map(party -> giveUpAfter.apply(party).toMillis())
                                .toArray(Long[]::new))
                .query(Claim::of)
                .list();
    }

    /** Frees what a hub of this name held when it died, instead of waiting for its leases to run out. */
    int freeOwn() {
        return database.sql("""
                        update delivery set next_try_at = now(), hub = null
                         where hub = :hub and state in ('pending', 'retrying')
                        """).param("hub", hub).update();
    }
}
