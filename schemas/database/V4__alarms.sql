-- The alarms of the network, each occurrence of which is active until it is cleared.

-- In order: the last is the most severe.
create type alarm_severity as enum ('WARNING', 'MINOR', 'MAJOR', 'CRITICAL');

-- One row an alarm, whatever was heard of it and in whatever order: the latest raising, and the latest clearing. Both only
-- ever grow, so that messages may come late, twice and to several hubs.
create table alarm (
    node        text           not null,            -- the province of the platform that says it
    alarm_id    text           not null,            -- the platform's own name for it
    line_no     text,                               -- what is disturbed: a line,
    area        text,                               -- or all of an area
    severity    alarm_severity not null,
    raised_at   timestamptz    not null,
    cleared_at  timestamptz,
    received_at timestamptz    not null,            -- when the hub last heard of it
    description text,
    active      boolean        not null generated always as (cleared_at is null or cleared_at < raised_at) stored,
    primary key (node, alarm_id),
    check (num_nonnulls(line_no, area) = 1)
);
-- A diagnosis asks for the lines of a customer and for their area.
create index alarm_of_line on alarm (line_no, node, raised_at) where active;
create index alarm_of_area on alarm (area, node, raised_at) where active;
create index alarm_newest on alarm (raised_at desc, node, alarm_id) where active;
-- What was cleared is forgotten after a while.
create index alarm_cleared on alarm (received_at) where not active;
