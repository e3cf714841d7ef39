-- owner: conversations
-- Episodes of the past: told of history after the fact, never work, and told anew when more of the history comes to light. `told_as` is the
-- digest of what was said of one, so that nothing is said twice.
alter table episode
  add column past boolean not null default false,
  add column told_as text;
grant delete on episode to hubbub_app;
create index episode_of_the_past on episode (account_id, conversation_id) where past;
create index placement_of_the_past on placement (account_id, conversation_id) where backfilled;

-- How work ended, as the history tells: `external_id` is any message of the conversation; `agent` an address that nobody here has.
create table past_outcome (
  account_id uuid not null,
  channel_id uuid not null,
  external_id text not null,
  at timestamptz not null,
  outcome text not null,
  agent_id uuid,
  agent text,
  primary key (account_id, channel_id, external_id, at, outcome)
);
call protect('past_outcome', 'select, insert');
