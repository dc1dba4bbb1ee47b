-- What the simulated peers of the default profile know and mean to do, so that a restart loses nothing of it.
-- The prefix S keeps this file out of the ledger's own migrations (prefix V), which are read with their subfolders.

-- Serials of the simulated peers, and the numbers of the sample stream's tickets.
create sequence serial;
create sequence sample_ticket;

-- What a peer was sent and how it answered: the same message gets the same answer, and has no second effect.
create table received (
    party       text        not null,
    sender      text        not null,
    trans_ido   text        not null,
    digest      bytea       not null,               -- SHA-256 of the canonical document
    answer      text,                               -- canonical; null only within the transaction that makes it
    received_at timestamptz not null,
    primary key (party, sender, trans_ido)
);
create index received_age on received (received_at);

-- What a peer holds of a ticket, one row for each system above that gave it the ticket.
create table holding (
    party       text        not null,
    indict_seq  text        not null,
    upstream    text        not null,               -- the party itself, where the ticket begins with it
    downstream  text,                               -- null where the party handles the ticket itself
    state       text        not null check (state in ('DISPATCHED', 'REPLIED', 'RETURNED', 'ARCHIVED')),
    round       integer     not null,
    urges       integer     not null,
    corrections integer     not null,               -- how often the party corrected a returned dispatch
    test        boolean     not null,
    dispatch    text,                               -- canonical; only where the ticket begins with the party
    updated_at  timestamptz not null,
    primary key (party, indict_seq, upstream)
);

-- What a peer is going to send.
create table planned (
    action_id  bigint generated always as identity primary key,
    party      text        not null,
    home       text        not null,
    indict_seq text        not null,
    activity   text        not null,
    document   text        not null,                -- canonical, with its TransIDO: the same on every try
    due_at     timestamptz not null,
    attempts   integer     not null default 0,
    leased_to  timestamptz                          -- while it is being sent: when another may try
);
create index planned_due on planned (due_at);
create index planned_order on planned (party, home, indict_seq, action_id);
