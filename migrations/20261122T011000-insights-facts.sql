-- owner: insights
-- One row for each episode, folded from events; the figures are computed of these rows and nothing else.
create table episode_fact (
  account_id uuid not null,
  episode_id uuid not null,
  conversation_id uuid not null,
  customer_id uuid not null,
  brand_id uuid not null,
  queue_id uuid,
  network text not null,
  medium text not null,
  visibility text not null,
  language text,
  opened_at timestamptz not null,
  reopens uuid,
  first_reply_at timestamptz,
  first_public_reply_at timestamptz,
  first_reply_by uuid,
  due_at timestamptz,
  done_at timestamptz,
  done_by uuid,
  outcome text,
  window_until timestamptz,
  reopened_by uuid,
  inbound integer not null default 0,
  outbound integer not null default 0,
  primary key (account_id, episode_id)
);
create index episode_fact_by_opening on episode_fact (account_id, opened_at);
create index episode_fact_by_done on episode_fact (account_id, done_at);
call protect('episode_fact');

-- One row for each pair "customer waits" → "we answered" inside an episode.
create table response_fact (
  account_id uuid not null,
  episode_id uuid not null,
  message_id uuid not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  first boolean not null,
  primary key (account_id, episode_id, message_id)
);
create index response_fact_by_answer on response_fact (account_id, answered_at);
call protect('response_fact');

create table message_fact (
  account_id uuid not null,
  message_id uuid not null,
  sent_at timestamptz not null,
  network text not null,
  visibility text not null,
  direction text not null,
  language text,
  noise boolean,
  actionable boolean,
  gratitude boolean,
  primary key (account_id, message_id)
);
create index message_fact_by_time on message_fact (account_id, sent_at);
call protect('message_fact');
