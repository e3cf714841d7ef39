-- owner: desk
-- What calls an agent to a conversation: a colleague's mention, work that was handed over, a question, its answer. `ref_id` is what it is
-- about (a note, a side question); nothing of it is told twice.
create table for_me (
  account_id uuid not null,
  id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  kind text not null check (kind in ('mention', 'handed', 'asked-in', 'side-answer')),
  ref_id uuid not null,
  by_agent uuid,
  at timestamptz not null,
  read_at timestamptz,
  primary key (account_id, id),
  unique (account_id, agent_id, kind, ref_id)
);
create index for_me_by_agent on for_me (account_id, agent_id, at);
call protect('for_me');

-- Who wants to hear of a conversation, and up to when they have.
create table follower (
  account_id uuid not null,
  agent_id uuid not null,
  conversation_id uuid not null,
  since timestamptz not null,
  seen_at timestamptz not null,
  primary key (account_id, agent_id, conversation_id)
);
create index follower_by_conversation on follower (account_id, conversation_id);
call protect('follower');

-- What has to be done about a conversation by a day, and who does it. Everybody who reads the conversation sees it.
create table follow_up (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  agent_id uuid not null,
  made_by uuid not null,
  text text not null,
  due_at timestamptz not null,
  state text not null check (state in ('open', 'due', 'done')),
  done_by uuid,
  done_at timestamptz,
  made_at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, id)
);
create index follow_up_open on follow_up (account_id, agent_id, due_at) where state <> 'done';
create index follow_up_by_conversation on follow_up (account_id, conversation_id, due_at);
call protect('follow_up', 'select, insert, update');

-- A question to somebody who does not have the conversation: a colleague, or an expert outside who gets a signed link. They see `shown`
-- and the question, nothing else. The link is not kept: it is made anew from the id when it is needed.
create table side_question (
  account_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  asked_by uuid not null,
  to_agent uuid,
  to_name text not null,
  to_address text,
  question text not null,
  shown text not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  state text not null check (state in ('open', 'answered', 'withdrawn')),
  answer text,
  settled_at timestamptz,
  opened_at timestamptz,
  note_id uuid,
  mail text not null check (mail in ('none', 'waiting', 'sending', 'sent', 'failed')),
  mail_error text,
  mail_tries integer not null default 0,
  mail_next_at timestamptz,
  version integer not null default 1,
  primary key (account_id, id)
);
create index side_question_by_conversation on side_question (account_id, conversation_id, made_at);
create index side_question_by_asker on side_question (account_id, asked_by, made_at);
create index side_question_to_agent on side_question (account_id, to_agent) where state = 'open' and to_agent is not null;
create index side_question_mail on side_question (mail_next_at) where mail in ('waiting', 'sending');
call protect('side_question', 'select, insert, update');
-- Which accounts have a question to send.
call protect_system('side_question', 'select');

-- Why an episode ended so, and what it tells the rest of the company. `reason` is a path in the tree of the outcome.
create table closing (
  account_id uuid not null,
  episode_id uuid not null,
  reason text[] not null default '{}',
  feedback text not null default '',
  lead boolean not null default false,
  by_agent uuid,
  at timestamptz not null,
  version integer not null default 1,
  primary key (account_id, episode_id)
);
call protect('closing', 'select, insert, update');

-- Where colleagues are named in a note; who said it where that is nobody of ours, and the question it answers.
alter table note add column mentions jsonb not null default '[]', add column said_by text, add column about text;
