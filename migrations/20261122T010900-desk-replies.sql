-- owner: desk
create table draft (
  account_id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  audience text not null check (audience in ('public', 'private', 'note')),
  answers_message uuid,
  text text not null,
  version integer not null default 1,
  saved_at timestamptz not null,
  primary key (account_id, conversation_id, agent_id)
);
call protect('draft');

create table note (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  text text not null,
  at timestamptz not null,
  edited_at timestamptz,
  deleted_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create index note_by_conversation on note (account_id, conversation_id, at);
call protect('note', 'select, insert, update');

create table reply (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  episode_id uuid,
  agent_id uuid not null,
  audience text not null check (audience in ('public', 'private')),
  answers_message uuid not null,
  text text not null,
  disclosure text not null,
  delivery_id uuid not null,
  state text not null check (state in ('undoable', 'sending', 'sent', 'unknown', 'failed', 'withdrawn')),
  error jsonb,
  resolve_outcome text,
  written_at timestamptz not null,
  goes_at timestamptz not null,
  sent_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create index reply_by_conversation on reply (account_id, conversation_id, written_at);
create index reply_by_delivery on reply (account_id, delivery_id);
create index reply_troubled on reply (account_id, agent_id) where state in ('unknown', 'failed');
call protect('reply', 'select, insert, update');
