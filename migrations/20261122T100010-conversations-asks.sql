-- owner: conversations
-- Close calls of the stitcher that a person decides, one for each message. `other_id`: where else it may belong; null: to nothing said before.
-- `begins`: its conversation began with it. What was answered stays, so that it is never asked again.
create table ask (
  account_id uuid not null,
  message_id uuid not null,
  conversation_id uuid not null,
  other_id uuid,
  begins boolean not null,
  brand_id uuid not null,
  why text not null,
  after_ms bigint,
  asked_at timestamptz not null,
  answer text check (answer in ('there', 'here')),
  answered_at timestamptz,
  answered_by uuid,
  act_id uuid,
  primary key (account_id, message_id)
);
create index ask_open on ask (account_id, asked_at desc, message_id desc) where answered_at is null;
create index ask_open_of_conversation on ask (account_id, conversation_id) where answered_at is null;
create index ask_open_towards on ask (account_id, other_id) where answered_at is null and other_id is not null;
call protect('ask', 'select, insert, update, delete');
