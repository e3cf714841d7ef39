-- owner: routing
-- What a supervisor makes easier of a queue for a time (longer targets, a lower level of a skill), and of a clock what it was told by then.
alter table queue add column easing jsonb not null default '[]';
alter table episode_clock add column stretch jsonb;
