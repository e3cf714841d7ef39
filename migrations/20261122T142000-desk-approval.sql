-- owner: desk
-- A reply that waits until somebody with the right has passed it. Nothing of it is in the outbox before.
create table approval_request (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  episode_id uuid,
  brand_id uuid not null,
  agent_id uuid not null,
  audience text not null check (audience in ('public', 'private')),
  answers_message uuid not null,
  text text not null,
  files jsonb not null default '[]',
  copies text[],
  resolve_outcome text,
  rules_version integer not null,
  because jsonb not null,
  tiers jsonb not null,
  tier integer not null,
  stage text not null check (stage in ('approvers', 'deputies', 'supervisors')),
  asked jsonb not null,
  state text not null check (state in ('waiting', 'approved', 'returned', 'withdrawn')),
  asked_at timestamptz not null,
  since timestamptz not null,
  due_at timestamptz,
  alarmed_at timestamptz,
  read_until timestamptz not null,
  stale_at timestamptz,
  decided_at timestamptz,
  decided_by uuid,
  edited boolean not null default false,
  text_hash text,
  delivery_id uuid,
  reply_id uuid,
  version integer not null default 1,
  primary key (account_id, id)
);
-- One of an agent in a conversation at a time.
create unique index approval_waiting on approval_request (account_id, conversation_id, agent_id) where state = 'waiting';
create index approval_by_conversation on approval_request (account_id, conversation_id, asked_at);
create index approval_by_end on approval_request (account_id, decided_at) where decided_at is not null;
create index approval_by_agent on approval_request (account_id, agent_id, asked_at);
call protect('approval_request', 'select, insert, update');

-- All that happened to it, append only; `text` where the words were changed.
create table approval_step (
  account_id uuid not null,
  request_id uuid not null,
  n integer not null,
  at timestamptz not null,
  act text not null,
  agent_id uuid,
  says text not null default '',
  text text,
  primary key (account_id, request_id, n)
);
call protect('approval_step', 'select, insert');
