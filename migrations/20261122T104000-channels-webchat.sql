-- owner: channels
-- Visitors of web chat, their log line by line, what they uploaded and what they consented to. `seq` counts the lines of one visitor.
create table webchat_visitor (
  account_id uuid not null,
  channel_id uuid not null,
  id uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  name text not null default '',
  email text not null default '',
  subject text,
  verified_at timestamptz,
  -- Visitors without a name who turned out to be this one.
  former uuid[] not null default '{}',
  locale text not null default 'en',
  page jsonb not null default '{}',
  consent_version text,
  consent_given boolean,
  consent_at timestamptz,
  -- Where answers go on by mail; empty: nowhere.
  continue_to text not null default '',
  invite text not null default '',
  -- The number of the present chat: ending one begins another thread.
  chat integer not null default 1,
  last_seq integer not null default 0,
  -- Of the visitor's lines: up to where they stand before the desk, and were read.
  delivered_seq integer not null default 0,
  read_seq integer not null default 0,
  -- Of ours: up to where they reached the visitor's browser, were read there, went out by mail.
  reached_seq integer not null default 0,
  seen_seq integer not null default 0,
  mailed_seq integer not null default 0,
  ended_at timestamptz,
  ended_by text check (ended_by in ('visitor', 'agent', 'system')),
  erased_at timestamptz,
  primary key (account_id, channel_id, id)
);
create unique index webchat_visitor_by_subject on webchat_visitor (account_id, channel_id, subject) where subject is not null;
call protect('webchat_visitor', 'select, insert, update');

create table webchat_line (
  account_id uuid not null,
  channel_id uuid not null,
  visitor_id uuid not null,
  seq integer not null,
  id uuid not null,
  chat integer not null,
  sender text not null check (sender in ('visitor', 'agent', 'system')),
  -- The widget's clientMsgId, or the outbox part's own name: one line however often it is sent.
  client_key text not null,
  name text not null default '',
  body text not null,
  files jsonb not null default '[]',
  delivery_id uuid,
  at timestamptz not null,
  primary key (account_id, channel_id, visitor_id, seq),
  unique (account_id, channel_id, visitor_id, client_key)
);
call protect('webchat_line', 'select, insert, update');

create table webchat_file (
  account_id uuid not null,
  channel_id uuid not null,
  visitor_id uuid not null,
  id uuid not null,
  hash text not null,
  name text not null,
  mime text not null,
  bytes integer not null,
  at timestamptz not null,
  used_seq integer,
  primary key (account_id, channel_id, visitor_id, id)
);
call protect('webchat_file');

create table webchat_consent (
  account_id uuid not null,
  channel_id uuid not null,
  visitor_id uuid not null,
  at timestamptz not null,
  version text not null,
  given boolean not null,
  -- The words that were shown.
  words text not null,
  primary key (account_id, channel_id, visitor_id, at)
);
call protect('webchat_consent', 'select, insert');
