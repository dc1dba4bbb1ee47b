-- How the ledger grows. Every row of it belongs to a story: its ticket's, or its message's own where that is about no
-- ticket. Rows of one story are kept together, be it on one of several machines or, when all is over, in the archive.
-- Short locks only, one at a time, so that none waits for a hub that waits for another: each statement is its own transaction,
-- and the file may be run again where it was interrupted. V14_1 fills in what is there already, in batches, and V14_2 checks it.

-- Which serials each party has used: this alone decides whether a message is new. Kept longer than the message itself.
create table if not exists received_serial (
    sender    text   not null,
    trans_ido text   not null,
    serial    bigint not null default nextval('message_serial_seq'),    -- the message's
    story     text   not null,                      -- where the message is: among the ledger's, or in the archive
    primary key (sender, trans_ido)
);

alter table message add column if not exists story text;
alter table delivery add column if not exists story text;
alter table attempt add column if not exists story text;
alter table handling add column if not exists story text;

-- The ticket's row stays, as the card by which it is found, until the archive forgets the ticket.
alter table ticket add column if not exists archive_month date;           -- of its story in the archive; null while it is not there

-- What is over: a row a story, with all its rows as they were in the tables of the ledger.
create table if not exists archive (
    story      text  not null,
    month      date  not null,                      -- the first day of the month, in China, in which it came to its end
    legs       jsonb not null,
    messages   jsonb not null,
    deliveries jsonb not null,
    attempts   jsonb not null,
    handlings  jsonb not null,
    primary key (story, month)
) partition by range (month);

-- Legs and their deliveries are put in and taken out together. To take out a leg would otherwise look through all
-- deliveries, or cost every message an index that nothing else asks for.
alter table delivery drop constraint if exists delivery_leg_id_fkey;

-- Hubs of the version before do not know of stories and serials: what they write is completed here. They may run beside
-- newer ones while these are brought in.
create or replace function story_of_message() returns trigger language plpgsql as $$
begin
    new.story := coalesce(new.indict_seq, new.sender || ' ' || new.trans_ido);
    -- A message that is there already is for their statement to find out.
    if exists (select from message m where m.sender = new.sender and m.trans_ido = new.trans_ido) then
        return new;
    end if;
    insert into received_serial (sender, trans_ido, serial, story)
    values (new.sender, new.trans_ido, new.serial, new.story)
    on conflict do nothing;
    if not found and not exists (
            select from message m where m.sender = new.sender and m.trans_ido = new.trans_ido) then
        raise unique_violation using message = 'a message of this serial came before, and is archived';
    end if;
    return new;
end $$;
create or replace trigger story_of_message before insert on message
    for each row when (new.story is null) execute function story_of_message();

create or replace function serial_is_free() returns trigger language plpgsql as $$
begin
    delete from received_serial
     where sender = old.sender and trans_ido = old.trans_ido and serial = old.serial;
    return null;
end $$;
-- What is taken out of the ledger as if it had never come; whoever archives a message says so.
create or replace trigger serial_is_free after delete on message
    for each row when (current_setting('hub.archives', true) is distinct from 'on') execute function serial_is_free();

create or replace function story_of_delivery() returns trigger language plpgsql as $$
begin
    new.story := (select story from message where serial = new.serial);
    return new;
end $$;
create or replace trigger story_of_delivery before insert on delivery
    for each row when (new.story is null) execute function story_of_delivery();
create or replace trigger story_of_handling before insert on handling
    for each row when (new.story is null) execute function story_of_delivery();

create or replace function story_of_attempt() returns trigger language plpgsql as $$
begin
    new.story := (select story from delivery where delivery_id = new.delivery_id);
    return new;
end $$;
create or replace trigger story_of_attempt before insert on attempt
    for each row when (new.story is null) execute function story_of_attempt();
