-- owner: workforce
-- How much an agent takes on, by name. limits: caps by kind of medium; apart: groups of kinds of which only one is in hands at a time.
create table capacity_profile (
  account_id uuid not null,
  id uuid not null,
  name text not null check (length(name) between 1 and 80),
  budget integer not null check (budget between 10 and 200),
  limits jsonb not null,
  apart jsonb not null default '[]',
  version integer not null default 1,
  primary key (account_id, id)
);
create unique index capacity_profile_name on capacity_profile (account_id, lower(name));
call protect('capacity_profile');

-- Who has which profile and from when; an agent's own goes before the team's.
create table capacity_given (
  account_id uuid not null,
  id uuid not null,
  profile_id uuid not null,
  subject_kind text not null check (subject_kind in ('agent', 'team')),
  subject_id uuid not null,
  valid_from timestamptz not null,
  valid_until timestamptz check (valid_until > valid_from),
  primary key (account_id, id)
);
create index capacity_given_to on capacity_given (account_id, subject_id);
call protect('capacity_given');

-- The profile that counts now; null: what the row says was set by hand, or is the usual.
alter table presence add column profile_id uuid;
alter table presence add column apart jsonb not null default '[]';
