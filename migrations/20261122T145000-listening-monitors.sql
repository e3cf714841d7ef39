-- owner: listening
-- Saved listening queries over public posts. brand_id null: for all brands. A removed one stays for what it caught.
create table monitor (
  account_id uuid not null,
  id uuid not null,
  brand_id uuid,
  name text not null check (length(name) between 1 and 80),
  query text not null check (length(query) between 1 and 20000),
  accents text not null check (accents in ('fold', 'keep')),
  languages text[] not null default '{}',
  colour text not null,
  tag text not null default '',
  is_on boolean not null default true,
  version integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  changed_at timestamptz not null,
  removed_at timestamptz,
  primary key (account_id, id)
);
call protect('monitor');

-- What a monitor asked for, and from when.
create table monitor_version (
  account_id uuid not null,
  monitor_id uuid not null,
  version integer not null,
  at timestamptz not null,
  by_agent uuid,
  change text not null check (change in ('made', 'changed', 'on', 'off', 'removed')),
  name text not null,
  query text not null,
  accents text not null,
  languages text[] not null,
  is_on boolean not null,
  primary key (account_id, monitor_id, version)
);
call protect('monitor_version', 'select, insert');

-- What was caught: a message's id carries its time, so the newest of a monitor are the end of its key.
create table monitor_hit (
  account_id uuid not null,
  monitor_id uuid not null,
  message_id uuid not null,
  primary key (account_id, monitor_id, message_id)
);
create index monitor_hit_of_message on monitor_hit (account_id, message_id);
call protect('monitor_hit');

-- Changes with every change of an account's monitors: whoever keeps them in memory asks for it first, in the same transaction.
create sequence monitor_stamps;
grant usage on sequence monitor_stamps to hubbub_app;

create table monitor_stamp (
  account_id uuid primary key,
  stamp bigint not null
);
call protect('monitor_stamp', 'select, insert, update');

create function monitors_changed() returns trigger
  language plpgsql as $$
begin
  if app_account() is null then
    insert into monitor_stamp (account_id, stamp) select account_id, nextval('monitor_stamps') from (select distinct account_id from monitor) a
    on conflict (account_id) do update set stamp = excluded.stamp;
  else
    insert into monitor_stamp (account_id, stamp) values (app_account(), nextval('monitor_stamps'))
    on conflict (account_id) do update set stamp = excluded.stamp;
  end if;
  return null;
end $$;
create trigger monitor_changed after insert or update or delete on monitor for each statement execute function monitors_changed();
