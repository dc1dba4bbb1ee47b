package org.relayhub.ticket.archive;

/**
 * The rows of a story wherever they are, so that one statement reads what is archived and what is not: each of these stands
 * before it and gives it {@code story_message}, {@code story_delivery} and {@code story_attempt}, which look like the tables.
 */
public final class WholeStory {

    /** The legs of the tickets {@code :tickets}, an array, as {@code story_leg}. */
    public static final String LEGS_OF_TICKETS = """
            with story_leg as (
                select l.* from leg l where l.indict_seq = any (:tickets)
                union all
                select x.* from ticket t
                  join archive a on a.story = t.indict_seq and a.month = t.archive_month
                 cross join lateral jsonb_populate_recordset(null::leg, a.legs) x
                 where t.indict_seq = any (:tickets)
            )
            """;

    private static final String ROWS = """
            story_message as (
                select m.* from message m where %1$s
                union all
                select x.* from archived a cross join lateral jsonb_populate_recordset(null::message, a.messages) x
            ), story_delivery as (
                select d.* from message m join delivery d using (serial) where %1$s
                union all
                select x.* from archived a cross join lateral jsonb_populate_recordset(null::delivery, a.deliveries) x
            ), story_attempt as (
                select t.* from message m join delivery d using (serial) join attempt t using (delivery_id) where %1$s
                union all
                select x.* from archived a cross join lateral jsonb_populate_recordset(null::attempt, a.attempts) x
            )
            """;

    /** The messages about the ticket {@code :indictSeq}, with their deliveries and tries. */
    public static final String OF_TICKET = """
            with archived as (
                select a.* from ticket t
                  join archive a on a.story = t.indict_seq and a.month = t.archive_month
                 where t.indict_seq = :indictSeq
            ), """ + ROWS.formatted("m.indict_seq = :indictSeq");

    private static final String STORIES_OF_SERIAL = """
            with archived as (
                select a.* from archive a
                 where a.story in (select r.story from received_serial r
                                    where r.sender = any (:senders) and r.trans_ido = :transIdo)
            ), """;

    /** The message of the serial {@code :transIdo} of each of {@code :senders}, an array, and others of its story. */
    public static final String OF_SERIAL = STORIES_OF_SERIAL + ROWS.formatted("""
                    m.serial in (select r.serial from received_serial r
                                  where r.sender = any (:senders) and r.trans_ido = :transIdo)""");

    private WholeStory() {}
}
