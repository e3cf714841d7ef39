-- owner: routing
-- targets: {"urgent": 900000, "high": 3600000, "normal": 14400000, "low": 86400000}: milliseconds of business time.
create table queue (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  position integer not null,
  team_id uuid not null,
  calendar_id uuid not null,
  accepts jsonb not null default '{}',
  skills jsonb not null default '[]',
  targets jsonb not null,
  out_of_hours text not null default 'hold' check (out_of_hours in ('hold', 'work')),
  auto_serve boolean not null default true,
  version integer not null default 1,
  primary key (account_id, id)
);
call protect('queue', 'select, insert, update');

create table work_item (
  account_id uuid not null,
  id uuid not null,
  queue_id uuid not null,
  conversation_id uuid not null,
  episode_id uuid not null,
  customer_id uuid not null,
  brand_id uuid not null,
  channel_id uuid not null,
  medium text not null,
  visibility text not null,
  state text not null check (state in ('queued', 'offered', 'active', 'parked', 'wrapup', 'done', 'withdrawn')),
  crisis boolean not null default false,
  priority text not null check (priority in ('urgent', 'high', 'normal', 'low')),
  skills jsonb not null default '[]',
  weight integer not null,
  t0 timestamptz not null,
  due_at timestamptz not null,
  clock text not null check (clock in ('running', 'paused', 'stopped')),
  owner_id uuid,
  assigned_at timestamptz,
  sticky_agent_id uuid,
  sticky_until timestamptz,
  excluded jsonb not null default '[]',
  wakes_at timestamptz,
  park_reason text,
  misses integer not null default 0,
  transfers integer not null default 0,
  reason jsonb not null default '{}',
  opened_at timestamptz not null,
  done_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, episode_id)
);
create unique index work_item_one_open on work_item (account_id, conversation_id) where state not in ('done', 'withdrawn');
create index work_item_waiting on work_item (account_id, queue_id, crisis desc, due_at, t0, id) where state = 'queued';
create index work_item_of_queue on work_item (account_id, queue_id, due_at, id) where state not in ('done', 'withdrawn');
create index work_item_of_owner on work_item (account_id, owner_id, due_at, id) where state not in ('done', 'withdrawn');
create index work_item_by_conversation on work_item (account_id, conversation_id);
call protect('work_item', 'select, insert, update');

create table offer (
  account_id uuid not null,
  id uuid not null,
  work_item_id uuid not null,
  agent_id uuid not null,
  state text not null check (state in ('pending', 'accepted', 'declined', 'timed-out', 'rescinded')),
  reason jsonb not null,
  decline_reason text,
  offered_at timestamptz not null,
  expires_at timestamptz not null,
  settled_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index offer_one_pending on offer (account_id, work_item_id) where state = 'pending';
create index offer_of_agent on offer (account_id, agent_id) where state = 'pending';
create index offer_by_item on offer (account_id, work_item_id);
call protect('offer', 'select, insert, update');

-- Why each item went where it went: reproducible from this row.
create table routing_decision (
  account_id uuid not null,
  id uuid not null,
  work_item_id uuid not null,
  at timestamptz not null,
  act text not null,
  agent_id uuid,
  reason jsonb not null,
  primary key (account_id, id)
);
create index routing_decision_by_item on routing_decision (account_id, work_item_id, at);
call protect('routing_decision', 'select, insert');
