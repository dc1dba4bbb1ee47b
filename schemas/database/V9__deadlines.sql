-- Until when a leg is to be answered, and what was said of it.
alter table leg
    add column subs_level  text not null default '',    -- SubsLevel of the last dispatch
    add column round_at    timestamptz,                 -- when this round was dispatched
    add column due_at      timestamptz,                 -- until when it is to be answered; null until somebody has looked
    add column check_at    timestamptz,                 -- when somebody is to look next; null where nothing comes any more
    add column warned_at   timestamptz,                 -- in this round
    add column urged_at    timestamptz,                 -- by the hub, in this round
    add column breached_at timestamptz;

update leg set round_at = updated_at, check_at = case when state = 'DISPATCHED' then now() end;
alter table leg alter column round_at set not null;

create index leg_check on leg (check_at) where check_at is not null;
create index leg_due on leg (due_at) where state = 'DISPATCHED';
