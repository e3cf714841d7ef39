-- owner: workforce
create table presence (
  account_id uuid not null,
  agent_id uuid not null,
  state text not null check (state in ('available', 'busy', 'break', 'training', 'away', 'not-responding', 'offline')),
  since timestamptz not null,
  until timestamptz,
  reason text,
  budget integer not null default 100,
  limits jsonb not null default '{}',
  version integer not null default 1,
  primary key (account_id, agent_id)
);
call protect('presence', 'select, insert, update');

create table presence_log (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  state text not null,
  at timestamptz not null,
  reason text,
  by_agent uuid,
  primary key (account_id, id)
);
create index presence_log_by_agent on presence_log (account_id, agent_id, at);
call protect('presence_log', 'select, insert');
