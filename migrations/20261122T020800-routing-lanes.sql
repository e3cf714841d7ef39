-- owner: routing
-- A lane is what can be compared by due time alone: one queue, kind of medium, priority and set of needs. The matcher looks
-- at the heads of lanes, so a lane that nobody can serve never stands before another.
alter table work_item add column lane text not null default '';
-- Instants in milliseconds at which the needs relax.
alter table work_item add column rings_at jsonb not null default '[]';
drop index work_item_waiting;
create index work_item_lane on work_item (account_id, queue_id, lane, due_at, t0, id) where state = 'queued';
create index work_item_by_due on work_item (account_id, due_at, id) where state not in ('done', 'withdrawn');
create index work_item_wakes on work_item (account_id, wakes_at) where state = 'parked' and wakes_at is not null;

-- Weighted turns of a queue's priorities while it is past due.
create table queue_turn (
  account_id uuid not null,
  queue_id uuid not null,
  turns jsonb not null,
  primary key (account_id, queue_id)
);
call protect('queue_turn', 'select, insert, update');

-- When each agent last got something: who has waited longest goes first among equals.
create table agent_turn (
  account_id uuid not null,
  agent_id uuid not null,
  last_at timestamptz not null,
  primary key (account_id, agent_id)
);
call protect('agent_turn', 'select, insert, update');
