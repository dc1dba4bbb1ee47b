-- What the monthly report and the figures of provinces are counted from.

alter table leg
    add column replied_at  timestamptz,                 -- the first reply
    add column archived_at timestamptz,
    add column returns     integer not null default 0,  -- how often it was returned
    add column breaches    integer not null default 0,  -- how many rounds were not answered in time
    add column test        boolean not null default false;  -- its ticket's

update leg l set test = true from ticket t where t.indict_seq = l.indict_seq and t.test;

update leg l
   set replied_at = m.replied_at, archived_at = m.archived_at, returns = m.returns
  from (select w.leg_id,
               min(m.received_at) filter (where m.activity = 'reply' and m.sender = w.downstream) as replied_at,
               max(m.received_at) filter (where m.activity = 'archive' and m.sender = w.upstream) as archived_at,
               count(*) filter (where m.activity = 'return' and m.sender = w.downstream) as returns
          from leg w
          join message m on m.indict_seq = w.indict_seq
                        and ((m.sender = w.downstream and m.home = w.upstream)
                             or (m.sender = w.upstream and m.home = w.downstream))
         where m.rsp_code = '0000' and m.activity in ('reply', 'archive', 'return')
         group by w.leg_id) m
 where m.leg_id = l.leg_id;
update leg set breaches = 1 where breached_at is not null;

-- Tickets by when they were opened, first answered and closed for their origin; with what is counted of them.
create index leg_opened on leg (created_at) include (upstream, replied_at) where first and not test;
create index leg_replied on leg (replied_at) include (upstream, created_at) where first and not test;
create index leg_archived on leg (archived_at) where first and not test;

-- What was asked and answered at once.
create index message_asked on message (received_at)
    where activity in ('query', 'business-query', 'business-query-page', 'business-handle', 'diagnose', 'repair')
          and not test;

-- Tests are no business, refused ones neither.
alter table refusal add column test boolean not null default false;

-- What each province came to on a day that is over, tests left out. Columns: operations.report.Count.
create table province_day (
    day                date   not null,                 -- in China
    province           text   not null,
    opened             bigint not null,
    replied_within_12h bigint not null,
    replied_within_24h bigint not null,
    replied            bigint not null,
    reply_seconds      bigint not null,
    archived           bigint not null,
    handling_seconds   bigint not null,
    rounds             bigint not null,
    reprocessed        bigint not null,
    urged              bigint not null,
    returned           bigint not null,
    breached           bigint not null,
    asked              bigint not null,
    answered           bigint not null,
    diagnosed          bigint not null,
    explained          bigint not null,
    traceable          bigint not null,
    intercepted        bigint not null,
    primary key (day, province)
);
