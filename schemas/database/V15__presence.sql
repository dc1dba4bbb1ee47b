-- The hubs that work on this database. Each says every few seconds that it lives; what one held that does not is due again.
create table hub (
    name     text        primary key,
    run      text        not null,                  -- another one each time that a hub of this name starts
    heard_at timestamptz not null
);
