-- owner: conversations
-- What the stitcher has to find again without asking the channels: who said it, what it answers, when it came.
alter table placement
  add column brand_id uuid,
  add column customer_id uuid,
  add column agent_id uuid,
  add column network text not null default '',
  add column thread_key text not null default '',
  add column external_id text not null default '',
  add column parent_external_id text,
  add column received_at timestamptz,
  add column wants boolean not null default false,
  add column backfilled boolean not null default false,
  add column linked_to uuid,
  add column deleted_at timestamptz;
create index placement_by_external on placement (account_id, channel_id, external_id);
create index placement_by_parent on placement (account_id, channel_id, parent_external_id) where parent_external_id is not null;
create index placement_by_customer on placement (account_id, customer_id, sent_at desc);
create index placement_by_thread on placement (account_id, channel_id, thread_key, sent_at);
create index placement_by_brand on placement (account_id, brand_id, sent_at desc);

-- When a person last acted on it: what was placed before stays where it is, whatever arrives later.
-- `last_agent_id`: who answered last, for whom the customer's return is kept.
alter table conversation
  add column acted_at timestamptz,
  add column last_agent_id uuid;

-- `asked_at`: an agent opened it by hand then, without a message that waits.
alter table episode
  add column asked_at timestamptz,
  add column rule text not null default '',
  add column priority text not null default 'normal';
