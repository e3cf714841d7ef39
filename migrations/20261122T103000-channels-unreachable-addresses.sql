-- owner: channels
-- Addresses from which what we send comes back for good, until they write again.
create table unreachable_address (
  account_id uuid not null,
  channel_id uuid not null,
  address text not null,
  reason text not null,
  since timestamptz not null,
  primary key (account_id, channel_id, address)
);
call protect('unreachable_address', 'select, insert, update, delete');
