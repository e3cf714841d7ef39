-- owner: people
-- What a skill stands for. A clearance (brand, region, training, language) never relaxes; work of `brand_ids` asks for it.
alter table skill add column clearance text not null default 'skill'
  check (clearance in ('skill', 'brand', 'language', 'region', 'training'));
alter table skill add column brand_ids jsonb not null default '[]';
alter table skill add column version integer not null default 1;
-- A training passed until a date: it ends by itself.
alter table agent_skill add column valid_from timestamptz;
alter table agent_skill add column valid_until timestamptz;
