-- owner: customers
-- What finds a handle again: `handle_key` what it is called, folded; `look_key` what it looks like (homoglyphs are one); `contact_key` the
-- address or the last nine digits of the number it is. `home_customer_id`: the customer it is by itself, to whom it falls back.
-- `shared`: several people write from it. `recycled_at`: since then it may be somebody else.
alter table handle
  add column handle_key text not null default '',
  add column look_key text not null default '',
  add column contact_key text,
  add column home_customer_id uuid,
  add column shared boolean not null default false,
  add column recycled_at timestamptz;
update handle set handle_key = lower(ltrim(handle, '@')), home_customer_id = customer_id,
  contact_key = case when network = 'email' then lower(external_id) end;
create index handle_by_key on handle (account_id, handle_key);
create index handle_by_look on handle (account_id, look_key);
create index handle_by_contact on handle (account_id, contact_key) where contact_key is not null;
create index handle_join_by_handle on handle_join (account_id, handle_id);

-- What the writer of a handle says of himself: another handle, an address, a number. Kept, because the other may be met later.
create table identity_claim (
  account_id uuid not null,
  id uuid not null,
  handle_id uuid not null,
  kind text not null check (kind in ('handle', 'contact', 'reference')),
  value text not null,
  network text not null default '',
  message_id uuid,
  brand_id uuid,
  language text not null default 'und',
  public boolean not null,
  sure boolean not null default true,
  said_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, handle_id, kind, network, value)
);
create index identity_claim_by_value on identity_claim (account_id, value, kind);
call protect('identity_claim');

-- What a person decided about who is who. `ord` orders the acts of several people.
create table identity_act (
  account_id uuid not null,
  id uuid not null,
  kind text not null check (kind in ('join', 'part', 'refuse', 'mark')),
  customer_id uuid not null,
  other_id uuid,
  reason text not null default '',
  by_agent uuid not null,
  at timestamptz not null,
  ord bigint not null default nextval('event_ord'),
  undone_at timestamptz,
  undone_by uuid,
  primary key (account_id, id)
);
create index identity_act_by_customer on identity_act (account_id, customer_id);
create index identity_act_by_other on identity_act (account_id, other_id) where other_id is not null;
call protect('identity_act', 'select, insert, update');

-- Two handles are the same customer, or are not. Who is who follows from all that are not undone, and from nothing else.
-- `key` is the pair and the rung for what a program concluded, so that it is concluded once; the act's for what a person did.
create table identity_statement (
  account_id uuid not null,
  id uuid not null,
  key text not null,
  act_id uuid,
  ord bigint not null default 0,
  kind text not null check (kind in ('same', 'apart')),
  handle_a uuid not null,
  handle_b uuid not null,
  rung text not null,
  confidence real not null,
  code text not null,
  text text not null,
  author_kind text not null check (author_kind in ('network', 'agent', 'system')),
  author_id uuid,
  message_id uuid,
  at timestamptz not null,
  made_at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid,
  primary key (account_id, id),
  unique (account_id, key)
);
create index identity_statement_by_a on identity_statement (account_id, handle_a);
create index identity_statement_by_b on identity_statement (account_id, handle_b);
create index identity_statement_by_act on identity_statement (account_id, act_id) where act_id is not null;
call protect('identity_statement', 'select, insert, update');

-- What is too weak, or was said against, and waits for a person. `key` is the pair and the rung: what was refused stays refused.
create table identity_suggestion (
  account_id uuid not null,
  id uuid not null,
  key text not null,
  handle_a uuid not null,
  handle_b uuid not null,
  kind text not null check (kind in ('same', 'consent', 'impersonator')),
  rung text not null,
  score real not null,
  reasons jsonb not null,
  message_id uuid,
  made_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'refused')),
  decided_at timestamptz,
  decided_by uuid,
  act_id uuid,
  primary key (account_id, id),
  unique (account_id, key)
);
create index identity_suggestion_by_a on identity_suggestion (account_id, handle_a) where state = 'open';
create index identity_suggestion_by_b on identity_suggestion (account_id, handle_b) where state = 'open';
create index identity_suggestion_by_act on identity_suggestion (account_id, act_id) where act_id is not null;
call protect('identity_suggestion', 'select, insert, update');
