-- owner: customers
-- What people note of a customer. It stays with the customer it was noted of: who is joined shows what was noted of all he was before
-- (handle.home_customer_id), and parted again each has his own.
create table organisation (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  name_key text not null,
  created_at timestamptz not null,
  created_by uuid,
  primary key (account_id, id),
  unique (account_id, name_key)
);
call protect('organisation', 'select, insert, update');

create table customer_organisation (
  account_id uuid not null,
  customer_id uuid not null,
  organisation_id uuid not null,
  role text not null default '',
  added_at timestamptz not null,
  added_by uuid,
  primary key (account_id, customer_id, organisation_id)
);
create index customer_organisation_by_organisation on customer_organisation (account_id, organisation_id);
call protect('customer_organisation');

-- Values of the account's own fields (setting customers.fields); an emptied one keeps its version.
create table customer_field (
  account_id uuid not null,
  customer_id uuid not null,
  key text not null,
  value text,
  set_at timestamptz not null,
  set_by uuid,
  version integer not null default 1,
  primary key (account_id, customer_id, key)
);
call protect('customer_field');

-- What a customer said yes or no to, and how we know; the last word on a purpose counts, none is overwritten.
create table consent (
  account_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  purpose text not null,
  given boolean not null,
  source text not null,
  at timestamptz not null,
  recorded_by uuid,
  primary key (account_id, id)
);
create index consent_by_customer on consent (account_id, customer_id, purpose, at desc);
call protect('consent', 'select, insert');

create table customer_note (
  account_id uuid not null,
  id uuid not null,
  customer_id uuid not null,
  agent_id uuid not null,
  text text not null,
  at timestamptz not null,
  deleted_at timestamptz,
  deleted_by uuid,
  primary key (account_id, id)
);
create index customer_note_by_customer on customer_note (account_id, customer_id, at desc) where deleted_at is null;
call protect('customer_note', 'select, insert, update');
