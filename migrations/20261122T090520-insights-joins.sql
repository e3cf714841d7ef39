-- owner: insights
-- Facts of episodes that another one goes on for since a merge: they count nowhere, and come back as they were.
create table episode_fact_away (
  account_id uuid not null,
  episode_id uuid not null,
  fact jsonb not null,
  primary key (account_id, episode_id)
);
call protect('episode_fact_away');
