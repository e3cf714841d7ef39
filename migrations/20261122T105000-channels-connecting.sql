-- owner: channels
-- What the last look at each half of a channel saw, and the alarms that stand while a channel is ill.
create table channel_check (
  account_id uuid not null,
  channel_id uuid not null,
  at timestamptz not null,
  next_at timestamptz not null,
  halves jsonb not null default '[]',
  expires_at timestamptz,
  primary key (account_id, channel_id)
);
call protect('channel_check', 'select, insert, update');

create table channel_alarm (
  account_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  cause text not null,
  says text not null default '',
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (account_id, id)
);
create unique index channel_alarm_open on channel_alarm (account_id, channel_id, cause) where closed_at is null;
call protect('channel_alarm', 'select, insert, update');

-- ended_at: when the stream was last read to its end. last_inbound_lag_ms: from the network's time of the newest message to ours.
alter table channel_cursor add column ended_at timestamptz;
alter table channel add column last_inbound_lag_ms integer;

-- fill_asked_at: somebody wants this gap read again from the network's history.
alter table channel_gap add column fill_asked_at timestamptz;
