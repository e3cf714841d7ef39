-- owner: routing
-- The promises to customers as they ran: one row for each first and each further response, the resolution, and the network's reply window.
create table episode_clock (
  account_id uuid not null,
  id uuid not null,
  episode_id uuid not null,
  conversation_id uuid not null,
  queue_id uuid not null,
  brand_id uuid not null,
  kind text not null check (kind in ('first-response', 'next-response', 'resolution', 'reply-window')),
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  medium text not null,
  crisis boolean not null,
  started_at timestamptz not null,
  known_at timestamptz not null,
  target_ms bigint not null,
  hours text not null,
  stopped_by jsonb not null,
  pauses jsonb not null,
  due_at timestamptz,
  alarm_at timestamptz,
  warnings jsonb not null,
  breached_at timestamptz,
  met_at timestamptz,
  ended_at timestamptz,
  ended_why text,
  policy_version integer not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index episode_clock_by_episode on episode_clock (account_id, episode_id);
create index episode_clock_by_conversation on episode_clock (account_id, conversation_id);
create index episode_clock_open on episode_clock (account_id, episode_id) where met_at is null and ended_at is null;
call protect('episode_clock', 'select, insert, update');
