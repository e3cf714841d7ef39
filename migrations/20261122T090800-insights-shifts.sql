-- owner: insights
-- What is needed to count changes of medium, thanks after our answer, and transfers: per conversation, each told once.
alter table message_fact add column conversation_id uuid, add column channel_id uuid, add column medium text;
update message_fact f set conversation_id = p.conversation_id, channel_id = p.channel_id, medium = p.medium
  from placement p where p.account_id = f.account_id and p.message_id = f.message_id;
create index message_fact_by_conversation on message_fact (account_id, conversation_id, sent_at) where conversation_id is not null;
create index episode_fact_by_conversation on episode_fact (account_id, conversation_id, opened_at);

-- One row for each time the work on an episode was handed to another queue; the version of the work item names the time.
create table transfer_fact (
  account_id uuid not null,
  episode_id uuid not null,
  work_item_id uuid not null,
  version integer not null,
  primary key (account_id, episode_id, work_item_id, version)
);
call protect('transfer_fact');
