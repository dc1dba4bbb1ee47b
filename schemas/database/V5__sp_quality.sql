-- The monthly SP service-quality file: what was dropped, what was accepted of it, and what was sent on.
-- Records are never changed: a correction comes beside what it corrects, and which one counts is a question of the file's
-- serial. So the book of any day can be shown again.

-- Every file that was dropped. received: seen, and not decided yet.
create table sp_file (
    file_id       bigint generated always as identity primary key,
    sender        text        not null,             -- whose root it was dropped in, as CRM-250 or SP-901234
    name          text        not null,
    sha256        text,                             -- what its companion states; null without a right one
    kind          text        check (kind in ('SPQ', 'SPS')),
    reporter      text,                             -- the province, or the SP; like kind and month null if the name is none
    month         date,
    serial        integer,
    state         text        not null check (state in ('received', 'accepted', 'refused')),
    received_at   timestamptz not null,             -- when the hub has seen it first: by this it is late or not
    decided_at    timestamptz,
    settled_at    timestamptz,                      -- when its receipt was there and it was moved away
    late          boolean     not null default false,
    encoding      text,
    size          bigint,                           -- bytes
    records       bigint,
    calls_offered bigint,
    fault_count   bigint,
    receipt       text,                             -- the content of its .ack or .err
    change        bigint      unique                -- the how-many-th change of the book it was; none but accepted ones have it
);
-- Of one name one file is being looked at, and one was accepted.
create unique index sp_file_open on sp_file (sender, name) where settled_at is null;
create unique index sp_file_accepted on sp_file (name) where state = 'accepted';
create index sp_file_of_month on sp_file (month, kind, reporter, serial);
create index sp_file_newest on sp_file (received_at desc, file_id desc);
create index sp_file_of_sp on sp_file (reporter, change) where kind = 'SPS' and state = 'accepted';

-- How many changes the book has seen. Whoever commits a change holds this row, so that changes are numbered in the order
-- in which they are to be seen.
create table sp_book (
    only_row boolean primary key default true check (only_row),
    change   bigint  not null
);
insert into sp_book (change) values (0);

-- What the provinces have reported, as it stands in the accepted files. No foreign key looks for the file of each of ten
-- million rows: they are copied by the transaction that holds its row.
create table sp_record (
    file_id        bigint        not null,
    line           integer       not null,
    sp_id          integer       not null,
    sp_name        text          not null,
    service_code   text          not null collate "C",
    hotline        text          not null collate "C",
    service_mobile text          not null collate "C",
    calls_offered  integer       not null,
    calls_answered integer       not null,          -- by a person within 15 seconds
    complaints     integer       not null,
    resolved       integer       not null,          -- in time
    average_hours  numeric(5, 1) not null,
    primary key (file_id, line)
);

-- What the SPs have stated.
create table sp_statement (
    file_id        bigint  not null references sp_file,
    line           integer not null,
    sp_id          integer not null,
    hotline        text    not null collate "C",
    service_mobile text    not null collate "C",
    valid_from     date    not null,
    primary key (file_id, line)
);
create index sp_statement_of_hotline on sp_statement (sp_id, hotline, valid_from);
create index sp_statement_of_mobile on sp_statement (sp_id, service_mobile, valid_from);

-- The nation's book, as it went to SIMS.
create table sp_national (
    month         date        not null,
    serial        integer     not null,
    change        bigint      not null,             -- the book's change up to which it holds everything
    created_at    timestamptz not null,
    content       text        not null,             -- SHA-256 of its records: the same is not sent twice
    sha256        text        not null,             -- of the file
    records       bigint      not null,
    calls_offered bigint      not null,
    state         text        not null check (state in ('sending', 'sent', 'acknowledged', 'rejected')),
    sent_at       timestamptz,
    answered_at   timestamptz,
    primary key (month, serial)
);

-- What SIMS has found wrong in it, and whose line that was.
create table sp_national_fault (
    month        date    not null,
    serial       integer not null,
    fault        integer not null,                  -- in the order of SIMS's answer
    line         bigint  not null,
    field        text    not null,
    code         text    not null,
    expected     text    not null,
    province     text,                              -- null if the line is none of a record
    sp_id        integer,
    service_code text,
    primary key (month, serial, fault),
    foreign key (month, serial) references sp_national
);
