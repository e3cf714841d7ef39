-- owner: channels
-- What is done about a message or its author on the network itself: once, with its reason, and with the message as it stood then.
create table moderation_act (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  brand_id uuid not null,
  message_id uuid not null,
  -- Where the message stood when it was asked for.
  conversation_id uuid,
  verb text not null check (verb in ('hide', 'unhide', 'delete', 'block', 'unblock', 'report')),
  reason text not null,
  note text not null default '',
  target jsonb not null,
  snapshot jsonb not null,
  -- The act that this one takes back.
  undoes uuid,
  agent_id uuid not null,
  state text not null check (state in ('pending', 'in-flight', 'done', 'unknown', 'failed', 'cancelled')),
  attempt integer not null default 0,
  next_at timestamptz not null,
  claim_token uuid,
  claimed_until timestamptz,
  network_ref text,
  error jsonb,
  created_at timestamptz not null,
  done_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create index moderation_act_of_message on moderation_act (account_id, message_id);
create index moderation_act_due on moderation_act (next_at) where state in ('pending', 'in-flight');
call protect('moderation_act', 'select, insert, update');
-- Which accounts have something to do.
call protect_system('moderation_act', 'select');
