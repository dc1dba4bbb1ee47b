-- Test tickets of the hub's own, by which it tries the way to each party and back.

create sequence probe_number;

create table probe (
    probe_id    bigint generated always as identity primary key,
    party       text        not null,
    indict_seq  text        not null unique,
    began_at    timestamptz not null,
    taken_at    timestamptz,                        -- when the party took the ticket
    answered_at timestamptz,                        -- when its reply or return was accepted
    ended_at    timestamptz,
    outcome     text check (outcome in ('ok', 'not-taken', 'refused', 'not-answered', 'not-closed')),
    trouble     text,                               -- what the party or the way to it said
    check ((ended_at is null) = (outcome is null))
);
-- A party has at most one under way.
create unique index probe_open on probe (party) where ended_at is null;
create index probe_of_party on probe (party, probe_id desc);
create index probe_ended on probe (ended_at);
