-- owner: conversations
-- The handle whose matter it is: a conversation belongs to the customer of this handle, whoever that is found to be. Null until that
-- customer is joined or parted for the first time; then it is the handle that spoke first.
alter table conversation add column handle_id uuid;
-- The handle was found to be somebody else than the conversation's customer: its next words are decided anew.
alter table conversation_thread add column parted boolean not null default false;
