-- owner: desk
-- When an agent last had a conversation open: what is new to them, and the audit of who looked.
create table seen (
  account_id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  at timestamptz not null,
  audited_at timestamptz not null,
  primary key (account_id, conversation_id, agent_id)
);
call protect('seen');
