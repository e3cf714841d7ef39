-- owner: channels
-- What intake and outbox need beyond the first tables: what only reconcile found, replays of webhooks, order of deliveries.

alter table inbound_key add column channel_id uuid;
create index inbound_key_late on inbound_key (account_id, channel_id, at) where source = 'reconcile';

-- claimed_at: the author's claim where it was not believed (sent_at is the clamped one). language: as the author stated it (BCP 47).
alter table message
  add column subject text not null default '',
  add column language text,
  add column claimed_at timestamptz;

drop index raw_inbox_new;
create index raw_inbox_waiting on raw_inbox (account_id, channel_id, id) where state = 'new';
create index raw_inbox_quarantined on raw_inbox (account_id, channel_id, id) where state = 'quarantined';

-- A signed request that comes again within a day is acknowledged and not stored again.
create table hook_replay (
  account_id uuid not null,
  channel_id uuid not null,
  key text not null,
  at timestamptz not null,
  primary key (account_id, channel_id, key)
);
create index hook_replay_by_age on hook_replay (account_id, channel_id, at);
call protect('hook_replay', 'select, insert, delete');

create sequence delivery_seq;
grant usage on sequence delivery_seq to hubbub_app;
alter table delivery add column reconciles integer not null default 0;
create index delivery_held on delivery (account_id) where state = 'held';
