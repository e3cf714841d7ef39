import { parseArgs } from "node:util";
import { loadModels, understand } from "#modules/listening";
import { instantOf } from "#platform/clock";
import type { BarePost } from "../domain/bare-post.ts";
import { likelyReplies } from "../domain/likely-replies.ts";
import { type RoomLine, roomThreads } from "../domain/room-threads.ts";
import { addressOf, readSaid } from "../domain/said.ts";
import { stitch } from "../domain/stitch.ts";
import { emptyWorld, type StitchMessage } from "../domain/stitch-world.ts";
import { handleOf, joinHandles } from "./identities.ts";
import { guarded, readJsonl, writeJsonl } from "./jsonl.ts";

const USAGE = "backtest stitch --in messages.jsonl --out threads.jsonl [--links links.jsonl] [--seed 1]";

export interface Row {
  set?: string;
  id: string;
  at: string;
  channel: string;
  private?: boolean;
  by: "customer" | "company" | "system";
  from: string;
  name?: string;
  to?: string;
  reply_to?: string;
  invite?: string;
  text: string;
}
interface Answer {
  set?: string;
  id: string;
  conversation: string;
  customer?: string;
  thread: string;
}

/** `backtest stitch`: messages into conversations, handles into customers, by the same pure stitcher that works live. */
export function run(argv: readonly string[]): Promise<number> {
  return guarded(async () => {
    const { values } = parseArgs({
      args: [...argv],
      // Nothing is drawn by lot here: every seed gives the same.
      options: { in: { type: "string" }, out: { type: "string" }, links: { type: "string" }, seed: { type: "string" } },
    });
    if (!values.in || !values.out) {
      console.error(USAGE);
      return 2;
    }
    const rows = await readJsonl<Row>(values.in, faultOf);
    const links = values.links
      ? await readJsonl<{ a: string; b: string }>(values.links, (r) =>
          typeof r.a === "string" && typeof r.b === "string" ? null : 'needs "a" and "b".',
        )
      : [];
    const answers: Answer[] = [];
    const hidden = lacksReplies(rows);
    for (const set of Map.groupBy(rows, (r) => r.set ?? "").values())
      answers.push(...(hidden ? answerWithoutReplies(set, links) : await answerSet(set, links)));
    await writeJsonl(values.out, answers);
    console.error(`${answers.length} rows answered, written to ${values.out}.`);
    return 0;
  });
}

export function faultOf(row: Record<string, unknown>): string | null {
  for (const field of ["id", "at", "channel", "by", "from", "text"])
    if (typeof row[field] !== "string") return `needs "${field}" as a string.`;
  return timeOf(String(row.at)) === null ? 'has an "at" that is no ISO 8601 time.' : null;
}

/** A time without zone is UTC. */
function timeOf(at: string): number | null {
  return instantOf(/(?:Z|[+-]\d\d:?\d\d)$/.test(at) ? at : `${at}Z`);
}

/** So many public posts and not one reply link: the history was kept without them. */
const ENOUGH_TO_TELL = 100;
function lacksReplies(rows: readonly Row[]): boolean {
  if (rows.some((r) => r.reply_to || r.channel === "room")) return false;
  return rows.filter((r) => !isLine(r)).length >= ENOUGH_TO_TELL;
}

function isLine(r: Row): boolean {
  return r.private === true || ["email", "chat", "sms", "wa", "phone"].includes(r.channel);
}

/** A history without reply links: what each post most likely answers is all there is, so its conversations are its threads. */
function answerWithoutReplies(rows: readonly Row[], links: readonly { a: string; b: string }[]): Answer[] {
  const customerOf = joinHandles(rows, links);
  const whose = (r: Row) => (r.by === "customer" ? r.from : (r.to ?? null));
  const posts = rows.map((r, i): BarePost => {
    const who = whose(r);
    return {
      id: r.id,
      at: timeOf(r.at)! + i * 1e-3,
      channel: r.channel,
      ours: r.by !== "customer",
      from: r.from,
      to: r.to ?? null,
      text: r.text,
      customer: who === null ? null : customerOf(handleOf(r.channel, who)),
    };
  });
  const threadOf = likelyReplies(posts);
  return rows.map((r) => {
    const thread = threadOf.get(r.id)!;
    return {
      ...(r.set !== undefined && { set: r.set }),
      id: r.id,
      conversation: thread,
      thread,
      ...(r.by === "customer" && { customer: customerOf(handleOf(r.channel, r.from)) }),
    };
  });
}

/** The rows of a set as the stitcher sees them, each with its thread. */
export async function stitchMessagesOf(
  rows: readonly Row[],
  links: readonly { a: string; b: string }[],
): Promise<{ messages: StitchMessage[]; threadOf: Map<string, string>; customerOf: (handle: string) => string }> {
  const customerOf = joinHandles(rows, links);
  const sorted = rows.map((r, i) => ({ r, i, at: timeOf(r.at)! })).sort((a, b) => a.at - b.at || a.i - b.i);
  const byId = new Map(rows.map((r) => [r.id, r]));
  const lastOf = new Map<string, string>();
  const threadOf = new Map<string, string>();
  const messages: StitchMessage[] = [];
  for (const { r, i, at } of sorted) {
    const parent = parentOf(
      r,
      byId,
      lastOf,
      sorted.map((s) => s.r),
    );
    const line = isLine(r);
    const other = r.by === "customer" ? r.from : (r.to ?? (parent ? byId.get(parent)?.from : undefined) ?? r.from);
    const thread = line
      ? `${r.channel}/${other.toLowerCase()}`
      : parent !== null
        ? (threadOf.get(parent) ?? parent)
        : r.id;
    threadOf.set(r.id, thread);
    if (r.by === "customer") lastOf.set(handleOf(r.channel, r.from), r.id);
    messages.push(await toMessage(r, at + i * 1e-3, parent, thread, line, byId, customerOf));
  }
  return { messages, threadOf, customerOf };
}

async function answerSet(rows: Row[], links: readonly { a: string; b: string }[]): Promise<Answer[]> {
  if (rows.some((r) => r.channel === "room")) return answerRoom(rows);
  const { messages, threadOf, customerOf } = await stitchMessagesOf(rows, links);
  const stitched = new Map(stitch(emptyWorld(true), messages).map((s) => [s.message.id, s]));
  return rows.map((r) => {
    const conversation = stitched.get(r.id)?.decision.conversationId ?? `alone:${r.id}`;
    return {
      ...(r.set !== undefined && { set: r.set }),
      id: r.id,
      conversation,
      thread: threadOf.get(r.id) ?? r.id,
      ...(r.by === "customer" && { customer: customerOf(handleOf(r.channel, r.from)) }),
    };
  });
}

/** What a message answers: as the network tells, the invitation it came by, or for us the last words of whom we wrote to. */
function parentOf(
  r: Row,
  byId: ReadonlyMap<string, Row>,
  lastOf: ReadonlyMap<string, string>,
  rows: readonly Row[],
): string | null {
  if (r.reply_to && byId.has(r.reply_to)) return r.reply_to;
  if (r.invite) return rows.find((o) => o.by !== "customer" && o.text.includes(r.invite!))?.id ?? null;
  if (r.by === "customer" || !r.to) return null;
  const address = r.to.toLowerCase();
  // We wrote to an address nobody wrote from yet: it answers who gave it.
  return (
    lastOf.get(handleOf(r.channel, r.to)) ??
    rows.find((o) => o.by === "customer" && o.at <= r.at && o.text.toLowerCase().includes(address))?.id ??
    null
  );
}

async function toMessage(
  r: Row,
  at: number,
  parent: string | null,
  thread: string,
  linear: boolean,
  byId: ReadonlyMap<string, Row>,
  customerOf: (handle: string) => string,
): Promise<StitchMessage> {
  const models = await loadModels();
  const audience = r.private || linear ? "private" : "public";
  const u = understand(
    {
      text: r.text,
      network: r.channel,
      visibility: audience,
      kind: audience === "private" ? "dm" : "post",
      author: { handle: r.from },
      mentions: [],
      why: [],
      brand: { names: [], handles: [], terms: [] },
    },
    models,
  );
  const answers = parent === null ? undefined : byId.get(parent);
  const toOther =
    answers !== undefined &&
    answers.by === "customer" &&
    handleOf(answers.channel, answers.from) !== handleOf(r.channel, r.from);
  const handle = handleOf(r.channel, r.from);
  return {
    id: r.id,
    at,
    key: r.id,
    parentKey: parent,
    thread,
    linear,
    audience,
    by: r.by === "customer" ? "customer" : "us",
    handleId: r.by === "customer" ? handle : null,
    customerId: r.by === "customer" ? customerOf(handle) : null,
    deliveredFor: null,
    noise: false,
    // Every message of such a set came to the company: an opening post calls it, an answer speaks to whom it answers.
    addressed: audience === "private" ? "direct" : toOther ? "bystander" : answers ? "reply" : "mention",
    intent: u.intent.value,
    thanksOnly: u.gratitude.thanksOnly,
    workAlone: false,
    said: readSaid(r.text),
    ...(r.by === "customer" && { address: addressOf(r.from), name: r.name }),
  };
}

function answerRoom(rows: readonly Row[]): Answer[] {
  const lines: RoomLine[] = rows.map((r) => ({
    id: r.id,
    at: timeOf(r.at)!,
    from: r.from,
    text: r.text,
    notice: r.by === "system",
  }));
  const threads = roomThreads(lines);
  return rows.map((r) => {
    const thread = threads.get(r.id)!;
    return {
      ...(r.set !== undefined && { set: r.set }),
      id: r.id,
      conversation: thread,
      thread,
      ...(r.by === "customer" && { customer: handleOf(r.channel, r.from) }),
    };
  });
}
