-- owner: channels
-- Networks that tell when an account is gone or has another name: what it said is found by its author.

create index message_by_author on message (account_id, channel_id, author_id) where network = 'bluesky';
