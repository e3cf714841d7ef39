-- owner: people
create table agent (
  account_id uuid not null,
  id uuid not null,
  email text not null,
  name text not null,
  initials text not null,
  locale text not null default 'en',
  zone text not null default 'UTC',
  password_hash text,
  state text not null check (state in ('active', 'suspended')),
  demo boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (account_id, id),
  unique (account_id, email)
);
create index agent_by_email on agent (email);
call protect('agent', 'select, insert, update');
call protect_system('agent', 'select');

create table team (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  version integer not null default 1,
  primary key (account_id, id)
);
call protect('team');

create table team_member (
  account_id uuid not null,
  team_id uuid not null,
  agent_id uuid not null,
  primary key (account_id, team_id, agent_id)
);
create index team_member_by_agent on team_member (account_id, agent_id);
call protect('team_member');

-- kind hard: never relaxed (clearance, language); soft: may be relaxed by rings. A level is 0 to 100, higher is better.
create table skill (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  kind text not null check (kind in ('hard', 'soft')),
  primary key (account_id, id),
  unique (account_id, name)
);
call protect('skill');

create table agent_skill (
  account_id uuid not null,
  agent_id uuid not null,
  skill_id uuid not null,
  level integer not null check (level between 0 and 100),
  primary key (account_id, agent_id, skill_id)
);
call protect('agent_skill');

-- (subject, verb, scope); scope_id is null for the whole account and for `own`.
create table access_grant (
  account_id uuid not null,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('agent', 'team', 'api-key')),
  subject_id uuid not null,
  verb text not null,
  scope_kind text not null check (scope_kind in ('account', 'brand', 'team', 'queue', 'own')),
  scope_id uuid,
  primary key (account_id, id)
);
create index access_grant_by_subject on access_grant (account_id, subject_id);
call protect('access_grant');

create table session (
  account_id uuid not null,
  token_hash bytea not null,
  agent_id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text not null default '',
  primary key (account_id, token_hash)
);
create index session_by_agent on session (account_id, agent_id);
call protect('session');

create table api_key (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  secret_hash bytea not null,
  created_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (account_id, id)
);
call protect('api_key', 'select, insert, update');

-- Failed sign-ins by the hash of what was tried from where; kept outside of accounts because none is known yet.
create table sign_in_attempt (
  bucket text not null,
  at timestamptz not null
);
create index sign_in_attempt_by_bucket on sign_in_attempt (bucket, at);
grant select, insert, delete on sign_in_attempt to hubbub_system;

-- Append only: who did, who looked at a customer, exports, changes of rights.
create table audit (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('agent', 'api-key', 'system')),
  actor_id uuid,
  act text not null,
  entity text not null,
  entity_id text not null,
  detail jsonb not null default '{}',
  remote_ip text,
  trace_id text,
  primary key (account_id, id)
);
create index audit_by_entity on audit (account_id, entity, entity_id);
call protect('audit', 'select, insert');
