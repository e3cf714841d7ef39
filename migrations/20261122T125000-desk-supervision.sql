-- owner: desk
-- Where each episode's work stands, as the journal tells it: what the minutes below are counted with. `position` is the last entry
-- that was read of it, so that none counts twice.
create table work_place (
  account_id uuid not null,
  episode_id uuid not null,
  work_item_id uuid,
  queue_id uuid,
  standing text not null check (standing in ('coming', 'waiting', 'held', 'aside', 'gone')),
  owed boolean not null,
  t0 timestamptz not null,
  due_at timestamptz,
  position bigint not null,
  moved_at timestamptz not null,
  primary key (account_id, episode_id)
);
create index work_place_by_item on work_place (account_id, work_item_id);
create index work_place_by_move on work_place (account_id, moved_at) where standing = 'gone';
call protect('work_place');

-- What happened in each minute of a queue. came and went: into and out of waiting; taken and freed: into and out of hands;
-- answered: answers to what was owed, in_time: by the time they were due.
create table queue_minute (
  account_id uuid not null,
  queue_id uuid not null,
  minute timestamptz not null,
  came integer not null default 0,
  went integer not null default 0,
  taken integer not null default 0,
  freed integer not null default 0,
  answered integer not null default 0,
  in_time integer not null default 0,
  primary key (account_id, queue_id, minute)
);
create index queue_minute_by_time on queue_minute (account_id, minute);
call protect('queue_minute');

-- What a supervisor did, with what it takes to take it back. `detail` is of the kind: give, priority, loan.
create table supervision_act (
  account_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('give', 'priority', 'loan')),
  by_agent uuid not null,
  at timestamptz not null,
  ends_at timestamptz,
  ended_at timestamptz,
  detail jsonb not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index supervision_act_open on supervision_act (account_id, ends_at) where ended_at is null;
call protect('supervision_act', 'select, insert, update');
