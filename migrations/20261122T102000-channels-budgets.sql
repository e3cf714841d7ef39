-- owner: channels
-- What is left of a network's limits of calls, as the node that called last knew it, and what its calls cost this month.
create table channel_bucket (
  account_id uuid not null,
  channel_id uuid not null,
  bucket text not null,
  most integer not null,
  remaining integer not null,
  reset_at timestamptz,
  updated_at timestamptz not null,
  primary key (account_id, channel_id, bucket)
);
call protect('channel_bucket', 'select, insert, update');

-- month: 2026-11 in UTC. micros: millionths of the network's currency, added up by all nodes.
create table channel_spending (
  account_id uuid not null,
  channel_id uuid not null,
  month text not null,
  micros bigint not null,
  updated_at timestamptz not null,
  primary key (account_id, channel_id, month)
);
call protect('channel_spending', 'select, insert, update');
