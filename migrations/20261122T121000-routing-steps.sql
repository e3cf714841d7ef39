-- owner: routing
-- Who serves an account's waiting work, and what a process that keeps a picture of it in memory has to read again.
--
-- Each act of routing that changes something has a step, given under the lock of routing. A sequence gives it, so that a step that was
-- rolled back never comes again: whoever finds the step he knows here knows everything that happened before it.
create sequence routing_steps;
grant usage on sequence routing_steps to hubbub_app;

-- incarnation: made with the row, so that a picture of one database is never taken for one of another.
-- holder, token, expires_at: the lease. token grows with every new holder; it is renewed by the acts themselves.
create table routing_step (
  account_id uuid primary key,
  incarnation uuid not null,
  step bigint not null,
  holder text,
  token bigint not null default 0,
  expires_at timestamptz not null default 'epoch'
);
call protect('routing_step', 'select, insert, update');

-- What the last steps touched, for half a minute. everything: read all of it again.
create table routing_log (
  account_id uuid not null,
  step bigint not null,
  token bigint not null,
  at timestamptz not null,
  items uuid[] not null,
  agents uuid[] not null,
  everything boolean not null default false,
  primary key (account_id, step)
);
call protect('routing_log', 'select, insert, delete');

-- What was changed past routing and matters to it; the next act takes it. Neither an agent nor an item: everything. Rows of their own and
-- no key: nobody waits for anybody, and what commits later is taken later.
create table routing_news (
  account_id uuid not null,
  id bigint not null default nextval('routing_steps'),
  agent_id uuid,
  item_id uuid,
  primary key (account_id, id)
);
call protect('routing_news', 'select, insert, delete');

-- An agent came, went, or takes on more or less.
create function presence_for_routing() returns trigger
  language plpgsql as $$
begin
  insert into routing_news (account_id, agent_id) values (coalesce(new.account_id, old.account_id), coalesce(new.agent_id, old.agent_id));
  return null;
end $$;
create trigger presence_for_routing after insert or update or delete on presence for each row execute function presence_for_routing();

-- Work that somebody else than an act of routing wrote (a restore, an operator, a repair).
create function work_for_routing() returns trigger
  language plpgsql as $$
begin
  if app_account() is null then
    insert into routing_news (account_id) select account_id from routing_step;
  else
    insert into routing_news (account_id) values (app_account());
  end if;
  return null;
end $$;
create trigger work_for_routing after insert or update or delete on work_item for each statement
  when (current_setting('app.routing', true) is distinct from 'on') execute function work_for_routing();
create trigger offer_for_routing after insert or update or delete on offer for each statement
  when (current_setting('app.routing', true) is distinct from 'on') execute function work_for_routing();

-- The beginning of every act: one writer of routing per account until the transaction ends, who leads, and what became known since `known`.
-- asker: who wants to lead (null: nobody, the act is one agent's). stall_ms: a process that stops in the middle is cut off after so long, or
-- it would keep the lock. Each statement here sees what was committed before the lock was granted: the function is volatile.
create function begin_routing(account uuid, asker text, at_time timestamptz, lease_ms integer, stall_ms integer, known bigint[], fresh uuid)
  returns jsonb
  language plpgsql as $$
declare
  s routing_step;
  is_free boolean;
  base bigint;
  before bigint;
  news_items uuid[];
  news_agents uuid[];
  news_all boolean;
  since jsonb := '[]';
begin
  perform pg_advisory_xact_lock(hashtextextended('routing ' || account::text, 0));
  perform set_config('app.routing', 'on', true), set_config('idle_in_transaction_session_timeout', stall_ms::text, true);
  select * into s from routing_step where account_id = account;
  if not found then
    insert into routing_step (account_id, incarnation, step) values (account, fresh, nextval('routing_steps')) returning * into s;
  end if;
  -- A lease that lasts longer than its time and a minute was taken by a clock that was put back since.
  is_free := s.holder is null or s.expires_at <= at_time or s.expires_at > at_time + (lease_ms + 60000) * interval '1 millisecond';
  if asker is not null and (is_free or s.holder = asker) then
    if s.holder is distinct from asker or is_free or s.expires_at < at_time + (lease_ms / 2) * interval '1 millisecond' then
      update routing_step set holder = asker, expires_at = at_time + lease_ms * interval '1 millisecond',
        token = token + (case when s.holder is distinct from asker then 1 else 0 end)
        where account_id = account returning * into s;
    end if;
  end if;

  before := s.step;
  with taken as (delete from routing_news n where n.account_id = account returning n.agent_id, n.item_id)
  select coalesce(array_agg(distinct t.agent_id) filter (where t.agent_id is not null), '{}'),
    coalesce(array_agg(distinct t.item_id) filter (where t.item_id is not null), '{}'),
    coalesce(bool_or(t.agent_id is null and t.item_id is null), false)
    into news_agents, news_items, news_all from taken t;
  if news_all or cardinality(news_agents) > 0 or cardinality(news_items) > 0 then
    update routing_step set step = nextval('routing_steps') where account_id = account returning * into s;
    insert into routing_log (account_id, step, token, at, items, agents, everything)
      values (account, s.step, s.token, at_time, news_items, news_agents, news_all);
  end if;

  base := case when before = any(known) then before
    else (select max(l.step) from routing_log l where l.account_id = account and l.step = any(known)) end;
  if cardinality(known) > 0 and base is distinct from s.step then
    select coalesce(jsonb_agg(jsonb_build_object('step', l.step, 'items', l.items, 'agents', l.agents, 'everything', l.everything) order by l.step), '[]')
      into since from routing_log l where l.account_id = account and l.step > coalesce(base, before - 1);
  end if;
  return jsonb_build_object('incarnation', s.incarnation, 'step', s.step, 'before', before, 'base', base, 'token', s.token,
    'holder', case when s.expires_at > at_time and s.expires_at <= at_time + (lease_ms + 60000) * interval '1 millisecond' then s.holder end,
    'until', (extract(epoch from s.expires_at) * 1000)::bigint, 'since', since);
end $$;

-- The end of an act that changed something: its step, what it touched, and to whom it gave something. Of what is older than half a minute a little goes each time.
create function end_routing(account uuid, at_time timestamptz, touched uuid[], whose uuid[], served uuid[]) returns bigint
  language plpgsql as $$
declare
  s routing_step;
begin
  update routing_step set step = nextval('routing_steps') where account_id = account returning * into s;
  insert into routing_log (account_id, step, token, at, items, agents) values (account, s.step, s.token, at_time, touched, whose);
  insert into agent_turn (account_id, agent_id, last_at) select account, unnest(served), at_time
    on conflict (account_id, agent_id) do update set last_at = excluded.last_at;
  delete from routing_log l where l.account_id = account and l.step in (
    select o.step from routing_log o where o.account_id = account and o.at < at_time - interval '30 seconds' order by o.step limit 4);
  return s.step;
end $$;
revoke execute on function begin_routing(uuid, text, timestamptz, integer, integer, bigint[], uuid) from public;
grant execute on function begin_routing(uuid, text, timestamptz, integer, integer, bigint[], uuid) to hubbub_app;
revoke execute on function end_routing(uuid, timestamptz, uuid[], uuid[], uuid[]) from public;
grant execute on function end_routing(uuid, timestamptz, uuid[], uuid[], uuid[]) to hubbub_app;
