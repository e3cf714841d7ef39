-- owner: conversations
-- An invitation to go on in private: one conversation, one handle, one code. Of the code only a hash is kept.
create table invite (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  episode_id uuid,
  customer_id uuid not null,
  handle_id uuid not null,
  brand_id uuid not null,
  network text not null,
  channel_id uuid not null,
  message_id uuid not null,
  destination text not null check (destination in ('dm', 'email', 'chat', 'callback', 'call')),
  code_hash text not null,
  made_by uuid not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  sent_message_id uuid,
  opened_at timestamptz,
  opens integer not null default 0,
  returned_at timestamptz,
  returned_message_id uuid,
  returned_handle_id uuid,
  returned_by text,
  proof text,
  consent text,
  refused integer not null default 0,
  ended_at timestamptz,
  ended_why text,
  version integer not null default 1,
  primary key (account_id, id),
  unique (code_hash)
);
create index invite_by_conversation on invite (account_id, conversation_id, made_at);
create index invite_by_maker on invite (account_id, made_by, made_at);
call protect('invite', 'select, insert, update');
-- Whose invite an opened link is: no account is known before.
call protect_system('invite', 'select');
