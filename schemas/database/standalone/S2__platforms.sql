-- What the simulated own-business platforms know of a number, beside what follows from the number itself.

-- Who is on a platform's blacklist now.
create table blacklist (
    party      text        not null,
    msisdn     text        not null,
    since      timestamptz not null,
    channel    text        not null,               -- a code of contact-channels.csv
    staff      text        not null,
    primary key (party, msisdn)
);

-- Every change of a blacklist.
create table blacklist_log (
    log_id     bigint generated always as identity primary key,
    party      text        not null,
    msisdn     text        not null,
    blocked    boolean     not null,               -- put on the list, or taken off it
    at         timestamptz not null,
    channel    text        not null,
    staff      text        not null
);
create index blacklist_log_number on blacklist_log (party, msisdn, at);

-- Subscriptions that a platform was told to change; the others are as the number has it.
create table subscription (
    party      text        not null,
    msisdn     text        not null,
    state      text        not null check (state in ('ACTIVE', 'SUSPENDED', 'NONE')),
    since      timestamptz not null,
    primary key (party, msisdn)
);
