-- owner: listening
-- Trends and alarms. A hit carries what trends count, so that no message has to be read for a figure; looked_back: found among older messages after the
-- monitor was made, for its trends only. author: 64 bits of a hash, to tell people apart and no more. Null: hits of before.
alter table monitor_hit
  add column author bigint,
  add column followers integer,
  add column verified boolean,
  add column passed_on boolean,
  add column looked_back boolean not null default false;

-- The five minutes of a UUIDv7.
create function slot_of(id uuid) returns timestamptz
  language sql immutable parallel safe
  as $$ select to_timestamp((('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 300000) * 300) $$;

-- What a monitor caught in five minutes; counted of its hits, and kept for as long as trends look back.
create table monitor_count (
  account_id uuid not null,
  monitor_id uuid not null,
  at timestamptz not null,
  posts integer not null,
  authors integer not null,
  negative integer not null,
  positive integer not null,
  noise integer not null,
  passed_on integer not null,
  primary key (account_id, monitor_id, at)
);
call protect('monitor_count');

-- What the streams of whole networks heard in five minutes, kept or not.
create table heard_count (
  account_id uuid not null,
  at timestamptz not null,
  heard bigint not null,
  wanted bigint not null,
  primary key (account_id, at)
);
call protect('heard_count');

-- How far a monitor's counts are followed, what was usual then, and for which query.
create table monitor_watch (
  account_id uuid not null,
  monitor_id uuid not null,
  asked text not null,
  read_to timestamptz not null,
  detector jsonb not null,
  pending_since timestamptz,
  primary key (account_id, monitor_id)
);
call protect('monitor_watch');

-- How a monitor's alarms are wished; none: as they ship.
create table alarm_rule (
  account_id uuid not null,
  monitor_id uuid not null,
  is_on boolean not null,
  sensitivity text not null check (sensitivity in ('calm', 'normal', 'keen')),
  least_posts integer not null,
  least_authors integer not null,
  many_authors integer not null,
  quiet_minutes integer not null,
  hush jsonb,
  version integer not null,
  changed_at timestamptz not null,
  changed_by uuid,
  primary key (account_id, monitor_id)
);
call protect('alarm_rule');

create table alarm (
  account_id uuid not null,
  id uuid not null,
  monitor_id uuid not null,
  brand_id uuid,
  state text not null check (state in ('open', 'acknowledged', 'closed')),
  severity smallint not null check (severity between 0 and 3),
  began_at timestamptz not null,
  raised_at timestamptz not null,
  tell_at timestamptz not null,
  over_at timestamptz,
  closed_at timestamptz,
  closed_by uuid,
  close_how text check (close_how in ('dealt-with', 'nothing', 'calm', 'history')),
  close_says text not null default '',
  acknowledged_at timestamptz,
  acknowledged_by uuid,
  parts jsonb not null,
  examples uuid[] not null default '{}',
  version integer not null default 1,
  primary key (account_id, id)
);
create index alarm_standing on alarm (account_id, monitor_id) where state <> 'closed';
create index alarm_of_monitor on alarm (account_id, monitor_id, began_at);
call protect('alarm');

-- Whoever listens already is followed from now on.
insert into timer (account_id, kind, ref, due_at, payload)
  select distinct account_id, 'listening-trends', account_id, timestamptz '2026-01-01 00:00+00', '{}'::jsonb from monitor
  on conflict do nothing;
