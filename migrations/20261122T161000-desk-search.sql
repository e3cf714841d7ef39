-- owner: desk
-- Search. Under row-level security full text can use no index (DESIGN D3), so looking is done by the functions below, which run as their
-- owner, take the account from the transaction's setting and compare it in every statement. What may be read is decided in them by the
-- same columns as everywhere (queue, brand, owner of the conversation's open work, else of its last).

-- Six days and five hours of messages, by the time in their id.
create function search_slice(id uuid) returns bigint
  language sql immutable parallel safe
  as $$ select ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint >> 29 $$;
create function search_slice_floor(slice bigint) returns uuid
  language sql immutable parallel safe
  as $$ select (lpad(to_hex(slice << 29), 12, '0') || repeat('0', 20))::uuid $$;
-- What stands before each word in the index: the words of an account, and of a slice of its time, lie side by side, so that the
-- newest finds are read without the older ones and without those of others. Two accounts may share one: `account_id` decides.
create function search_mark(account uuid, slice bigint) returns text
  language sql immutable parallel safe
  as $$ select substr(md5(account::text), 1, 4) || coalesce(to_hex(slice), '') || '.' $$;

-- The indexes keep little aside (512 kB): what lies there is read through by every look.
-- One message as it is searched: its words folded (NFKC, small letters, without accents), with their places; facts as words that begin
-- with a sign: '#n.bluesky', '@anna' for whoever said it, '>shop' for whom it was said to.
create table search_doc (
  account_id uuid not null,
  message_id uuid not null,
  words tsvector not null,
  primary key (account_id, message_id)
);
create index search_doc_words on search_doc using gin (words) with (gin_pending_list_limit = 512);
call protect('search_doc');

-- Names and handles of a customer.
create table search_person (
  account_id uuid not null,
  customer_id uuid not null,
  words tsvector not null,
  primary key (account_id, customer_id)
);
create index search_person_words on search_person using gin (words) with (gin_pending_list_limit = 512);
call protect('search_person');

-- Each word that stands in some message, once, and its runs of three letters: parts of words are looked up here, then the words there.
create table search_word (
  account_id uuid not null,
  word text not null,
  grams tsvector not null,
  primary key (account_id, word)
);
create index search_word_grams on search_word using gin (grams) with (gin_pending_list_limit = 512);
call protect('search_word');

-- Messages that match, newest first, and the conversation each is shown in. `query` is a tsquery with '~' where the mark belongs; null
-- asks for all. `among`: only in these conversations. The last row has no message and tells in `until` how far it has looked when it
-- stopped before the end, having looked at as much as one call may; whoever asks again from there (`before`) misses nothing.
create function search_messages(
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
      ids := array(
        select m.message_id from unnest(among) as c(id)
        cross join lateral (
          select p.message_id from placement p
          where p.account_id = acct and p.conversation_id = c.id and p.message_id < upper and p.message_id >= lowest
          order by p.message_id desc limit 500) m
        cross join lateral (
          select d.words from search_doc d where d.account_id = acct and d.message_id = m.message_id offset 0) d
        where query is null or d.words @@ replace(query, '~', search_mark(acct, search_slice(m.message_id)))::tsquery
        order by m.message_id desc);
      stopped := null;
      high_slice := -1; low_slice := 0;
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

-- Customers whose names answer, the last seen first. `query` as above, with the account's mark.
create function search_people(
  query text, reads_all boolean, reads_queues uuid[], reads_brands uuid[], reads_own uuid, most integer
) returns table (customer_id uuid)
  language plpgsql stable security definer
  set search_path = pg_catalog, public
  set enable_seqscan = off
  set jit = off
  as $$
#variable_conflict use_column
declare
  acct constant uuid := app_account();
begin
  if acct is null then return; end if;
  return query
    with hit as materialized (
      select p.account_id, p.customer_id from search_person p where p.words @@ replace(query, '~', search_mark(acct, null))::tsquery limit 2000),
    named as materialized (
      select c.id, c.last_seen_at from hit h
      cross join lateral (
        select c.id, c.last_seen_at from customer c
        where h.account_id = acct and c.account_id = acct and c.id = h.customer_id and c.merged_into is null and c.state = 'live' offset 0) c
      order by c.last_seen_at desc, c.id limit 200)
    select n.id from named n
    where reads_all or exists (
      select 1 from conversation c
      left join lateral (
        select w.queue_id, w.owner_id from work_item w
        where w.account_id = acct and w.conversation_id = c.id
        order by (w.state in ('done', 'withdrawn')), w.opened_at desc, w.id desc limit 1) w on true
      where c.account_id = acct and c.customer_id = n.id
        and (w.queue_id = any(reads_queues) or c.brand_id = any(reads_brands) or w.owner_id = reads_own))
    order by n.last_seen_at desc, n.id limit most;
end $$;

-- Words that have this inside, the shortest first. `query` holds its runs of three letters, each with '~'; `part` is what they must spell.
create function search_words(query text, part text, most integer) returns table (word text)
  language plpgsql stable security definer
  set search_path = pg_catalog, public
  set enable_seqscan = off
  set jit = off
  as $$
#variable_conflict use_column
declare
  acct constant uuid := app_account();
begin
  if acct is null then return; end if;
  return query
    with hit as materialized (
      select w.account_id, w.word from search_word w where w.grams @@ replace(query, '~', search_mark(acct, null))::tsquery)
    select h.word from hit h where h.account_id = acct and strpos(h.word, part) > 0
    order by length(h.word), h.word limit most;
end $$;

-- Takes messages out, and words that stand in no other: what is erased is not found by a part of it either.
create function search_forget(gone uuid[]) returns void
  language plpgsql security definer
  set search_path = pg_catalog, public
  set enable_seqscan = off
  set jit = off
  as $$
declare
  acct constant uuid := app_account();
  low bigint;
  high bigint;
  texts text[];
  one text;
begin
  if acct is null then return; end if;
  texts := array(
    select distinct split_part(x.lexeme, '.', 2) from search_doc d cross join lateral unnest(tsvector_to_array(d.words)) as x(lexeme)
    where d.account_id = acct and d.message_id = any(gone) and left(split_part(x.lexeme, '.', 2), 1) <> all ('{#,@,>}'));
  delete from search_doc d where d.account_id = acct and d.message_id = any(gone);
  select search_slice(d.message_id) into low from search_doc d where d.account_id = acct order by d.message_id limit 1;
  select search_slice(d.message_id) into high from search_doc d where d.account_id = acct order by d.message_id desc limit 1;
  foreach one in array texts loop
    delete from search_word w where w.account_id = acct and w.word = one
      and not exists (
        select 1 from search_doc d
        where d.account_id = acct and d.words @@ (
          select string_agg(format('''%s%s''', search_mark(acct, s), one), ' | ') from generate_series(low, high) s)::tsquery);
  end loop;
end $$;

do $$
declare
  f text;
begin
  foreach f in array array[
    'search_messages(text, uuid, uuid, uuid[], boolean, uuid, uuid[], boolean, uuid[], uuid[], uuid, integer, integer)',
    'search_people(text, boolean, uuid[], uuid[], uuid, integer)',
    'search_words(text, text, integer)',
    'search_forget(uuid[])'] loop
    execute format('revoke execute on function %s from public', f);
    execute format('grant execute on function %s to hubbub_app', f);
  end loop;
end $$;
