-- owner: conversations
-- What a person put together or apart. Nothing is decided twice: where a message stands follows from `placement.stands_id` and from the merges
-- that are not undone. `ordinal` is the order in which an account's acts were made. `work` says who had what before it, to give it back. `by_agent` is null where a program did it.
create table join_act (
  account_id uuid not null,
  id uuid not null,
  ordinal bigint not null,
  kind text not null check (kind in ('merge', 'split', 'move', 'link')),
  target_id uuid not null,
  source_id uuid not null,
  by_agent uuid,
  at timestamptz not null,
  messages integer not null default 0,
  episodes jsonb not null default '[]',
  work jsonb not null default '[]',
  undone_at timestamptz,
  undone_by uuid,
  primary key (account_id, id),
  unique (account_id, ordinal)
);
create index join_act_by_target on join_act (account_id, target_id, ordinal);
create index join_act_by_source on join_act (account_id, source_id, ordinal);
-- One merge at most takes a conversation into another.
create unique index join_act_one_merge on join_act (account_id, source_id) where kind = 'merge' and undone_at is null;
call protect('join_act', 'select, insert, update');

-- Which messages an act chose, and where to. Of a message the last that is not undone counts.
create table join_move (
  account_id uuid not null,
  act_id uuid not null,
  message_id uuid not null,
  to_conversation uuid not null,
  primary key (account_id, act_id, message_id)
);
create index join_move_by_message on join_move (account_id, message_id);
call protect('join_move', 'select, insert');

-- Of what an act has touched: `home_*` where it was before the first of them, `stands_id` the conversation it was put into by itself; merges
-- take it further. Null: no act has touched it.
alter table placement
  add column home_id uuid,
  add column home_episode_id uuid,
  add column home_role text,
  add column stands_id uuid;
create index placement_by_stand on placement (account_id, stands_id) where stands_id is not null;

-- `absorbed_by`: it was open, and another one in the same conversation goes on for both. `own_priority`: what it is without those it
-- goes on for. `made_by_act`: begun because an act parted a waiting message from its episode. `home_id`: where it was before the first act.
alter table episode
  add column absorbed_by uuid,
  add column own_priority text,
  add column made_by_act uuid,
  add column home_id uuid;
