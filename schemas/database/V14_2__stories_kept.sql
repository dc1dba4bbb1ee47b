-- Nothing of the ledger is without a story. A check is validated while hubs write, and saves the look under a lock.
-- Each statement is its own transaction, and the file may be run again where it was interrupted.
alter table message drop constraint if exists message_has_story;
alter table message add constraint message_has_story check (story is not null) not valid;
alter table delivery drop constraint if exists delivery_has_story;
alter table delivery add constraint delivery_has_story check (story is not null) not valid;
alter table attempt drop constraint if exists attempt_has_story;
alter table attempt add constraint attempt_has_story check (story is not null) not valid;
alter table handling drop constraint if exists handling_has_story;
alter table handling add constraint handling_has_story check (story is not null) not valid;
alter table message validate constraint message_has_story;
alter table delivery validate constraint delivery_has_story;
alter table attempt validate constraint attempt_has_story;
alter table handling validate constraint handling_has_story;
alter table message alter column story set not null;
alter table delivery alter column story set not null;
alter table attempt alter column story set not null;
alter table handling alter column story set not null;
alter table message drop constraint message_has_story;
alter table delivery drop constraint delivery_has_story;
alter table attempt drop constraint attempt_has_story;
alter table handling drop constraint handling_has_story;

-- Who archives looks for what is closed, and for messages that are stories of their own, longest over first.
create index if not exists leg_closed on leg (updated_at, leg_id) where first and state = 'ARCHIVED';
create index if not exists message_alone on message (received_at, serial) where indict_seq is distinct from story;
-- Archived tickets, newest first, and by the month that is forgotten together.
create index if not exists ticket_archived on ticket (created_at desc, indict_seq desc) where archive_month is not null;
create index if not exists ticket_of_archive_month on ticket (archive_month, indict_seq) where archive_month is not null;

-- What waits of test tickets, whose numbers have 999 where others have a province; and since when a link does or does not.
create index if not exists delivery_of_probe on delivery (story)
    where state in ('pending', 'retrying', 'dead') and story like '________CSVC999%';
create index if not exists probe_by_outcome on probe (party, (outcome = 'ok'), probe_id);
