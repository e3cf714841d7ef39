-- owner: channels
-- What came with a message, from the moment it is heard of: fetched, looked through and drawn anew by a worker, or refused with a reason.
create table channel_attachment (
  account_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  n integer not null,
  channel_id uuid not null,
  state text not null check (state in ('waiting', 'here', 'refused', 'gone')),
  why text,
  detail text,
  name text not null default '',
  alt text not null default '',
  mime_stated text not null default '',
  mime text not null default '',
  bytes bigint,
  -- What is served; of a picture the one drawn anew, and then `thumb` is there.
  blob text,
  thumb text,
  width integer,
  height integer,
  inline boolean not null default false,
  url text,
  url_ends_at timestamptz,
  history boolean not null default false,
  tries integer not null default 0,
  next_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, message_id, n)
);
create index channel_attachment_waiting on channel_attachment (next_at) where state = 'waiting';
call protect('channel_attachment');
call protect_system('channel_attachment', 'select');

-- A file that an agent attached: of nobody yet, of a draft (`held_by`), or of a delivery.
create table outbound_file (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  state text not null check (state in ('waiting', 'here', 'refused', 'gone')),
  why text,
  detail text,
  name text not null,
  alt text not null default '',
  mime_stated text not null default '',
  mime text not null default '',
  bytes bigint not null,
  blob text,
  thumb text,
  width integer,
  height integer,
  held_by uuid,
  delivery_id uuid,
  n integer not null default 0,
  -- What the network called it when it was uploaded there: a second try of the post uses it.
  network_ref jsonb,
  tries integer not null default 0,
  next_at timestamptz not null,
  touched_at timestamptz not null,
  primary key (account_id, id)
);
create index outbound_file_waiting on outbound_file (next_at) where state = 'waiting';
create index outbound_file_by_delivery on outbound_file (account_id, delivery_id) where delivery_id is not null;
create index outbound_file_by_holder on outbound_file (account_id, held_by) where held_by is not null;
create index outbound_file_of_nobody on outbound_file (account_id, touched_at) where delivery_id is null and held_by is null;
call protect('outbound_file');
call protect_system('outbound_file', 'select');

-- How many files go with it; none cost nothing.
alter table delivery add column files smallint not null default 0;
