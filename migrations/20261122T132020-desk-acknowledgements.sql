-- owner: desk
-- Conversations that were told by themselves that a person will come: once each, for ever.
create table acknowledgement (
  account_id uuid not null,
  conversation_id uuid not null,
  work_item_id uuid not null,
  delivery_id uuid not null,
  promised_at timestamptz,
  at timestamptz not null,
  primary key (account_id, conversation_id)
);
call protect('acknowledgement', 'select, insert');
