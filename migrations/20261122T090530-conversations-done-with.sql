-- owner: conversations
-- The episode that went on for this one and was done before the two were parted: together again, this one is over with it again.
alter table episode add column done_with uuid;
