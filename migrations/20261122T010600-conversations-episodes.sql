-- owner: conversations
create table conversation (
  account_id uuid not null,
  id uuid not null,
  number bigint not null,
  brand_id uuid not null,
  customer_id uuid not null,
  subject text not null,
  last_message_at timestamptz not null,
  last_inbound_at timestamptz,
  state text not null check (state in ('quiet', 'open')),
  merged_into uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, number)
);
create index conversation_by_customer on conversation (account_id, customer_id, last_message_at desc);
call protect('conversation', 'select, insert, update');

create table conversation_number (
  account_id uuid primary key,
  last bigint not null
);
call protect('conversation_number', 'select, insert, update');

-- Where a principal's part of a network thread belongs. One thread may carry many conversations: one for each principal.
create table conversation_thread (
  account_id uuid not null,
  channel_id uuid not null,
  thread_key text not null,
  handle_id uuid not null,
  conversation_id uuid not null,
  last_at timestamptz not null,
  primary key (account_id, channel_id, thread_key, handle_id)
);
create index conversation_thread_by_conversation on conversation_thread (account_id, conversation_id);
create index conversation_thread_by_handle on conversation_thread (account_id, handle_id, last_at desc);
call protect('conversation_thread');

-- One row for each accepted message: in exactly one conversation, or outside with the reason.
create table placement (
  account_id uuid not null,
  message_id uuid not null,
  conversation_id uuid,
  episode_id uuid,
  role text not null check (role in ('customer', 'bystander', 'us', 'bot')),
  handle_id uuid,
  channel_id uuid not null,
  sent_at timestamptz not null,
  visibility text not null,
  medium text not null,
  evidence jsonb not null,
  alternatives jsonb not null default '[]',
  actionable boolean,
  rule text,
  policy_version integer,
  reasons jsonb not null default '[]',
  outside text,
  at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, message_id),
  check ((conversation_id is null) = (outside is not null))
);
create index placement_by_conversation on placement (account_id, conversation_id, message_id);
create index placement_by_episode on placement (account_id, episode_id);
call protect('placement', 'select, insert, update');

create table episode (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  ordinal integer not null,
  brand_id uuid not null,
  channel_id uuid not null,
  medium text not null,
  visibility text not null,
  state text not null check (state in ('open', 'done')),
  opened_at timestamptz not null,
  opened_by_message uuid not null,
  unanswered_since timestamptz,
  unanswered_message uuid,
  first_reply_at timestamptz,
  last_reply_at timestamptz,
  reopens uuid,
  done_at timestamptz,
  done_by uuid,
  outcome text,
  window_until timestamptz,
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, conversation_id, ordinal)
);
create unique index episode_one_open on episode (account_id, conversation_id) where state = 'open';
create index episode_by_conversation on episode (account_id, conversation_id, opened_at);
call protect('episode', 'select, insert, update');

-- The company's written idea of what needs an answer: its words and the ordered rules made of them.
create table policy (
  account_id uuid not null,
  brand_id uuid not null,
  version integer not null,
  text text not null,
  rules jsonb not null,
  set_by uuid,
  valid_from timestamptz not null,
  primary key (account_id, brand_id, version)
);
call protect('policy', 'select, insert');
