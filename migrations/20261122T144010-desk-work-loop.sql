-- owner: desk
-- What an agent wants to be reminded of, in a conversation.
create table reminder (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  due_at timestamptz not null,
  text text not null,
  state text not null check (state in ('open', 'due', 'done')),
  made_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index reminder_open on reminder (account_id, agent_id, due_at) where state <> 'done';
create index reminder_by_conversation on reminder (account_id, conversation_id) where state <> 'done';
call protect('reminder', 'select, insert, update');

-- A reply that waits for its time. What stands here has passed no outbox: at its time it is written like any other, checks and
-- rights included, or it is held and its words return to the draft.
create table later_reply (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  audience text not null check (audience in ('public', 'private')),
  answers_message uuid not null,
  text text not null,
  copies text[],
  resolve_outcome text,
  send_at timestamptz not null,
  state text not null check (state in ('waiting', 'gone', 'held', 'cancelled')),
  why text,
  reply_id uuid,
  written_at timestamptz not null,
  settled_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create index later_reply_waiting on later_reply (account_id, conversation_id) where state = 'waiting';
create index later_reply_by_agent on later_reply (account_id, agent_id, send_at) where state in ('waiting', 'held');
call protect('later_reply', 'select, insert, update');

-- Lists that agents saved: their own, or a team's. `filter` is what stands in the bar (shared/work-filter.ts).
create table work_view (
  account_id uuid not null,
  id uuid not null,
  owner_id uuid not null,
  team_id uuid,
  name text not null,
  scope text not null check (scope in ('mine', 'team', 'all')),
  filter text not null,
  position integer not null default 0,
  made_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index work_view_by_owner on work_view (account_id, owner_id);
create index work_view_by_team on work_view (account_id, team_id) where team_id is not null;
call protect('work_view');

-- The last acts of each agent on work, with what it takes to take them back. They are kept for a day.
create table desk_act (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('resolve', 'snooze', 'assign', 'release')),
  at timestamptz not null,
  undone_at timestamptz,
  detail jsonb not null,
  primary key (account_id, id)
);
create index desk_act_by_agent on desk_act (account_id, agent_id, at);
call protect('desk_act');
