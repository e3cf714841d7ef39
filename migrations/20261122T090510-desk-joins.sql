-- owner: desk
-- Notes and drafts of a conversation that was merged into another are shown there; `home_id` is where they come back to.
alter table note add column home_id uuid;
create index note_by_home on note (account_id, home_id) where home_id is not null;
alter table draft add column home_id uuid;
create index draft_by_home on draft (account_id, home_id) where home_id is not null;
