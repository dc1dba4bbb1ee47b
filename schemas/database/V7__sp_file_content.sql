-- What was read of a SP file, and when it was last seen: a decision counts for the content of which it was made alone.
alter table sp_file
    add column content   text,                      -- SHA-256 of what was read; '' if the name alone decided; null while nobody knows
    add column seen_at   timestamptz not null default now(), -- when a hub has last begun to read it
    add column pruned_at timestamptz;               -- when its superseded records were pruned: such a file is looked at once

update sp_file set content = sha256 where state = 'accepted';

-- repeated: dropped again with the content that was accepted under its name; its receipt is that of the first.
alter table sp_file drop constraint sp_file_state_check;
alter table sp_file add constraint sp_file_state_check check (state in ('received', 'accepted', 'refused', 'repeated'));

-- No question uses them.
drop index sp_file_of_sp;
drop index sp_statement_of_hotline;
drop index sp_statement_of_mobile;
