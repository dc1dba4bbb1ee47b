-- What is urgent goes ahead of what is not, in the lane of its party.

-- How urgent a leg's messages are: 0 ordinary, 1 urgent (UrgentId 02), 2 critical (03) or urged.
alter table leg
    add column urgent_id text not null default '01',    -- UrgentId of the last dispatch
    add column urgency smallint not null generated always as (
        case when urges > 0 or urgent_id = '03' then 2 when urgent_id = '02' then 1 else 0 end) stored;

-- Its leg's urgency, as it was when the message was queued or the last urge of the leg was accepted.
alter table delivery
    add column urgency smallint not null default 0 check (urgency between 0 and 2);

-- A lane looks for the oldest of each urgency.
drop index delivery_due;
create index delivery_due on delivery (party, urgency, next_try_at, delivery_id) where state in ('pending', 'retrying');

-- What waits of legs that were urged before this migration.
update delivery d
   set urgency = l.urgency
  from leg l
 where l.leg_id = d.leg_id and l.urgency > 0 and d.state in ('pending', 'retrying');
