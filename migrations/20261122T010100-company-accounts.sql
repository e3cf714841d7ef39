-- owner: company
create table account (
  account_id uuid primary key,
  name text not null,
  mission text not null default '',
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null
);
call protect('account', 'select, insert, update');
call protect_system('account', 'select');

create table brand (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  names text[] not null default '{}',
  voice text not null default '',
  disclosure text not null check (disclosure in ('full-name', 'initials', 'profile')),
  locale text not null,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (account_id, id)
);
call protect('brand', 'select, insert, update');

-- Rules are dated: [{"from": "2026-01-01", "zone": "Europe/London", "week": {"1": [["08:00","20:00"]]}, "holidays": ["2026-12-25"]}]
create table calendar (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  rules jsonb not null,
  version integer not null default 1,
  primary key (account_id, id)
);
call protect('calendar', 'select, insert, update');

-- scope is the account's or a brand's id; a newer row overrides from its `valid_from` on, older ones stay.
create table setting (
  account_id uuid not null,
  scope uuid not null,
  key text not null,
  version integer not null,
  valid_from timestamptz not null,
  value jsonb not null,
  set_by uuid,
  primary key (account_id, scope, key, version)
);
call protect('setting', 'select, insert');

create table brand_text (
  account_id uuid not null,
  id text not null,
  brand_id uuid not null,
  locale text not null,
  text text not null,
  version integer not null default 1,
  primary key (account_id, brand_id, id, locale)
);
call protect('brand_text', 'select, insert, update');

create table account_key (
  account_id uuid not null,
  id uuid not null,
  purpose text not null,
  wrapped bytea not null,
  created_at timestamptz not null,
  primary key (account_id, id)
);
call protect('account_key', 'select, insert');
