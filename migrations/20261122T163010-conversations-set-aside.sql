-- owner: conversations
-- A sample of what the policy set aside, drawn by seeded chance out of a span of time, with the size of what it was drawn from. `strata`: of each
-- reason how many there were and how many were drawn. `kept`: how many of the span were taken for work.
create table set_aside_sample (
  account_id uuid not null,
  id uuid not null,
  brand_id uuid not null,
  since timestamptz not null,
  until timestamptz not null,
  seed text not null,
  frame integer not null,
  kept integer not null,
  strata jsonb not null,
  drawn_at timestamptz not null,
  drawn_by uuid,
  primary key (account_id, id)
);
create index set_aside_sample_of_brand on set_aside_sample (account_id, brand_id, id desc);
call protect('set_aside_sample', 'select, insert');

create table set_aside_post (
  account_id uuid not null,
  sample_id uuid not null,
  place integer not null,
  message_id uuid not null,
  stratum text not null,
  verdict text check (verdict in ('work', 'leave')),
  by_agent uuid,
  at timestamptz,
  primary key (account_id, sample_id, place)
);
call protect('set_aside_post', 'select, insert, update');
