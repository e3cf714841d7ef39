-- owner: channels
-- The outbox looks at what is open or lately failed, never at all that was ever sent.
create index delivery_open on delivery (account_id, channel_id, thread_key, seq) where state in ('pending', 'in-flight', 'unknown', 'held');
create index delivery_failed on delivery (account_id, created_at) where state = 'failed';
