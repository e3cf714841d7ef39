-- owner: routing
-- Teams that help a queue out now, by a rule or by hand; they may take its work at once, whatever the rings say.
alter table queue add column relief jsonb not null default '[]';

-- How help for a queue stands: since when, since when it has been calm again, and by which version of the rules.
create table queue_relief (
  account_id uuid not null,
  queue_id uuid not null,
  helping boolean not null,
  since timestamptz not null,
  calm_since timestamptz,
  rules_version integer not null,
  primary key (account_id, queue_id)
);
call protect('queue_relief', 'select, insert, update');

-- Every decision about help, with its reasons and the figures it was taken by.
create table queue_relief_log (
  account_id uuid not null,
  id uuid not null,
  queue_id uuid not null,
  at timestamptz not null,
  act text not null check (act in ('began', 'ended')),
  team_ids uuid[] not null,
  reasons jsonb not null,
  rules_version integer not null,
  primary key (account_id, id)
);
create index queue_relief_log_by_queue on queue_relief_log (account_id, queue_id, at desc);
call protect('queue_relief_log', 'select, insert');
