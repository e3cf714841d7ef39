-- owner: conversations
-- The last words of a conversation's customer and of ours, however many bystanders spoke in its thread after them.
create index placement_last_words on placement (account_id, conversation_id, message_id) where role <> 'bystander';
