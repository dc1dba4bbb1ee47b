-- The ledger: what was accepted, where each ticket stands, and what waits to be delivered.
-- One transaction writes message, leg and delivery; the delivery table is the queue.

-- Every document that was acknowledged or refused by the lifecycle, and what the hub itself sent.
create table message (
    serial      bigint generated always as identity primary key,
    sender      text        not null,
    trans_ido   text        not null,
    digest      bytea       not null,               -- SHA-256 of the canonical document
    received_at timestamptz not null,
    activity    text        not null,
    home        text        not null,
    indict_seq  text,                               -- null where the message is about no ticket
    transport   text        not null,
    test        boolean     not null,
    document    text        not null,               -- canonical form
    rsp_code    text        not null,               -- how the sender was answered
    rsp_desc    text        not null,
    answer      text,                               -- canonical answer of a synchronous activity
    unique (sender, trans_ido)
);
create index message_of_ticket on message (indict_seq, serial);

create table ticket (
    indict_seq  text        primary key,
    origin      text        not null,               -- the party that dispatched it first
    test        boolean     not null,
    svc_type_id text        not null,
    msisdn      text        not null,
    created_at  timestamptz not null,
    updated_at  timestamptz not null
);
create index ticket_newest on ticket (created_at desc, indict_seq desc);
create index ticket_of_number on ticket (msisdn, created_at desc);
create index ticket_of_origin on ticket (origin, created_at desc);

create table leg (
    leg_id         bigint generated always as identity primary key,
    indict_seq     text        not null references ticket,
    upstream       text        not null,
    downstream     text        not null,
    state          text        not null check (state in ('DISPATCHED', 'REPLIED', 'RETURNED', 'ARCHIVED')),
    round          integer     not null,
    urges          integer     not null,
    dead_time      timestamptz not null,
    handling_dept  text,
    handling_staff text,
    created_at     timestamptz not null,
    updated_at     timestamptz not null,
    unique (indict_seq, upstream, downstream)
);
create index leg_of_party on leg (downstream, state);
create index leg_of_upstream on leg (upstream, state);

-- A message on its way to a party. pending: not tried yet; retrying: tried, and due again; dead: given up, waits for an
-- operator; refused: the party said no for good and the sender was told; delivered, discarded: settled.
create table delivery (
    delivery_id bigint generated always as identity primary key,
    serial      bigint      not null references message,
    party       text        not null,
    leg_id      bigint      references leg,         -- null where the message is about no leg
    state       text        not null default 'pending'
        check (state in ('pending', 'retrying', 'dead', 'refused', 'delivered', 'discarded')),
    holds       boolean     not null default true,  -- whether later messages of the leg to this party wait for it
    claims      integer     not null default 0,     -- the claim's token: only the latest claim may settle
    attempts    integer     not null default 0,     -- tries that reached for the party
    next_try_at timestamptz not null,               -- while claimed: when the claim's lease runs out
    give_up_at  timestamptz,                        -- set by the first claim
    hub         text,                               -- the hub whose claim holds; null while nobody has it
    last_code   text,
    last_error  text,
    created_at  timestamptz not null,
    settled_at  timestamptz
);
create index delivery_due on delivery (party, next_try_at, delivery_id) where state in ('pending', 'retrying');
create index delivery_in_the_way on delivery (leg_id, party, delivery_id) where holds;
create index delivery_dead on delivery (party, delivery_id) where state = 'dead';
create index delivery_of_message on delivery (serial);
create index delivery_last_success on delivery (party, settled_at desc) where state = 'delivered';

-- Every try of a delivery and its answer.
create table attempt (
    delivery_id bigint      not null references delivery,
    attempt     integer     not null,               -- the claim that made it
    hub         text        not null,
    at          timestamptz not null,
    millis      integer     not null,
    code        text        not null,
    description text        not null,
    trans_idh   text,                               -- the party's serial, where it gave one
    primary key (delivery_id, attempt)
);

-- Documents that were refused before they reached a ticket: who tried what, without what they held.
create table refusal (
    refusal_id bigint generated always as identity primary key,
    at          timestamptz not null,
    identity    text,                               -- who the caller proved to be
    claimed     text,                               -- the sender that the document named
    trans_ido   text,
    activity    text,
    transport   text        not null,
    code        text        not null,
    description text        not null
);
create index refusal_newest on refusal (at desc);

-- What operators did; nothing here is ever changed.
create table audit (
    audit_id bigint generated always as identity primary key,
    at       timestamptz not null,
    operator text        not null,
    action   text        not null,
    subject  text        not null,
    reason   text        not null
);

-- Parties that an operator has stopped delivering to.
create table suspension (
    party    text        primary key,
    operator text        not null,
    at       timestamptz not null,
    reason   text        not null
);
