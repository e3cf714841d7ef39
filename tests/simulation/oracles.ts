import { createHash } from "node:crypto";
import { checkAccount } from "../../server/app/check.ts";
import { loadOf } from "../../server/modules/routing/index.ts";
import { type Database, sql } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { boardFaults } from "./board-oracle.ts";
import type { SimulatedNetwork } from "./crashing-network.ts";

const CAPACITY = 100;
type Row = Record<string, unknown>;

export interface Judged {
  faults: string[];
  /** Of everything the journal says, in its order. */
  journal: string;
  counts: { messages: number; replies: number; episodes: number; unknown: number };
}

/** Compares what the network knows with what we know, after everything has come to rest. */
export async function judge(
  db: Database,
  accountId: AccountId,
  network: SimulatedNetwork,
  agentIds: readonly string[],
): Promise<Judged> {
  const rows = <T extends Row>(query: ReturnType<typeof sql<T>>): Promise<T[]> =>
    db.withAccount(accountId, async (tx) => (await query.execute(tx.tables())).rows);
  const faults = [
    ...(await inbound(rows, accountId, network)),
    ...(await outbound(rows, accountId, network)),
    ...(await journalFaults(rows, accountId)),
    ...(await workFaults(db, rows, accountId, agentIds)),
    ...(await boardFaults(db, accountId)),
    ...(await checkAccount(db, accountId)).map((f) => `${f.check}: ${f.count}, ${f.examples.join(" ")}`),
  ];
  const events = await rows(
    sql<Row>`select position, id, type, v, key, payload from event where account_id = ${accountId} order by position`,
  );
  const counted = await rows(sql<{ messages: number; replies: number; episodes: number; unknown: number }>`
    select (select count(*)::int from message where account_id = ${accountId}) as messages,
      (select count(*)::int from reply where account_id = ${accountId}) as replies,
      (select count(*)::int from episode where account_id = ${accountId}) as episodes,
      (select count(*)::int from reply where account_id = ${accountId} and state = 'unknown') as unknown`);
  return { faults, counts: counted[0]!, journal: createHash("sha256").update(JSON.stringify(events)).digest("hex") };
}

type Ask = <T extends Row>(query: ReturnType<typeof sql<T>>) => Promise<T[]>;

/** Each post and direct message that concerns us is one message, in its last words, or a tombstone. */
async function inbound(rows: Ask, accountId: AccountId, { net, facts }: SimulatedNetwork): Promise<string[]> {
  const { state } = net;
  const ours = facts.profileId;
  const stored = new Map<string, { text: string; state: string; n: number }>();
  for (const row of await rows(sql<{ external_id: string; text: string; state: string; n: number }>`
      select external_id, min(text) as text, min(state) as state, count(*)::int as n from message
      where account_id = ${accountId} group by external_id`))
    stored.set(row.external_id, row);
  const faults: string[] = [];
  const threads = new Set([...state.posts.values()].filter((p) => p.author === ours).map((p) => p.rootId));
  const concerns = (text: string, rootId: string, mentions: readonly string[]) =>
    mentions.includes(ours) || threads.has(rootId) || /northwind/i.test(text);
  for (const post of state.posts.values())
    if (post.deletedAt !== null || concerns(post.texts.at(-1) ?? "", post.rootId, post.mentions))
      compare(post.id, post.texts.at(-1) ?? "", post.deletedAt !== null);
  for (const dm of state.dms.values()) compare(dm.id, dm.texts.at(-1) ?? "", dm.deletedAt !== null);

  function compare(id: string, text: string, deleted: boolean): void {
    const row = stored.get(id);
    if (row && row.n > 1) faults.push(`doubled: ${id} is stored ${row.n} times`);
    if (deleted) {
      // Deleted before we ever heard of it: there is nothing to keep a tombstone of.
      if (row && row.state !== "tombstone") faults.push(`${id} is deleted on the network and ${row.state} with us`);
    } else if (!row) faults.push(`lost: ${id} was never stored`);
    else if (row.state !== "live") faults.push(`${id} is live on the network and ${row.state} with us`);
    else if (row.text !== text) faults.push(`${id} reads "${row.text}" with us and "${text}" there`);
  }
  return faults;
}

/** What the network accepted from us is what we say was sent: once each, under a name. */
async function outbound(rows: Ask, accountId: AccountId, { net }: SimulatedNetwork): Promise<string[]> {
  const faults: string[] = [];
  const parts = await rows(sql<{
    client_id: string;
    text: string;
    state: string;
    external_id: string | null;
    delivery: string;
    audience: string;
    agent: string;
  }>`
    select p.client_id, p.text, p.state, p.external_id, d.state as delivery, d.permit->>'audience' as audience, d.permit->'disclosure'->>'agentName' as agent
    from delivery_part p join delivery d on d.account_id = p.account_id and d.id = p.delivery_id where p.account_id = ${accountId}`);
  const accepted = net.state.accepted.filter((a) => a.via === "api");
  const byKey = Map.groupBy(accepted, (a) => a.idempotencyKey ?? `none ${a.n}`);
  const known = new Set(parts.map((p) => p.client_id));
  for (const [key, calls] of byKey) {
    if (calls.length > 1) faults.push(`doubled: ${key} was accepted ${calls.length} times`);
    if (!known.has(key)) faults.push(`the network accepted ${key}, and no part of ours has that name`);
  }
  // Whatever its name: a text stands there no more often than agents asked for it.
  const asked = Map.groupBy(parts, (p) => p.text);
  for (const [text, calls] of Map.groupBy(accepted, (a) => a.text ?? ""))
    if (calls.length > (asked.get(text)?.length ?? 0))
      faults.push(
        `doubled: "${text.slice(0, 80)}" stands there ${calls.length} times, asked ${asked.get(text)?.length ?? 0} times`,
      );
  for (const part of parts) {
    const there = byKey.get(part.client_id)?.[0];
    if (part.state === "sent" && there?.objectId !== part.external_id)
      faults.push(
        `${part.client_id} counts as sent as ${part.external_id}; the network has ${there?.objectId ?? "nothing"}`,
      );
    if (part.state !== "sent" && there)
      faults.push(`${part.client_id} stands on the network and counts as ${part.state}`);
    if (part.state === "unknown" || part.state === "in-flight")
      faults.push(`${part.client_id} is ${part.state} after the network was well again for hours`);
    if (there && part.audience === "public" && !there.text?.includes(part.agent))
      faults.push(`${part.client_id} went out in public without the name of ${part.agent}`);
  }
  return faults;
}

/** Dense positions, nobody behind, nothing parked. */
async function journalFaults(rows: Ask, accountId: AccountId): Promise<string[]> {
  const [journal] = await rows(sql<{ n: number; top: number; unnumbered: number; parked: number; behind: number }>`
    select count(*)::int as n, coalesce(max(position), 0)::int as top, (count(*) filter (where position is null))::int as unnumbered,
      (select count(*)::int from parked_event where account_id = ${accountId}) as parked
    from event where account_id = ${accountId}`);
  const { n, top, unnumbered, parked } = journal!;
  return [
    ...(n !== top || unnumbered > 0
      ? [`the journal is not dense: ${n} events, highest ${top}, ${unnumbered} without a number`]
      : []),
    ...(parked > 0 ? [`${parked} events are parked`] : []),
  ];
}

/** One owner each, nobody over capacity, and nothing waits while somebody who can is free. */
async function workFaults(
  db: Database,
  rows: Ask,
  accountId: AccountId,
  agentIds: readonly string[],
): Promise<string[]> {
  const faults: string[] = [];
  const loads = await db.withAccount(accountId, (tx) => loadOf(tx, agentIds));
  for (const [agentId, load] of loads)
    if (load.used > CAPACITY) faults.push(`${agentId} holds ${load.used} of ${CAPACITY}`);
  const free = await rows(sql<{ agent_id: string }>`
    select agent_id from presence where account_id = ${accountId} and state = 'available'`);
  const idle = free.filter((a) => loads.get(a.agent_id)?.used === 0);
  const waiting = await rows(sql<{ id: string; excluded: string[] }>`
    select id, excluded from work_item where account_id = ${accountId} and state = 'queued' and skills = '[]'::jsonb`);
  for (const item of waiting)
    for (const agent of idle)
      if (!JSON.stringify(item.excluded).includes(agent.agent_id))
        faults.push(`work ${item.id} waits while ${agent.agent_id} is free`);
  return faults;
}
