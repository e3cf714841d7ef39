-- owner: routing
-- Something that a person has to look at in time: who is asked, who has it, and when the next one is asked.
create table escalation (
  account_id uuid not null,
  id uuid not null,
  topic text not null,
  trigger text not null,
  says text not null,
  brand_id uuid,
  conversation_id uuid,
  work_item_id uuid,
  opened_by uuid,
  state text not null check (state in ('paging', 'acknowledged', 'acted', 'over')),
  severity smallint not null check (severity between 0 and 4),
  levels jsonb not null,
  holding jsonb not null default '[]',
  approvers jsonb not null default '[]',
  ladder_version integer not null,
  step integer not null,
  round integer not null,
  pages integer not null,
  paged jsonb not null default '[]',
  owner_id uuid,
  seen integer not null,
  opened_at timestamptz not null,
  since timestamptz not null,
  due_at timestamptz,
  alarmed_at timestamptz,
  gone_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  version integer not null default 1,
  primary key (account_id, id)
);
-- One at a time for a topic.
create unique index escalation_open on escalation (account_id, topic) where ended_at is null;
create index escalation_by_topic on escalation (account_id, topic, opened_at);
create index escalation_by_end on escalation (account_id, ended_at);
create index escalation_by_conversation on escalation (account_id, conversation_id) where conversation_id is not null;
call protect('escalation', 'select, insert, update');
-- Metrics: alarms that stand.
call protect_system('escalation', 'select');

-- All that happened to it, append only.
create table escalation_step (
  account_id uuid not null,
  escalation_id uuid not null,
  n integer not null,
  at timestamptz not null,
  act text not null,
  agent_id uuid,
  says text not null default '',
  primary key (account_id, escalation_id, n)
);
call protect('escalation_step', 'select, insert');

-- What goes out to the people who are asked. One row for each step, person and way: nobody is paged twice for one.
create table page_delivery (
  account_id uuid not null,
  id uuid not null,
  escalation_id uuid,
  pages integer not null default 0,
  agent_id uuid not null,
  way text not null check (way in ('push', 'email', 'webhook')),
  to_id uuid,
  state text not null check (state in ('pending', 'sending', 'sent', 'failed', 'dropped')),
  payload jsonb not null,
  tries integer not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  sent_at timestamptz,
  error text,
  primary key (account_id, id)
);
create unique index page_delivery_once on page_delivery (account_id, escalation_id, pages, agent_id, way, to_id) nulls not distinct where escalation_id is not null;
create index page_delivery_due on page_delivery (next_at) where state in ('pending', 'sending');
call protect('page_delivery', 'select, insert, update');
-- Which accounts have a page to send.
call protect_system('page_delivery', 'select');

-- How a person wants to be reached.
create table reach_wish (
  account_id uuid not null,
  agent_id uuid not null,
  wish jsonb not null,
  version integer not null default 1,
  primary key (account_id, agent_id)
);
call protect('reach_wish', 'select, insert, update');

-- A browser that asked for notices (Web Push).
create table push_browser (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  name text not null default '',
  since timestamptz not null,
  primary key (account_id, id)
);
create unique index push_browser_once on push_browser (account_id, endpoint);
call protect('push_browser');

-- The pair of keys by which push services know this account (VAPID).
create table push_key (
  account_id uuid not null,
  public_key text not null,
  private_key bytea not null,
  primary key (account_id)
);
call protect('push_key', 'select, insert');

-- A tool of the company that is told of pages (Standard Webhooks).
create table page_webhook (
  account_id uuid not null,
  id uuid not null,
  name text not null,
  url text not null,
  secret bytea not null,
  state text not null check (state in ('on', 'dead')),
  trouble text,
  last_ok_at timestamptz,
  primary key (account_id, id)
);
call protect('page_webhook');

-- The company is in trouble in public: one person speaks for it.
create table crisis (
  account_id uuid not null,
  id uuid not null,
  brand_id uuid not null,
  topic text not null,
  state text not null check (state in ('running', 'over')),
  escalation_id uuid,
  spokesperson_id uuid not null,
  speaker text not null,
  paused boolean not null,
  holding text not null default '',
  started_at timestamptz not null,
  started_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  review text,
  version integer not null default 1,
  primary key (account_id, id)
);
create index crisis_running on crisis (account_id, brand_id) where state = 'running';
call protect('crisis', 'select, insert, update');

create table crisis_conversation (
  account_id uuid not null,
  crisis_id uuid not null,
  conversation_id uuid not null,
  bound_at timestamptz not null,
  bound_by uuid,
  primary key (account_id, crisis_id, conversation_id)
);
create index crisis_conversation_by_conversation on crisis_conversation (account_id, conversation_id);
call protect('crisis_conversation');

create table crisis_log (
  account_id uuid not null,
  id uuid not null,
  crisis_id uuid not null,
  at timestamptz not null,
  agent_id uuid,
  act text not null,
  says text not null default '',
  primary key (account_id, id)
);
create index crisis_log_by_crisis on crisis_log (account_id, crisis_id, id);
call protect('crisis_log', 'select, insert');
