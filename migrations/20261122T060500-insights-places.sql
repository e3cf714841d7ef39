-- owner: insights
-- Where a message was said, so that figures of messages can be kept to a brand or a queue.
alter table message_fact add column brand_id uuid, add column episode_id uuid;
update message_fact f set brand_id = p.brand_id, episode_id = p.episode_id
  from placement p where p.account_id = f.account_id and p.message_id = f.message_id;
