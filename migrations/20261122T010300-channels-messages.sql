-- owner: channels
create table channel (
  account_id uuid not null,
  id uuid not null,
  brand_id uuid not null,
  network text not null,
  name text not null,
  external_id text not null,
  handle text not null default '',
  state text not null check (state in ('on', 'paused', 'needs-reauth', 'misconfigured')),
  trouble text,
  trouble_since timestamptz,
  hook_id text not null,
  config jsonb not null default '{}',
  secret bytea,
  capabilities jsonb not null default '{}',
  last_inbound_at timestamptz,
  last_reconcile_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (hook_id)
);
call protect('channel', 'select, insert, update');
call protect_system('channel', 'select');

create table raw_inbox (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  source text not null check (source in ('webhook', 'poll', 'reconcile', 'stream', 'import')),
  received_at timestamptz not null,
  head jsonb not null default '{}',
  body bytea not null,
  sealed boolean not null,
  state text not null check (state in ('new', 'parsed', 'quarantined')),
  error text,
  tries integer not null default 0,
  trace_id text,
  primary key (account_id, id)
) partition by range (id);
create index raw_inbox_new on raw_inbox (account_id, id) where state = 'new';
create table raw_inbox_default partition of raw_inbox default;
call protect('raw_inbox');
call protect_system('raw_inbox', 'select');

-- Uniqueness of input, for ever. A unique key cannot span time partitions.
create table inbound_key (
  account_id uuid not null,
  key text not null,
  message_id uuid,
  source text not null,
  at timestamptz not null,
  primary key (account_id, key)
) partition by hash (account_id, key);
do $$ begin
  for i in 0..7 loop
    execute format('create table inbound_key_%s partition of inbound_key for values with (modulus 8, remainder %s)', i, i);
  end loop;
end $$;
call protect('inbound_key', 'select, insert, update');

create table message (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  network text not null,
  kind text not null,
  visibility text not null check (visibility in ('public', 'unlisted', 'followers', 'private', 'internal')),
  direction text not null check (direction in ('in', 'out')),
  external_id text not null,
  revision text not null,
  thread_key text not null,
  root_external_id text,
  parent_external_id text,
  author_id text not null,
  author_handle text not null default '',
  author_name text not null default '',
  author jsonb not null default '{}',
  addressed_to text[] not null default '{}',
  text text not null,
  entities jsonb not null default '[]',
  attachments jsonb not null default '[]',
  rating jsonb,
  permalink text,
  why text[] not null default '{}',
  automated text,
  unsupported text,
  sent_at timestamptz not null,
  received_at timestamptz not null,
  edited_at timestamptz,
  state text not null check (state in ('live', 'hidden', 'tombstone', 'erased')),
  redactions integer not null default 0,
  delivery_id uuid,
  raw_id uuid,
  version integer not null default 1,
  primary key (account_id, id)
) partition by range (id);
create index message_by_external on message (account_id, channel_id, external_id);
create index message_by_thread on message (account_id, channel_id, thread_key, id);
create table message_default partition of message default;
call protect('message');

create table message_revision (
  account_id uuid not null,
  message_id uuid not null,
  revision text not null,
  text text not null,
  at timestamptz not null,
  primary key (account_id, message_id, revision)
);
call protect('message_revision');

-- An edit, delete or receipt that came before what it speaks of.
create table pending_change (
  account_id uuid not null,
  channel_id uuid not null,
  external_id text not null,
  kind text not null check (kind in ('deleted', 'hidden', 'receipt', 'edited')),
  revision text not null default '',
  at timestamptz not null,
  payload jsonb not null default '{}',
  primary key (account_id, channel_id, external_id, kind, revision)
);
call protect('pending_change');

create table channel_cursor (
  account_id uuid not null,
  channel_id uuid not null,
  stream text not null,
  value text not null,
  version integer not null,
  updated_at timestamptz not null,
  primary key (account_id, channel_id, stream)
);
call protect('channel_cursor');

create table channel_gap (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  stream text not null,
  from_value text,
  to_value text,
  reason text not null,
  opened_at timestamptz not null,
  filled_at timestamptz,
  primary key (account_id, id)
);
call protect('channel_gap', 'select, insert, update');

-- The outbox. `seq` keeps the order inside a thread; `permit` is the desk's statement that this may leave.
create table delivery (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  brand_id uuid not null,
  thread_key text not null,
  seq bigint not null,
  intent jsonb not null,
  text text not null,
  agent_id uuid,
  conversation_id uuid,
  permit jsonb not null,
  state text not null check (state in ('pending', 'in-flight', 'sent', 'unknown', 'failed', 'held', 'cancelled')),
  not_before timestamptz not null,
  not_after timestamptz,
  attempt integer not null default 0,
  next_at timestamptz not null,
  claim_token uuid,
  claimed_until timestamptz,
  error jsonb,
  trace_id text,
  created_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index delivery_due on delivery (next_at) where state in ('pending', 'unknown', 'in-flight');
create index delivery_by_thread on delivery (account_id, channel_id, thread_key, seq);
create index delivery_by_conversation on delivery (account_id, conversation_id);
call protect('delivery', 'select, insert, update');
call protect_system('delivery', 'select');

create table delivery_part (
  account_id uuid not null,
  delivery_id uuid not null,
  idx integer not null,
  client_id text not null,
  text text not null,
  state text not null check (state in ('pending', 'in-flight', 'sent', 'unknown', 'failed')),
  external_id text,
  permalink text,
  receipt text,
  sent_at timestamptz,
  error jsonb,
  primary key (account_id, delivery_id, idx)
);
create index delivery_part_by_external on delivery_part (account_id, external_id);
create index delivery_part_by_client on delivery_part (account_id, client_id);
call protect('delivery_part', 'select, insert, update');
