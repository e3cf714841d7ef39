-- owner: people
-- What an agent set for the own work: keys, how the next is served. `value` is of the name's shape (contracts/preferences.ts).
create table agent_preference (
  account_id uuid not null,
  agent_id uuid not null,
  name text not null check (length(name) between 1 and 40),
  value jsonb not null,
  saved_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, agent_id, name)
);
call protect('agent_preference');
