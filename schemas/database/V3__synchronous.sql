-- What is asked and answered at once, and what the hub adds to a document.

-- The document as it goes on to the home party, where the hub has added to it; null where it goes on as it came.
alter table message
    add column passed_on text;

-- Calls to a platform that must never be repeated, written before the call is made. under-way: called, or the hub died
-- meanwhile; answered: the platform said what became of it; unknown: it may have been done or not, and an operator finds
-- out; settled: an operator has.
create table handling (
    serial       bigint      primary key references message,
    platform     text        not null,
    state        text        not null check (state in ('under-way', 'answered', 'unknown', 'settled')),
    called_at    timestamptz not null,
    answer_until timestamptz not null,              -- after that nobody waits for an answer any more
    reason       text                               -- why the outcome is unknown, or what the operator found out
);
create index handling_open on handling (serial) where state in ('under-way', 'unknown');
