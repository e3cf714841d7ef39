-- owner: platform
-- The steps of the journal that every message takes several times, each in one round trip and with a plan that the session keeps: a
-- message is numbered three times and read by five readers before it is work, and planning cost more than doing. Each statement inside
-- sees what was committed when it began. All of them run with the rights of whoever calls them.

-- Gives positions to what is visible (DESIGN D4) and tells what was numbered, by account: [{accountId, after, upTo, types}]. Null when
-- the lease is another's. What is numbered is found row by row: rather than look up as many rows as a batch may have, the planner would
-- read the whole journal.
create function number_events(with_token bigint, lease_until timestamptz, most integer) returns json
  language plpgsql
  set enable_hashjoin = off
  set enable_mergejoin = off
  set enable_seqscan = off
as $$
declare
  news json;
begin
  -- Locks the lease to the end: a former holder that wakes up late finds another token and stops.
  update lease set expires_at = lease_until where name = 'sequencer' and token = with_token;
  if not found then
    return null;
  end if;
  with fresh as (
    select account_id, id, ord, type from event where position is null order by ord limit most
  ), counts as (
    select account_id, count(*) as n, json_agg(distinct type) as types from fresh group by account_id
  ), heads as (
    insert into journal_head as h (account_id, position) select account_id, n from counts
    on conflict (account_id) do update set position = h.position + excluded.position
    returning account_id, position
  ), numbered as (
    select f.account_id, f.id,
      h.position - count(*) over (partition by f.account_id) + row_number() over (partition by f.account_id order by f.ord) as position
    from fresh f join heads h using (account_id)
  ), written as (
    update event e set position = n.position from numbered n where e.account_id = n.account_id and e.id = n.id
  )
  select coalesce(json_agg(json_build_object(
      'accountId', c.account_id, 'after', h.position - c.n, 'upTo', h.position, 'types', c.types)), '[]')
    into news from counts c join heads h using (account_id);
  if json_array_length(news) > 0 then
    -- A notice holds less than 8,000 bytes; an empty one says "look".
    perform pg_notify('hubbub_position', case when octet_length(news::text) < 7500 then news::text else '' end);
  end if;
  return news;
end $$;
revoke execute on function number_events(bigint, timestamptz, integer) from public;
grant execute on function number_events(bigint, timestamptz, integer) to hubbub_system;

-- Locks the cursors of a reader that nobody else holds and reads on from the lowest: {cursors, head, events, parked}. The cursors are
-- locked by a statement of their own: what the others see includes all that a former holder has done. Shards in `without` wait.
create function read_journal(mine uuid, by_reader text, of_types text[], without smallint[], most integer) returns json
  language plpgsql
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  known integer;
  cursors json;
  shards smallint[];
  low bigint;
  head bigint;
  events json;
  parked json;
begin
  for attempt in 1..2 loop
    select count(*), json_agg(json_build_object('shard', c.shard, 'position', c.position)) filter (where c.shard <> all (without)),
        array_agg(c.shard) filter (where c.shard <> all (without)), min(c.position) filter (where c.shard <> all (without))
      into known, cursors, shards, low
      from (select shard, position from reader_cursor where account_id = mine and reader = by_reader order by shard for update skip locked) c;
    exit when known > 0 or attempt = 2;
    insert into reader_cursor (account_id, reader, shard, position) select mine, by_reader, s, 0 from generate_series(0, 15) s on conflict do nothing;
  end loop;
  select h.position into head from journal_head h where h.account_id = mine;
  if low < head then
    with found as (
      select e.position, e.id, e.type, e.v, e.key, e.shard, e.entity, e.entity_id, e.entity_version, e.payload, e.trace_id,
        floor(extract(epoch from e.occurred_at) * 1000)::bigint as occurred_at
      from event e
      where e.account_id = mine and e.position > low and e.position <= head and e.shard = any (shards) and e.type = any (of_types)
      order by e.position limit most
    )
    select (select json_agg(f) from found f),
        (select json_agg(distinct p.key) from parked_event p
          where p.account_id = mine and p.reader = by_reader and p.key in (select f.key from found f))
      into events, parked;
  end if;
  return json_build_object('cursors', coalesce(cursors, '[]'), 'head', coalesce(head, 0), 'events', coalesce(events, '[]'),
    'parked', coalesce(parked, '[]'));
end $$;

-- What happened after a position, of the types that screens hear of, and how far the journal goes: {head, events}.
create function journal_after(mine uuid, after_position bigint, of_types text[], most integer) returns json
  language plpgsql
  set enable_seqscan = off
  set enable_bitmapscan = off
as $$
declare
  head bigint;
  events json;
begin
  select h.position into head from journal_head h where h.account_id = mine;
  if after_position < head then
    select json_agg(f) into events from (
      select e.position, e.id, e.type, e.v, e.key, e.shard, e.entity, e.entity_id, e.entity_version, e.payload, e.trace_id,
        floor(extract(epoch from e.occurred_at) * 1000)::bigint as occurred_at
      from event e
      where e.account_id = mine and e.position > after_position and e.position <= head and e.type = any (of_types)
      order by e.position limit most
    ) f;
  end if;
  return json_build_object('head', coalesce(head, 0), 'events', coalesce(events, '[]'));
end $$;
