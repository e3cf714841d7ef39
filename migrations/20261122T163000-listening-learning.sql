-- owner: listening
-- Where a mark comes from: said of a label, done in ordinary work (an outcome, work opened by hand), answered of the day's five, or of the
-- weekly sample. What is said outranks what was done.
alter table mark
  add column source text not null default 'said' check (source in ('said', 'work', 'day', 'sample'));

-- What a version was measured by when it was learnt: figures on the slice that is never learnt from, and what became of it.
alter table label_model
  add column held_out integer not null default 0,
  add column figures jsonb,
  add column verdict text not null default 'promoted' check (verdict in ('promoted', 'worse', 'pinned'));

-- The version of each label's own model that is used; 0: what ships. Without a row the newest is. Pinned: nothing takes its place.
create table model_choice (
  account_id uuid not null,
  task text not null,
  version integer not null check (version >= 0),
  pinned boolean not null default false,
  changed_at timestamptz not null,
  changed_by uuid,
  row_version integer not null default 1,
  primary key (account_id, task)
);
call protect('model_choice', 'select, insert, update');

-- The posts that are asked about on a day (UTC), the same for everybody of the account. `likely`: how probable "yes" was then.
create table daily_post (
  account_id uuid not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  place integer not null,
  message_id uuid not null,
  task text not null,
  likely real not null,
  answer text check (answer in ('yes', 'no', 'skip')),
  answered_by uuid,
  answered_at timestamptz,
  primary key (account_id, day, place)
);
call protect('daily_post', 'select, insert, update');
create index mark_by_message on mark (account_id, message_id);
