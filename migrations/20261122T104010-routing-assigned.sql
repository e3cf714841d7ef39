-- owner: routing
-- How fast a queue goes of late is told to whoever waits in a chat window: work taken in the last half hour, without a look at all that is done.
create index work_item_assigned on work_item (account_id, queue_id, assigned_at) where assigned_at is not null;
