-- owner: conversations
-- A message takes its invites along when it is moved to another conversation.
create index invite_by_message on invite (account_id, message_id);
