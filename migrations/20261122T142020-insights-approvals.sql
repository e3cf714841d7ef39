-- owner: insights
-- One row for each request for approval that was decided: how, and how long it waited.
create table approval_fact (
  account_id uuid not null,
  request_id uuid not null,
  conversation_id uuid not null,
  episode_id uuid,
  brand_id uuid not null,
  agent_id uuid not null,
  decided_by uuid,
  how text not null,
  edited boolean not null,
  asked_at timestamptz not null,
  ended_at timestamptz not null,
  waited_ms double precision not null,
  primary key (account_id, request_id)
);
create index approval_fact_by_time on approval_fact (account_id, ended_at);
call protect('approval_fact');
