-- owner: desk
-- How far an agent has read a conversation, and where he stood in it: what came since is new to him.
alter table seen add column read_at timestamptz, add column read_entry text;
