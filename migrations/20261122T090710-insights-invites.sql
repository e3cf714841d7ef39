-- owner: insights
-- One row for each invitation that stood in a public reply: what became of it.
create table invite_fact (
  account_id uuid not null,
  invite_id uuid not null,
  conversation_id uuid not null,
  episode_id uuid,
  brand_id uuid not null,
  network text not null,
  destination text not null,
  agent_id uuid,
  made_at timestamptz not null,
  sent_at timestamptz,
  opened_at timestamptz,
  returned_at timestamptz,
  returned_by text,
  proof text,
  ended_at timestamptz,
  expires_at timestamptz not null,
  version integer not null,
  primary key (account_id, invite_id)
);
create index invite_fact_by_time on invite_fact (account_id, sent_at);
create index invite_fact_by_episode on invite_fact (account_id, episode_id);
call protect('invite_fact');
