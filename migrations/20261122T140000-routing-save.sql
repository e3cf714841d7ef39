-- owner: routing
-- All that an act of routing writes of its own is one call (docs/decisions/0017): it belongs to store/save-store.ts and changes with it.
--
-- changed, made, settled, offered, decided, turns: rows, null where there are none. updated: how many of `changed` stood as they were read.
-- step: of an act that changed something (`touched` is not null), else null. Work that ends makes room for new work of its conversation, so
-- it is written first. Rows are found by their ids: by `changed` alone the planner may read all that the account has. The plans are kept for as long
-- as a session lasts: one that was made while a table was small must not read it from end to end when it is large.
create function save_routing(account uuid, at_time timestamptz, changed jsonb, made jsonb, settled jsonb, offered jsonb, decided jsonb, turns jsonb,
    touched uuid[], whose uuid[], served uuid[], out updated integer, out step bigint)
  language plpgsql set enable_seqscan to off as $$
declare
  ids uuid[];
begin
  updated := 0;
  if changed is not null then
    ids := array(select (c->>'id')::uuid from jsonb_array_elements(changed) c);
    update work_item w set queue_id = r.queue_id, state = r.state, crisis = r.crisis, priority = r.priority, skills = r.skills,
      t0 = r.t0, due_at = r.due_at, rings_at = r.rings_at, lane = r.lane, clock = r.clock, owner_id = r.owner_id,
      assigned_at = r.assigned_at, sticky_agent_id = r.sticky_agent_id, sticky_until = r.sticky_until, excluded = r.excluded,
      wakes_at = r.wakes_at, park_reason = r.park_reason, misses = r.misses, transfers = r.transfers,
      known_agents = r.known_agents, barred = r.barred, guests = r.guests, has_guests = r.has_guests, behind = r.behind,
      wrap_until = r.wrap_until, wrap_extended = r.wrap_extended, held_for = r.held_for,
      reason = coalesce(r.reason, w.reason),
      done_at = case when r.ends then at_time when r.state in ('done', 'withdrawn') then w.done_at end,
      version = w.version + 1
    from jsonb_to_recordset(changed) as r(id uuid, version integer, reason jsonb, ends boolean,
      queue_id uuid, state text, crisis boolean, priority text, skills jsonb, t0 timestamptz, due_at timestamptz, rings_at jsonb, lane text,
      clock text, owner_id uuid, assigned_at timestamptz, sticky_agent_id uuid, sticky_until timestamptz, excluded jsonb, wakes_at timestamptz,
      park_reason text, misses integer, transfers integer, known_agents jsonb, barred jsonb, guests jsonb, has_guests boolean, behind text,
      wrap_until timestamptz, wrap_extended boolean, held_for uuid)
    where w.account_id = account and w.id = any(ids) and w.id = r.id and w.version = r.version;
    get diagnostics updated = row_count;
  end if;
  if made is not null then
    insert into work_item (account_id, opened_at, reason, id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility,
      weight, trace_id, alike, queue_id, state, crisis, priority, skills, t0, due_at, rings_at, lane, clock, owner_id, assigned_at, sticky_agent_id,
      sticky_until, excluded, wakes_at, park_reason, misses, transfers, known_agents, barred, guests, has_guests, behind, wrap_until, wrap_extended, held_for)
    select account, at_time, '{}', r.id, r.conversation_id, r.episode_id, r.customer_id, r.brand_id, r.channel_id, r.medium, r.visibility,
      r.weight, r.trace_id, r.alike, r.queue_id, r.state, r.crisis, r.priority, r.skills, r.t0, r.due_at, r.rings_at, r.lane, r.clock, r.owner_id,
      r.assigned_at, r.sticky_agent_id, r.sticky_until, r.excluded, r.wakes_at, r.park_reason, r.misses, r.transfers, r.known_agents, r.barred,
      r.guests, r.has_guests, r.behind, r.wrap_until, r.wrap_extended, r.held_for
    from jsonb_to_recordset(made) as r(id uuid, conversation_id uuid, episode_id uuid, customer_id uuid, brand_id uuid, channel_id uuid,
      medium text, visibility text, weight integer, trace_id text, alike text,
      queue_id uuid, state text, crisis boolean, priority text, skills jsonb, t0 timestamptz, due_at timestamptz, rings_at jsonb, lane text,
      clock text, owner_id uuid, assigned_at timestamptz, sticky_agent_id uuid, sticky_until timestamptz, excluded jsonb, wakes_at timestamptz,
      park_reason text, misses integer, transfers integer, known_agents jsonb, barred jsonb, guests jsonb, has_guests boolean, behind text,
      wrap_until timestamptz, wrap_extended boolean, held_for uuid);
  end if;
  -- An offer that is ended already stays as it is.
  if settled is not null then
    ids := array(select (c->>'id')::uuid from jsonb_array_elements(settled) c);
    update offer o set state = r.state, decline_reason = r.reason, settled_at = at_time, version = o.version + 1
    from jsonb_to_recordset(settled) as r(id uuid, state text, reason text)
    where o.account_id = account and o.id = any(ids) and o.id = r.id and o.state = 'pending';
  end if;
  if offered is not null then
    insert into offer (account_id, id, work_item_id, agent_id, state, reason, offered_at, expires_at)
    select account, r.id, r.work_item_id, r.agent_id, 'pending', r.reason, at_time, r.expires_at
    from jsonb_to_recordset(offered) as r(id uuid, work_item_id uuid, agent_id uuid, reason jsonb, expires_at timestamptz);
  end if;
  if turns is not null then
    insert into queue_turn (account_id, queue_id, turns)
    select account, r.queue_id, r.turns from jsonb_to_recordset(turns) as r(queue_id uuid, turns jsonb)
    on conflict (account_id, queue_id) do update set turns = excluded.turns;
  end if;
  if decided is not null then
    insert into routing_decision (account_id, id, work_item_id, at, act, agent_id, reason)
    select account, r.id, r.work_item_id, r.at, r.act, r.agent_id, r.reason
    from jsonb_to_recordset(decided) as r(id uuid, n integer, work_item_id uuid, at timestamptz, act text, agent_id uuid, reason jsonb)
    order by r.n;
  end if;
  if touched is not null then
    step := end_routing(account, at_time, touched, whose, served);
  end if;
end $$;
revoke execute on function save_routing(uuid, timestamptz, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, uuid[], uuid[], uuid[]) from public;
grant execute on function save_routing(uuid, timestamptz, jsonb, jsonb, jsonb, jsonb, jsonb, jsonb, uuid[], uuid[], uuid[]) to hubbub_app;
