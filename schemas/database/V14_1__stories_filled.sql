-- The stories and serials of what was booked before V14, in batches of their own transactions: hubs go on meanwhile, and
-- whoever is interrupted begins anew where nothing is missing.
do $$
declare
    batch constant bigint := 20000;
    upto  bigint := coalesce((select min(serial) - 1 from message), 0);
    last  bigint := coalesce((select max(serial) from message), 0);
begin
    while upto < last loop
        with booked as (
            update message
               set story = coalesce(indict_seq, sender || ' ' || trans_ido)
             where serial > upto and serial <= upto + batch and story is null
            returning sender, trans_ido, serial, story
        )
        insert into received_serial (sender, trans_ido, serial, story)
        select sender, trans_ido, serial, story from booked
        on conflict do nothing;
        with sent as (
            update delivery d
               set story = m.story
              from message m
             where m.serial > upto and m.serial <= upto + batch and d.serial = m.serial and d.story is null
            returning d.delivery_id, d.story
        )
        update attempt a set story = sent.story from sent where a.delivery_id = sent.delivery_id and a.story is null;
        update handling h
           set story = m.story
          from message m
         where h.serial > upto and h.serial <= upto + batch and m.serial = h.serial and h.story is null;
        upto := upto + batch;
        commit;
    end loop;
    -- What a hub of the version before was writing while it was looked at.
    update attempt a set story = d.story from delivery d where a.delivery_id = d.delivery_id and a.story is null;
end $$;
