-- owner: platform
-- The journal, its readers, timers, leases, blobs and the log of commands (DESIGN D3, D4, D10, D17).

create function app_account() returns uuid
  language sql stable parallel safe
  as $$ select nullif(current_setting('app.account', true), '')::uuid $$;

-- Gives a table of an account its policy and its grants. Partitioned parents only: the partitions are granted to nobody.
create procedure protect(target regclass, app_rights text default 'select, insert, update, delete')
  language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('create policy account_rows on %s to hubbub_app using (account_id = (select app_account())) with check (account_id = (select app_account()))', target);
  execute format('grant %s on %s to hubbub_app', app_rights, target);
end $$;

-- The named list of what crosses accounts: each call is one line of it.
create procedure protect_system(target regclass, system_rights text)
  language plpgsql as $$
begin
  execute format('create policy system_rows on %s to hubbub_system using (true) with check (true)', target);
  execute format('grant %s on %s to hubbub_system', system_rights, target);
end $$;

-- The smallest UUID of an instant: bound of the time partitions.
create function uuid_floor(at timestamptz) returns uuid
  language sql immutable parallel safe
  as $$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

-- Makes the month partitions of a table partitioned by UUIDv7 that are still missing between two instants.
create procedure ensure_month_partitions(target text, first_at timestamptz, last_at timestamptz)
  language plpgsql as $$
declare
  month timestamptz := date_trunc('month', first_at at time zone 'UTC') at time zone 'UTC';
  following timestamptz;
  part text;
begin
  while month <= last_at loop
    following := ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC';
    part := target || '_' || to_char(month at time zone 'UTC', 'YYYYMM');
    if to_regclass(part) is null then
      execute format('create table %I partition of %I for values from (%L) to (%L)', part, target, uuid_floor(month), uuid_floor(following));
    end if;
    month := following;
  end loop;
end $$;
revoke execute on procedure ensure_month_partitions(text, timestamptz, timestamptz) from public;
revoke execute on procedure protect(regclass, text) from public;
revoke execute on procedure protect_system(regclass, text) from public;

-- Taken at insertion, after the row locks of the change: of two changes of one row the later always has the greater number.
create sequence event_ord;
grant usage on sequence event_ord to hubbub_app;

create table event (
  account_id uuid not null,
  id uuid not null,
  ord bigint not null default nextval('event_ord'),
  type text not null,
  v smallint not null,
  key uuid not null,
  shard smallint not null check (shard between 0 and 15),
  entity text not null,
  entity_id uuid not null,
  entity_version integer not null,
  payload jsonb not null,
  trace_id text,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  position bigint,
  primary key (account_id, id)
) partition by range (id);
create index event_unsequenced on event (ord) where position is null;
create index event_by_position on event (account_id, position) where position is not null;
create table event_default partition of event default;
call protect('event', 'select, insert');
call protect_system('event', 'select, update');

create table journal_head (
  account_id uuid primary key,
  position bigint not null
);
call protect('journal_head', 'select');
call protect_system('journal_head', 'select, insert, update');

create table reader_cursor (
  account_id uuid not null,
  reader text not null,
  shard smallint not null check (shard between 0 and 15),
  position bigint not null,
  primary key (account_id, reader, shard)
);
call protect('reader_cursor');
call protect_system('reader_cursor', 'select');

create table reader_try (
  account_id uuid not null,
  reader text not null,
  position bigint not null,
  tries integer not null,
  error text not null,
  primary key (account_id, reader, position)
);
call protect('reader_try');

create table parked_event (
  account_id uuid not null,
  reader text not null,
  position bigint not null,
  key uuid not null,
  shard smallint not null,
  tries integer not null,
  error text not null,
  parked_at timestamptz not null,
  primary key (account_id, reader, position)
);
create index parked_event_by_key on parked_event (account_id, reader, key);
call protect('parked_event');
call protect_system('parked_event', 'select');

create table timer (
  account_id uuid not null,
  kind text not null,
  ref uuid not null,
  due_at timestamptz not null,
  payload jsonb not null default '{}',
  tries integer not null default 0,
  error text,
  primary key (account_id, kind, ref)
);
create index timer_due on timer (due_at);
call protect('timer');
call protect_system('timer', 'select');

create table lease (
  name text primary key,
  holder text not null,
  token bigint not null,
  expires_at timestamptz not null
);
grant select, insert, update on lease to hubbub_system;

create table command_log (
  account_id uuid not null,
  actor text not null,
  command_id text not null,
  request_hash text not null,
  status integer not null,
  result jsonb,
  at timestamptz not null,
  primary key (account_id, actor, command_id)
);
create index command_log_by_age on command_log (account_id, at);
call protect('command_log');

create table blob (
  account_id uuid not null,
  hash text not null,
  bytes bigint not null,
  mime text not null,
  refs integer not null check (refs >= 0),
  wrapped_key bytea,
  state text not null check (state in ('live', 'erased')),
  created_at timestamptz not null,
  primary key (account_id, hash)
);
call protect('blob');
