-- owner: desk
-- Texts and acts that agents use again: the account's, a team's or one agent's. Of one name each of these has one per brand.
create table macro (
  account_id uuid not null,
  id uuid not null,
  scope text not null check (scope in ('account', 'team', 'own')),
  -- The team or the agent; null: the account's.
  holder_id uuid,
  name text not null,
  brand_id uuid,
  audience text not null check (audience in ('any', 'public', 'private', 'note')),
  act jsonb,
  changed_by uuid not null,
  changed_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id),
  unique nulls not distinct (account_id, scope, holder_id, name, brand_id, audience),
  check ((scope = 'account') = (holder_id is null))
);
call protect('macro');

-- What each version said, by language: earlier ones stay to be read.
create table macro_text (
  account_id uuid not null,
  macro_id uuid not null,
  version integer not null,
  locale text not null,
  text text not null,
  primary key (account_id, macro_id, version, locale)
);
call protect('macro_text');
