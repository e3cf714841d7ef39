-- owner: insights
-- Why episodes ended so, folded from what agents said of them. `outcome`: the one it was said with; a reason counts under that one only.
-- `reason` and `finer` are keys of the two levels, empty where none was given.
create table closing_fact (
  account_id uuid not null,
  episode_id uuid not null,
  outcome text not null,
  reason text not null default '',
  finer text not null default '',
  feedback boolean not null default false,
  lead boolean not null default false,
  version integer not null,
  primary key (account_id, episode_id)
);
call protect('closing_fact');
-- What was said before this table was there.
insert into closing_fact (account_id, episode_id, outcome, reason, finer, feedback, lead, version)
  select c.account_id, c.episode_id, coalesce(e.outcome, ''), coalesce(c.reason[1], ''), coalesce(c.reason[2], ''), c.feedback <> '', c.lead, c.version
  from closing c left join episode e on e.account_id = c.account_id and e.id = c.episode_id;
