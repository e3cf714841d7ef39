-- owner: listening
create table understanding (
  account_id uuid not null,
  message_id uuid not null,
  model_version text not null,
  language text not null,
  writing_direction text not null check (writing_direction in ('ltr', 'rtl')),
  noise boolean not null,
  addressed text not null,
  intent text not null,
  sentiment text not null,
  risks text[] not null default '{}',
  gratitude boolean not null,
  thanks_only boolean not null,
  detail jsonb not null,
  at timestamptz not null,
  primary key (account_id, message_id)
);
call protect('understanding');

-- What agents said of a label: the training data of the account's own models.
create table mark (
  account_id uuid not null,
  id uuid not null,
  message_id uuid not null,
  task text not null,
  value text not null,
  agent_id uuid not null,
  at timestamptz not null,
  primary key (account_id, id)
);
create index mark_by_task on mark (account_id, task, at);
call protect('mark', 'select, insert');

create table label_model (
  account_id uuid not null,
  task text not null,
  version integer not null,
  learned_from integer not null,
  data bytea not null,
  at timestamptz not null,
  primary key (account_id, task, version)
);
call protect('label_model', 'select, insert, delete');
