import { checkAccount } from "../../server/app/check.ts";
import { readers } from "../../server/app/modules.ts";
import type { Json } from "../support/api-client.ts";
import type { Agent } from "./agent.ts";
import type { Ledger } from "./ledger.ts";
import type { Accepted } from "./network-client.ts";
import type { World } from "./world.ts";

export interface Violation {
  oracle: string;
  says: string;
}
export interface Counts {
  messages: number;
  replies: number;
  /** Times that the outcome of a call was not known for a while. */
  unknown: number;
  /** Replies whose fate is still not known at the end. */
  stillUnknown: number;
}
export interface Verdict {
  violations: Violation[];
  counts: Counts;
}

/** What a seed has to be held against. */
export interface Evidence {
  world: World;
  /** The network's own log since the seed began. */
  accepted: readonly Accepted[];
  ledger: Ledger;
  /** When the seed began, in positions of the journal and by the clock. */
  from: { position: number };
  supervisor: Agent;
  kills: number;
}

type Oracle = (evidence: Evidence, broken: (says: string) => void, counts: Counts) => Promise<void>;

/** Every post and private message that the network took from a customer is one message of ours, in one place, as it stands now. */
const inbound: Record<string, Oracle> = {
  async "every post is one message"({ world, accepted }, broken, counts) {
    const said = accepted.filter((a) => a.via === "sim" && /^(post|dm)\.create$/.test(a.op));
    const rows = await world.query<{ external_id: string; n: number }>(
      "select external_id, count(*)::int as n from message where external_id = any($1) group by 1",
      [said.map((a) => a.objectId)],
    );
    const found = new Map(rows.map((r) => [r.external_id, r.n]));
    counts.messages += said.length;
    for (const { objectId, text } of said) {
      const n = found.get(objectId) ?? 0;
      if (n === 0) broken(`lost: ${objectId} "${text}" is no message`);
      if (n > 1) broken(`doubled: ${objectId} "${text}" is ${n} messages`);
    }
  },
  async "every message has one place"({ world, accepted }, broken) {
    const rows = await world.query<{ external_id: string; n: number; inside: number; reasons: number }>(
      `select m.external_id, count(p.message_id)::int as n, count(p.conversation_id)::int as inside, count(p.outside)::int as reasons
       from message m left join placement p on p.account_id = m.account_id and p.message_id = m.id
       where m.external_id = any($1) group by m.account_id, m.id, m.external_id`,
      [accepted.filter((a) => a.op.endsWith(".create")).map((a) => a.objectId)],
    );
    for (const { external_id, n, inside, reasons } of rows)
      if (n !== 1 || inside + reasons !== 1) broken(`${external_id} has ${n} places, ${inside} of them conversations`);
  },
  async "edits and deletions are honoured"({ world, accepted }, broken) {
    const changed = new Map<string, Accepted>();
    for (const a of accepted) if (a.via === "sim" && /^post\.(edit|delete)$/.test(a.op)) changed.set(a.objectId, a);
    const rows = await world.query<{ external_id: string; text: string; state: string }>(
      "select external_id, text, state from message where external_id = any($1)",
      [[...changed.keys()]],
    );
    for (const { external_id, text, state } of rows) {
      const last = changed.get(external_id)!;
      if (last.op === "post.delete" && state !== "tombstone") broken(`${external_id} was deleted and is ${state}`);
      if (last.op === "post.edit" && text !== last.text)
        broken(`${external_id} should say "${last.text}", says "${text}"`);
    }
  },
};

const outbound: Record<string, Oracle> = {
  async "nothing is sent twice"({ accepted }, broken) {
    const ours = accepted.filter((a) => a.via === "api" && a.op.endsWith(".create"));
    const byText = Map.groupBy(ours, (a) => /\([a-z]+-\d+-\d+\)/.exec(a.text ?? "")?.[0] ?? a.text ?? "");
    for (const [mark, all] of byText)
      if (all.length > 1) broken(`doubled: ${mark} stands ${all.length} times on the network`);
  },
  async "states agree with the network"({ world, accepted, ledger }, broken, counts) {
    const onNetwork = accepted.filter((a) => a.via === "api" && a.op.endsWith(".create"));
    const marks = ledger.filter((e) => e.kind === "reply").map((e) => e.nonce);
    const rows = await world.query<{
      text: string;
      state: string;
      audience: string;
      disclosure: string;
      delivery: string;
      parent: string | null;
    }>(
      `select r.text, r.state, r.audience, r.disclosure, d.state as delivery, d.intent->>'toExternalId' as parent
       from reply r join delivery d on d.account_id = r.account_id and d.id = r.delivery_id
       where substring(r.text from '\\([a-z]+-\\d+-\\d+\\)') = any($1)`,
      [marks],
    );
    counts.replies += rows.length;
    for (const { text, state, audience, disclosure, delivery, parent } of rows) {
      const there = onNetwork.filter((a) => a.text === text);
      const should = state === "sent" ? 1 : 0;
      if (state === "unknown") counts.stillUnknown++;
      else if (there.length !== should && there.length <= 1)
        broken(`"${text}" is ${state} with us (outbox: ${delivery}) and stands ${there.length} times on the network`);
      if (!["sent", "unknown", "failed", "withdrawn"].includes(state))
        broken(`"${text}" is still ${state} (outbox: ${delivery})`);
      for (const post of there) {
        if (audience === "public" && (disclosure === "" || !post.text!.endsWith(disclosure)))
          broken(`"${post.text}" went out in public without who says it`);
        if (audience === "public" && (post.op !== "post.create" || post.parentId !== parent))
          broken(`"${post.text}" should answer ${parent} in public, and is ${post.op} under ${post.parentId}`);
        if (audience === "private" && post.op !== "dm.create") broken(`"${post.text}" was private and is ${post.op}`);
      }
    }
    const ours = new Set(rows.map((r) => r.text));
    for (const { text } of onNetwork)
      if (!ours.has(text ?? "")) broken(`"${text}" stands on the network and nobody wrote it`);
  },
  async "unknown is rare and on a screen"({ world, ledger, kills, supervisor, from }, broken, counts) {
    const [row] = await world.query<{ n: number }>(
      "select count(*)::int as n from event where type = 'DeliveryUnknown' and position > $1",
      [from.position],
    );
    counts.unknown += row!.n;
    if (counts.stillUnknown > kills) broken(`${counts.stillUnknown} replies are unknown after ${kills} kills`);
    if (counts.stillUnknown === 0) return;
    const left = await world.query<{ id: string; conversation_id: string }>(
      "select id, conversation_id from reply where state = 'unknown' and conversation_id = any($1)",
      [ledger.map((e) => e.conversationId).filter((id) => id !== "")],
    );
    for (const { id, conversation_id } of left) {
      const view = await supervisor.get(`/api/desk/conversations/${conversation_id}`);
      if (!view?.timeline.some((e: Json) => e.id === id && e.state === "unknown"))
        broken(`reply ${id} is unknown, and no screen says so`);
    }
  },
};

const memory: Record<string, Oracle> = {
  async "what was acknowledged stays"({ world, ledger }, broken) {
    const texts = await world.query<{ mark: string; n: number }>(
      `select mark, count(*)::int as n from (
         select substring(text from '\\([a-z]+-\\d+-\\d+\\)') as mark from note union all
         select substring(text from '\\([a-z]+-\\d+-\\d+\\)') from reply) said where mark = any($1) group by 1`,
      [ledger.map((e) => e.nonce)],
    );
    const found = new Map(texts.map((t) => [t.mark, t.n]));
    for (const { kind, nonce, state, status } of ledger) {
      if (kind !== "note" && kind !== "reply" && kind !== "assign") continue;
      const n = found.get(nonce) ?? 0;
      if (state === "acknowledged" && n === 0) broken(`lost: ${kind} ${nonce} was acknowledged and is not there`);
      if (n > 1) broken(`doubled: ${kind} ${nonce} is there ${n} times`);
      if (state === "refused" && n > 0) broken(`${kind} ${nonce} was refused with ${status} and is there`);
    }
    for (const { kind, nonce, state } of ledger) {
      if (kind !== "undo" || state !== "acknowledged") continue;
      const [reply] = await world.query<{ state: string }>("select state from reply where text like $1", [
        `%${nonce}%`,
      ]);
      if (reply?.state !== "withdrawn") broken(`lost: ${nonce} was taken back, and is ${reply?.state}`);
    }
    const ended = ledger.filter((e) => e.kind === "resolve" && e.state === "acknowledged").map((e) => e.conversationId);
    // Ended while a reply was on its way, it ends with that: not when the customer has written since (who may have been answered by another
    // reply by now, or have deleted it), nor when the reply failed.
    const done = await world.query<{ id: string }>(
      `select conversation_id as id from episode where conversation_id = any($1) and (state = 'done' or unanswered_since is not null)
       union select conversation_id from reply where conversation_id = any($1) and resolve_outcome is not null and state in ('failed', 'withdrawn')
       union select r.conversation_id from reply r join placement p on p.account_id = r.account_id and p.conversation_id = r.conversation_id
         where r.conversation_id = any($1) and r.resolve_outcome is not null and p.role = 'customer' and p.at > r.written_at`,
      [ended],
    );
    const ids = new Set(done.map((d) => d.id));
    for (const id of ended) {
      if (ids.has(id)) continue;
      const episodes = await world.query<Json>("select * from episode where conversation_id = $1", [id]);
      const replies = await world.query<Json>("select * from reply where conversation_id = $1 order by written_at", [
        id,
      ]);
      const placed = await world.query<Json>(
        "select message_id, role, at, received_at, deleted_at from placement where conversation_id = $1 order by at",
        [id],
      );
      const facts = JSON.stringify({ episodes, replies, placed });
      broken(`lost: the episode of ${id} was resolved and none is done: ${facts}`);
    }
  },
};

const routing: Record<string, Oracle> = {
  async "one owner, nobody over capacity, nothing waits for a free agent"({ world }, broken) {
    const twice = await world.query<{ id: string; n: number }>(
      `select work_item_id as id, count(*)::int as n from offer where state = 'pending' group by 1 having count(*) > 1
       union all select episode_id, count(*)::int from work_item where state not in ('done', 'withdrawn') group by 1 having count(*) > 1
       union all select id, 1 from work_item where state = 'active' and owner_id is null
       union all select o.work_item_id, 1 from offer o join work_item w on w.account_id = o.account_id and w.id = o.work_item_id
         where o.state = 'pending' and w.state <> 'offered'
       union all select w.id, 0 from work_item w where w.state = 'offered'
         and not exists (select 1 from offer o where o.account_id = w.account_id and o.work_item_id = w.id and o.state = 'pending')`,
    );
    for (const { id, n } of twice) broken(`${id} is held or offered ${n} times at once`);
    const late = await world.query<{ step: number }>(
      `select l.step::int from (select step, token, max(token) over (partition by account_id order by step) as most from routing_log) l where l.token < l.most`,
    );
    for (const { step } of late) broken(`a late leader of routing wrote step ${step}`);
    const loads = await world.query<{ agent: string; medium: string; items: number; weight: number }>(
      `select agent, medium, count(*)::int as items, sum(weight)::int as weight from (
         select owner_id as agent, medium, weight from work_item where state in ('active', 'wrapup') and owner_id is not null
         union all select o.agent_id, w.medium, w.weight from offer o join work_item w on w.account_id = o.account_id and w.id = o.work_item_id
           where o.state = 'pending' and w.state = 'offered') carried group by 1, 2`,
    );
    const used = (agent: string) => loads.filter((l) => l.agent === agent).reduce((sum, l) => sum + l.weight, 0);
    const items = (agent: string, medium: string) =>
      loads.find((l) => l.agent === agent && l.medium === medium)?.items ?? 0;
    for (const agent of new Set(loads.map((l) => l.agent)))
      if (used(agent) > 100) broken(`${agent} carries ${used(agent)} of 100`);
    for (const { agent, medium, items: n } of loads) if (n > 5) broken(`${agent} carries ${n} of 5 ${medium}`);

    const { agents, skillId } = world.company;
    const here = new Set(
      (await world.query<{ id: string }>("select agent_id as id from presence where state = 'available'")).map(
        (r) => r.id,
      ),
    );
    const free = [agents.priya, agents.dana].filter((id) => here.has(id));
    const waiting = await world.query<{
      id: string;
      medium: string;
      weight: number;
      excluded: Json[];
      skills: Json[];
      sticky_until: number | null;
    }>("select id, medium, weight, excluded, skills, sticky_until from work_item where state = 'queued'");
    for (const { id, medium, weight, excluded, skills, sticky_until } of waiting) {
      if (sticky_until !== null && Number(sticky_until) > world.clock.now()) continue;
      if (skills.some((s) => s.kind === "hard" && s.skillId !== skillId)) continue;
      const able = free.filter(
        (agent) =>
          used(agent) + weight <= 100 &&
          items(agent, medium) < 5 &&
          !excluded.some((e) => e.agentId === agent || e.agent === agent),
      );
      if (able.length > 0) broken(`${id} waits while ${able.length} agents who could take it are free`);
    }
  },
};

const house: Record<string, Oracle> = {
  async "the journal is dense"({ world }, broken) {
    const rows = await world.query<{ head: number; n: number; highest: number; distinct: number; loose: number }>(
      `select h.position::int as head, count(e.position)::int as n, count(distinct e.position)::int as distinct, coalesce(max(e.position), 0)::int as highest,
         (select count(*)::int from event l where l.account_id = h.account_id and l.position is null) as loose
       from journal_head h left join event e on e.account_id = h.account_id and e.position is not null group by h.account_id, h.position`,
    );
    for (const { head, n, highest, distinct, loose } of rows)
      if (n !== head || highest !== head || distinct !== head || loose > 0)
        broken(`head ${head}, ${n} numbered, ${distinct} different, highest ${highest}, ${loose} without a number`);
  },
  async "no reader is parked or behind"({ world }, broken) {
    const parked = await world.query<{ reader: string; position: number; error: string }>(
      "select reader, position::int, error from parked_event limit 5",
    );
    for (const { reader, position, error } of parked) broken(`${reader} parked ${position}: ${error}`);
    const quarantined = await world.query<{ id: string; error: string }>(
      "select id, error from raw_inbox where state = 'quarantined' limit 5",
    );
    for (const { id, error } of quarantined) broken(`input ${id} was put aside: ${error}`);
    const named = await world.query<{ n: number }>("select count(distinct reader)::int as n from reader_cursor");
    if (named[0]!.n !== readers.length) broken(`${named[0]!.n} of ${readers.length} readers have ever read`);
  },
  async "the program's own check finds nothing"({ world }, broken) {
    for (const { check, says, count, examples } of await checkAccount(world.db, world.company.accountId))
      broken(`${check}: ${count} × ${says}: ${examples.join(", ")}`);
  },
  async "no process died by itself"({ world }, broken) {
    for (const child of [world.server, world.second, world.playground])
      for (const surprise of (child.surprises as string[]).splice(0)) broken(surprise);
  },
};

export const oracles: Readonly<Record<string, Oracle>> = { ...inbound, ...outbound, ...memory, ...routing, ...house };

export async function judge(evidence: Evidence): Promise<Verdict> {
  const violations: Violation[] = [];
  const counts: Counts = { messages: 0, replies: 0, unknown: 0, stillUnknown: 0 };
  for (const [oracle, look] of Object.entries(oracles))
    await look(evidence, (says) => violations.push({ oracle, says }), counts);
  return { violations, counts };
}
