-- owner: customers
create table customer (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null default 'person' check (kind in ('person', 'organisation')),
  language text,
  merged_into uuid,
  state text not null default 'live' check (state in ('live', 'erased')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id)
);
call protect('customer', 'select, insert, update');

-- `scope` is what the network promises the id is unique in (a page, a server, the whole network).
create table handle (
  account_id uuid not null,
  id uuid not null,
  network text not null,
  scope text not null,
  external_id text not null,
  handle text not null default '',
  name text not null default '',
  avatar_url text,
  profile_url text,
  followers bigint,
  followers_at timestamptz,
  verified boolean not null default false,
  is_bot boolean not null default false,
  customer_id uuid not null,
  state text not null default 'live' check (state in ('live', 'erased')),
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id),
  unique (account_id, network, scope, external_id)
);
create index handle_by_customer on handle (account_id, customer_id);
call protect('handle', 'select, insert, update');

create table handle_join (
  account_id uuid not null,
  id uuid not null,
  handle_id uuid not null,
  customer_id uuid not null,
  evidence jsonb not null,
  confidence real not null,
  author_kind text not null check (author_kind in ('network', 'agent', 'system')),
  author_id uuid,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (account_id, id)
);
create index handle_join_by_customer on handle_join (account_id, customer_id);
call protect('handle_join', 'select, insert, update');
