-- owner: channels
-- History that came in by a file. A place of the past ("archive") is not connected to anything: nothing is pulled and nothing can be sent.
alter table channel drop constraint channel_state_check;
alter table channel add constraint channel_state_check check (state in ('on', 'paused', 'needs-reauth', 'misconfigured', 'archive'));

-- backfilled: history, whichever way it came; it opens no work, however late an edit of it arrives.
alter table message add column backfilled boolean not null default false;

-- How far an import has come. Lines are counted from the beginning of its input; `announced_*` is the last message told to the readers.
create table import_run (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  state text not null check (state in ('reading', 'settling', 'announcing', 'telling', 'done')),
  lines bigint not null default 0,
  stored bigint not null default 0,
  known bigint not null default 0,
  outcomes bigint not null default 0,
  refused bigint not null default 0,
  announced bigint not null default 0,
  announced_at timestamptz,
  announced_id uuid,
  started_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, id),
  unique (account_id, name)
);
call protect('import_run', 'select, insert, update');

-- Messages of an import that still have to be told, in the order in which they were said. `todo`: 1 its thread has to be found,
-- 2 what it answers has to be found, 4 figures in it may be part of a card number.
create table import_row (
  account_id uuid not null,
  import_id uuid not null,
  at timestamptz not null,
  message_id uuid not null,
  channel_id uuid not null,
  todo smallint not null default 0,
  answers text,
  primary key (account_id, import_id, at, message_id)
);
create index import_row_todo on import_row (account_id, import_id, message_id) where todo <> 0;
call protect('import_row');
