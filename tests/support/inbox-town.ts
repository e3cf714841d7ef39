import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Client } from "pg";
import { from } from "pg-copy-streams";
import { DAY, HOUR, MINUTE } from "../../server/platform/clock.ts";
import type { Company } from "./company.ts";

/** Half a year in which so many messages came and went. */
const WEEKS = 26;
/** Of a hundred conversations, how many still wait for an answer; an agent holds no more than fits, however long the queue. */
const OPEN_PERCENT = 2;
const HELD_EACH = 8;
/** Conversations of one customer, and the longest one of a thousand. */
const PER_CUSTOMER = 2;
const LONG = 150;
const CHUNK_ROWS = 2_000;

const pleas = [
  "my line is down since this morning and nobody answers. What is going on?",
  "I was charged twice this month. Please help me, this is the third time I ask.",
  "why does my parcel with the new router not arrive? I have waited for nine days now.",
  "the app throws me out whenever I try to pay my bill. Can somebody fix this?",
];

const EVIDENCE = JSON.stringify([{ code: "thread", text: "The thread goes on.", weight: 3 }]);
const DETAIL = JSON.stringify({ backfilled: false });

type Cell = string | number | boolean | null;

interface Table {
  name: string;
  columns: string;
}
const tables = {
  customer: { name: "customer", columns: "account_id, id, name, first_seen_at, last_seen_at" },
  handle: {
    name: "handle",
    columns:
      "account_id, id, network, scope, external_id, handle, name, followers, customer_id, first_seen_at, last_seen_at",
  },
  conversation: {
    name: "conversation",
    columns:
      "account_id, id, number, brand_id, customer_id, subject, last_message_at, last_inbound_at, state, created_at",
  },
  thread: {
    name: "conversation_thread",
    columns: "account_id, channel_id, thread_key, handle_id, conversation_id, last_at",
  },
  message: {
    name: "message",
    columns:
      "account_id, id, channel_id, network, kind, visibility, direction, external_id, revision, thread_key, parent_external_id, author_id, author_handle, author_name, text, sent_at, received_at, state",
  },
  understanding: {
    name: "understanding",
    columns:
      "account_id, message_id, model_version, language, writing_direction, noise, addressed, intent, sentiment, gratitude, thanks_only, detail, at",
  },
  placement: {
    name: "placement",
    columns:
      "account_id, message_id, conversation_id, episode_id, role, handle_id, channel_id, sent_at, visibility, medium, evidence, actionable, at, brand_id, customer_id, network, thread_key, external_id, parent_external_id, received_at, wants",
  },
  episode: {
    name: "episode",
    columns:
      "account_id, id, conversation_id, ordinal, brand_id, channel_id, medium, visibility, state, opened_at, opened_by_message, first_reply_at, done_at, outcome",
  },
  work: {
    name: "work_item",
    columns:
      "account_id, id, queue_id, conversation_id, episode_id, customer_id, brand_id, channel_id, medium, visibility, state, priority, weight, t0, due_at, clock, owner_id, assigned_at, opened_at, done_at, lane",
  },
} satisfies Record<string, Table>;

/** A UUIDv7 of an instant that needs no chance: kind and number make it one of its kind. */
function id(at: number, kind: number, n: number): string {
  const time = Math.floor(at).toString(16).padStart(12, "0");
  const count = n.toString(16).padStart(15, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${kind.toString(16).padStart(3, "0")}-8${count.slice(0, 3)}-${count.slice(3)}`;
}

/** Equal numbers in every run (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Matter {
  n: number;
  id: string;
  customer: number;
  began: number;
  sizes: number;
  open: boolean;
  held: boolean;
}

export interface Town {
  conversationIds: string[];
  /** Conversations with open work, and the longest ones. */
  openIds: string[];
  longIds: string[];
}

/** Fills an account with its half year, by COPY, as the owner does a restore; the figures of the planner are up to date afterwards. */
export async function fillTown(owner: string, company: Company, messages: number, now: number): Promise<Town> {
  const client = new Client({ connectionString: owner });
  await client.connect();
  try {
    const first = now - WEEKS * 7 * DAY;
    await client.query("call ensure_month_partitions('message', $1, $2)", [new Date(first), new Date(now)]);
    const matters = imagine(messages, first, now);
    for (const [key, table] of Object.entries(tables) as [keyof typeof tables, Table][])
      await copy(client, table, rowsOf(key, matters, company));
    await client.query("insert into conversation_number (account_id, last) values ($1, $2)", [
      company.accountId,
      matters.length,
    ]);
    await client.query(
      `vacuum (analyze) ${Object.values(tables)
        .map((t) => t.name)
        .join(", ")}`,
    );
    return {
      conversationIds: matters.map((m) => m.id),
      openIds: matters.filter((m) => m.open).map((m) => m.id),
      longIds: matters.filter((m) => m.sizes === LONG).map((m) => m.id),
    };
  } finally {
    await client.end();
  }
}

/** Conversations of one to seven messages, every thousandth of 150; those that are open began in the last days. */
function imagine(messages: number, first: number, now: number): Matter[] {
  const next = chance(messages);
  const matters: Matter[] = [];
  let waiting = 0;
  for (let made = 0, n = 0; made < messages; n++) {
    const sizes = Math.min(n % 1_000 === 50 ? LONG : 1 + Math.floor(next() * 7), messages - made);
    const open = next() * 100 < OPEN_PERCENT;
    const began = open ? now - next() * 3 * DAY - HOUR : first + next() * (now - first - 9 * DAY);
    const customer = Math.floor(next() * (messages / 4 / PER_CUSTOMER));
    const held = open && waiting++ < 2 * HELD_EACH;
    matters.push({ n, id: id(began, 1, n), customer, began, sizes, open, held });
    made += sizes;
  }
  return matters;
}

function* rowsOf(table: keyof typeof tables, matters: readonly Matter[], c: Company): Generator<Cell[]> {
  if (table === "customer" || table === "handle") return yield* people(table, matters, c);
  let number = 0;
  for (const m of matters) {
    const [handle, customer] = [id(0, 3, m.customer), id(0, 2, m.customer)];
    const step = m.open ? MINUTE : 20 * MINUTE;
    const last = m.began + (m.sizes - 1) * step;
    const episode = id(m.began, 4, m.n);
    const [root, key] = [`po_${number}`, `po_${number}`];
    const at = iso(m.began);
    if (table === "conversation") {
      const subject = pleas[m.n % pleas.length]!.slice(0, 60);
      yield [
        ...[c.accountId, m.id, m.n + 1, c.brandId, customer, subject, iso(last), iso(last)],
        ...[m.open ? "open" : "quiet", at],
      ];
    } else if (table === "thread") yield [c.accountId, c.channelId, key, handle, m.id, iso(last)];
    else if (table === "episode") {
      const done = m.open ? null : iso(last + HOUR);
      yield [
        ...[c.accountId, episode, m.id, 1, c.brandId, c.channelId, "public", "public", m.open ? "open" : "done", at],
        ...[id(m.began, 5, number), m.sizes > 1 ? iso(m.began + step) : null, done, m.open ? null : "solved"],
      ];
    } else if (table === "work") {
      const owner = m.held ? (m.n % 2 ? c.agents.priya : c.agents.dana) : null;
      const state = m.open ? (owner ? "active" : "queued") : "done";
      yield [
        ...[c.accountId, id(m.began, 6, m.n), c.queueId, m.id, episode, customer, c.brandId, c.channelId],
        ...["public", "public", state, "normal", 20, at, iso(m.began + HOUR), m.open ? "running" : "stopped"],
        ...[owner, owner && at, at, m.open ? null : iso(last + HOUR), ""],
      ];
    } else
      for (let i = 0; i < m.sizes; i++) {
        const [sent, ours] = [m.began + i * step, i % 2 === 1];
        const message = id(sent, 5, number + i);
        const [external, parent] = [`po_${number + i}`, i > 0 ? root : null];
        if (table === "message")
          yield [
            ...[c.accountId, message, c.channelId, "playground", i > 0 ? "comment" : "post", "public"],
            ...[ours ? "out" : "in", external, "1", key, parent, ours ? "pr_us" : `pr_${m.customer}`],
            ...[ours ? "northwind" : `person${m.customer}`, ours ? "Northwind" : `Person ${m.customer}`],
            ...[`@northwind ${pleas[(m.n + i) % pleas.length]}`, iso(sent), iso(sent + 900), "live"],
          ];
        else if (table === "understanding")
          yield [
            ...[c.accountId, message, "bench", "en", "ltr", false, "mention", "complaint", "negative", false, false],
            ...[DETAIL, iso(sent + 1_000)],
          ];
        else
          yield [
            ...[c.accountId, message, m.id, episode, ours ? "us" : "customer", handle, c.channelId, iso(sent)],
            ...["public", "public", EVIDENCE, !ours, iso(sent + 1_000), c.brandId, customer],
            ...["playground", key, external, parent, iso(sent + 900), !ours],
          ];
      }
    number += m.sizes;
  }
}

function* people(table: "customer" | "handle", matters: readonly Matter[], c: Company): Generator<Cell[]> {
  const known = new Set<number>();
  for (const { customer: n, began } of matters) {
    if (known.has(n)) continue;
    known.add(n);
    const seen = [iso(began), iso(began + DAY)];
    if (table === "customer") yield [c.accountId, id(0, 2, n), `Person ${n}`, ...seen];
    else
      yield [
        ...[c.accountId, id(0, 3, n), "playground", "*", `pr_${n}`, `person${n}`, `Person ${n}`, n % 900, id(0, 2, n)],
        ...seen,
      ];
  }
}

const iso = (at: number) => new Date(at).toISOString();

async function copy(client: Client, table: Table, rows: Iterable<Cell[]>): Promise<void> {
  function* chunks() {
    let [text, count] = ["", 0];
    for (const row of rows) {
      text += `${row.map((cell) => (cell === null ? "\\N" : String(cell))).join("\t")}\n`;
      if (++count % CHUNK_ROWS === 0) {
        yield text;
        text = "";
      }
    }
    yield text;
  }
  await pipeline(Readable.from(chunks()), client.query(from(`copy ${table.name} (${table.columns}) from stdin`)));
}
