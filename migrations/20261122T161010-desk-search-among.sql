-- owner: desk
-- A look among given conversations goes to the end of each: of one with more than 500 messages it had left the older ones out.

-- Messages that match, newest first, and the conversation each is shown in. `query` is a tsquery with '~' where the mark belongs; null
-- asks for all. `among`: only in these conversations. The last row has no message and tells in `until` how far it has looked when it
-- stopped before the end, having looked at as much as one call may; whoever asks again from there (`before`) misses nothing.
create or replace function search_messages(
  query text, before uuid, after uuid, among uuid[],
  is_open boolean, owned_by uuid, in_queues uuid[],
  reads_all boolean, reads_queues uuid[], reads_brands uuid[], reads_own uuid,
  most integer, lookups integer
) returns table (message_id uuid, conversation_id uuid, until uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, public
  set enable_seqscan = off
  set jit = off
  as $$
#variable_conflict use_column
declare
  acct constant uuid := app_account();
  needs_work constant boolean := not reads_all or is_open is not null or owned_by is not null or in_queues is not null;
  -- Finds of one step, and of one call, that are looked at more closely.
  step_most constant integer := 4000;
  call_most constant integer := 12000;
  low uuid;
  high uuid;
  high_slice bigint;
  low_slice bigint;
  from_slice bigint;
  width bigint := 1;
  upper uuid := coalesce(before, 'ffffffff-ffff-ffff-ffff-ffffffffffff');
  lowest constant uuid := coalesce(after, '00000000-0000-0000-0000-000000000000');
  ids uuid[];
  asked integer := 0;
  looked integer := 0;
  found integer := 0;
  n integer;
  stopped uuid;
begin
  if acct is null or most <= 0 then return; end if;
  if among is null then
    select d.message_id into high from search_doc d
      where d.account_id = acct and d.message_id < upper order by d.message_id desc limit 1;
    select d.message_id into low from search_doc d
      where d.account_id = acct and d.message_id >= lowest order by d.message_id limit 1;
    if high is null or low is null or high < low then return; end if;
    high_slice := search_slice(high);
    low_slice := search_slice(low);
  end if;
  loop
    if among is not null then
      -- Of each as much as one step reads. Where that was not all of one, the next step goes on from there, for all of them.
      with line as materialized (
        select l.message_id, l.place from unnest(among) as c(id)
        cross join lateral (
          select s.message_id, row_number() over (order by s.message_id desc) as place from (
            select p.message_id from placement p
            where p.account_id = acct and p.conversation_id = c.id and p.message_id < upper and p.message_id >= lowest
            order by p.message_id desc limit 500) s) l),
      edge as materialized (
        select (select l.message_id from line l where l.place = 500 order by l.message_id desc limit 1) as id, (select count(*) from line) as lines)
      select e.id, e.lines, array(
        select l.message_id from line l
        cross join lateral (
          select d.words from search_doc d where d.account_id = acct and d.message_id = l.message_id offset 0) d
        where (e.id is null or l.message_id >= e.id)
          and (query is null or d.words @@ replace(query, '~', search_mark(acct, search_slice(l.message_id)))::tsquery)
        order by l.message_id desc)
      into stopped, n, ids from edge e;
      looked := looked + n;
      asked := asked + 1;
      high_slice := case when stopped is null then -1 else 0 end;
      low_slice := 0;
    elsif query is null then
      ids := array(
        select d.message_id from search_doc d
        where d.account_id = acct and d.message_id < upper and d.message_id >= lowest
        order by d.message_id desc limit step_most);
      stopped := case when cardinality(ids) = step_most then ids[step_most] end;
      if stopped is null then high_slice := low_slice - 1; end if;
    else
      from_slice := greatest(low_slice, high_slice - width + 1);
      ids := array(
        with hit as materialized (
          select d.account_id, d.message_id from search_doc d
          where d.words @@ (select string_agg('(' || replace(query, '~', search_mark(acct, s)) || ')', ' | ')
                            from generate_series(from_slice, high_slice) s)::tsquery)
        select h.message_id from hit h
        where h.account_id = acct and h.message_id < upper and h.message_id >= lowest
        order by h.message_id desc limit step_most);
      asked := asked + (high_slice - from_slice + 1)::integer;
      if cardinality(ids) = step_most then
        -- More than that in one step: the rest of it comes next, by itself.
        stopped := ids[step_most];
        high_slice := search_slice(stopped);
        width := 1;
      else
        stopped := null;
        high_slice := from_slice - 1;
        width := case when cardinality(ids) < 200 then width * 4 when cardinality(ids) < 1500 then width * 2 else width end;
      end if;
    end if;
    looked := looked + cardinality(ids);

    return query
      select h.id, p.conversation_id, null::uuid
      from unnest(ids) with ordinality as h(id, place)
      cross join lateral (
        select p.conversation_id from placement p
        where p.account_id = acct and p.message_id = h.id and p.conversation_id is not null and p.deleted_at is null offset 0) p
      left join lateral (
        select c.brand_id from conversation c
        where not reads_all and c.account_id = acct and c.id = p.conversation_id offset 0) c on true
      left join lateral (
        select w.queue_id, w.owner_id, w.state not in ('done', 'withdrawn') as open from work_item w
        where needs_work and w.account_id = acct and w.conversation_id = p.conversation_id
        order by (w.state in ('done', 'withdrawn')), w.opened_at desc, w.id desc limit 1) w on true
      where (reads_all or w.queue_id = any(reads_queues) or c.brand_id = any(reads_brands) or w.owner_id = reads_own)
        and (is_open is null or is_open = coalesce(w.open, false))
        and (owned_by is null or (w.open and w.owner_id = owned_by))
        and (in_queues is null or w.queue_id = any(in_queues))
      order by h.place
      limit most - found;
    get diagnostics n = row_count;
    found := found + n;
    exit when found >= most or high_slice < low_slice;
    upper := coalesce(stopped, search_slice_floor(high_slice + 1));
    if looked >= call_most or asked >= lookups then
      return query select null::uuid, null::uuid, upper;
      exit;
    end if;
    width := greatest(1, least(width, lookups - asked));
  end loop;
end $$;
