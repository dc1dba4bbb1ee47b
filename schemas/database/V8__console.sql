-- What the console needs: who is logged in, what it searches by, and an audit that nobody changes.

-- Logged-in operators, as Spring Session keeps them: at one hub, at all.
create table spring_session (
    primary_id            char(36)     primary key,
    session_id            char(36)     not null unique,
    creation_time         bigint       not null,
    last_access_time      bigint       not null,
    max_inactive_interval integer      not null,
    expiry_time           bigint       not null,
    principal_name        varchar(100)
);
create index spring_session_expiry on spring_session (expiry_time);
create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);

-- What came in lately, minute by minute. Messages are booked about in the order of time, so that this index is tiny.
create index message_by_time on message using brin (received_at) with (pages_per_range = 32, autosummarize = on);

-- The leg by which a ticket came to the hub: where it stands for its origin.
alter table leg add column first boolean not null default false;
update leg l
   set first = true
 where l.leg_id = (select min(other.leg_id) from leg other where other.indict_seq = l.indict_seq);
-- Tickets of a state, newest first.
create index leg_first_of_state on leg (state, created_at desc, indict_seq desc) where first;
-- Tickets of a kind of service; what is asked for is what it begins with.
create index ticket_of_type on ticket (svc_type_id text_pattern_ops, created_at desc);

-- What operators did stays what it was.
create function audit_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is only ever added to';
end $$;
create trigger audit_is_kept before update or delete or truncate on audit
    for each statement execute function audit_is_kept();
create index audit_of_operator on audit (operator, audit_id desc);
create index audit_of_subject on audit (subject, audit_id desc);
