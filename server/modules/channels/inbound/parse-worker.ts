import { seal, unseal } from "#modules/company";
import type { Clock } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import { isUnavailable } from "#platform/unavailable";
import { redactCards } from "#shared/redact";
import { selfIdsOf } from "../channels.ts";
import type { Adapter, ParseResult } from "../domain/adapter.ts";
import { namesAreStorable } from "../domain/storable-names.ts";
import { type ChannelRow, findChannel, lockChannel, touchInbound } from "../store/channel-store.ts";
import { claimRaw, type FinishedRaw, finishRaw, type RawRow } from "../store/raw-store.ts";
import { savepoint } from "../store/savepoint.ts";
import { eventsIgnored, inputQuarantined } from "./counters.ts";
import type { Input } from "./input.ts";
import { storeEvents } from "./store-events.ts";

const MAX_ROWS = 500;
/** Raw bytes of one transaction; a row larger than that goes alone. */
const MAX_BYTES = 2_000_000;

export interface ParseDeps {
  db: Database;
  clock: Clock;
  log: Log;
  adapters: Readonly<Record<string, Adapter>>;
}

interface Parsed {
  row: RawRow;
  body: Buffer;
  result: ParseResult;
  error: string | null;
}

/** `more`: something may wait still. */
interface Batch {
  done: number;
  more: boolean;
}
const NOTHING: Batch = { done: 0, more: false };

/** Parses all that waits on one channel. Returns the number of raw inputs done with. */
export async function parseChannel(deps: ParseDeps, accountId: AccountId, channelId: string): Promise<number> {
  let done = 0;
  for (;;) {
    const batch = await parseBatch(deps, accountId, channelId);
    done += batch.done;
    if (!batch.more) return done;
  }
}

/** One transaction: claim, parse, store, replace the raw copies, announce. What makes it fail is found by halving and put aside. */
async function parseBatch(
  deps: ParseDeps,
  accountId: AccountId,
  channelId: string,
  ids?: readonly string[],
): Promise<Batch> {
  let claimed: string[] = [];
  try {
    return await deps.db.withAccount(accountId, async (tx) => {
      const channel = await findChannel(tx, channelId);
      const adapter = channel && deps.adapters[channel.network];
      if (!channel || !adapter || channel.state === "paused") return NOTHING;
      await lockChannel(tx, channelId);
      const waiting = await claimRaw(tx, channelId, MAX_ROWS, ids);
      const rows = atMost(waiting);
      claimed = rows.map((r) => r.id);
      if (rows.length === 0) return NOTHING;
      await work(deps, tx, channel, adapter, rows, ids?.length === 1);
      // What comes after this look wakes us anew: it need not be looked for in a transaction that finds nothing.
      return { done: rows.length, more: waiting.length === MAX_ROWS || rows.length < waiting.length };
    });
  } catch (error) {
    if (claimed.length === 0 || comesBack(error)) throw error;
    if (claimed.length > 1) {
      const middle = claimed.length >> 1;
      const first = await parseBatch(deps, accountId, channelId, claimed.slice(0, middle));
      const second = await parseBatch(deps, accountId, channelId, claimed.slice(middle));
      return { done: first.done + second.done, more: true };
    }
    if (!ids) return parseBatch(deps, accountId, channelId, claimed);
    await putAside(deps, accountId, channelId, claimed[0]!, error as Error);
    return { done: 1, more: true };
  }
}

function atMost(rows: RawRow[]): RawRow[] {
  let bytes = 0;
  const end = rows.findIndex((row, i) => {
    bytes += row.body.length;
    return i > 0 && bytes > MAX_BYTES;
  });
  return end < 0 ? rows : rows.slice(0, end);
}

async function work(
  deps: ParseDeps,
  tx: Tx,
  channel: ChannelRow,
  adapter: Adapter,
  rows: readonly RawRow[],
  careful: boolean,
): Promise<void> {
  const parsed: Parsed[] = [];
  for (const row of rows) parsed.push(await parseOne(tx, channel, adapter, row));
  const inputs = parsed.flatMap(({ row, result }) =>
    result.events.map(
      (event): Input => ({
        ...{ event, source: row.source, receivedAt: row.receivedAt },
        ...{ rawId: row.id, traceId: row.traceId },
      }),
    ),
  );
  const { replaced, lost } = careful
    ? await storeOneByOne(tx, channel, inputs)
    : { replaced: await storeEvents(tx, channel, inputs), lost: 0 };
  const finished: FinishedRaw[] = [];
  for (const one of parsed) finished.push(await finish(tx, adapter, one, replaced, lost));
  await finishRaw(tx, finished);
  const live = rows.filter((r) => r.source !== "import");
  if (live.length > 0) await touchInbound(tx, channel.id, Math.max(...live.map((r) => r.receivedAt)), lagOf(inputs));
  count(deps, channel, parsed, finished);
}

/** Of the newest thing said: how long it took to us. A clock that is ahead of ours makes no negative time. */
function lagOf(inputs: readonly Input[]): number | null {
  const said = inputs.flatMap(({ event, source, receivedAt }) =>
    event.type === "item.created" && source !== "import" ? [{ at: event.item.createdAt, receivedAt }] : [],
  );
  const newest = said.reduce<(typeof said)[number] | null>((a, b) => (a === null || b.at > a.at ? b : a), null);
  return newest && Math.min(Math.max(0, newest.receivedAt - newest.at), 2_000_000_000);
}

async function parseOne(tx: Tx, channel: ChannelRow, adapter: Adapter, row: RawRow): Promise<Parsed> {
  const nothing: ParseResult = { events: [], ignored: [], broken: 0 };
  let body = row.body;
  try {
    body = row.sealed ? await unseal(tx, row.body) : row.body;
    const result = await adapter.parse(
      { source: row.source, body, head: row.head, receivedAt: row.receivedAt },
      { channelId: channel.id, selfIds: selfIdsOf(channel) },
    );
    const events = result.events.filter(namesAreStorable);
    const [unread, unfit] = [result.broken, result.events.length - events.length];
    const faults = [
      unread > 0 ? `${unread} events in it could not be read` : "",
      unfit > 0
        ? `${unfit} events in it have names that cannot be stored: over 1,000 bytes, or with NUL or half a character`
        : "",
    ];
    return { row, body, result: { ...result, events }, error: faults.filter((f) => f !== "").join("; ") || null };
  } catch (error) {
    return { row, body, result: nothing, error: `It could not be read: ${(error as Error).message.slice(0, 300)}` };
  }
}

/** Read whole: the copy loses what the message lost. Not whole: it stays as it came, sealed, for whoever mends the parser. */
async function finish(
  tx: Tx,
  adapter: Adapter,
  { row, body, result, error }: Parsed,
  replaced: ReadonlyMap<string, string>,
  lost: number,
): Promise<FinishedRaw> {
  if (error !== null || lost > 0)
    return { id: row.id, state: "quarantined", body: null, error: error ?? `${lost} events in it could not be stored` };
  let clean: Uint8Array | null = null;
  try {
    clean = adapter.redactRaw?.(body, (text) => asStored(text, replaced), result.read) ?? null;
  } catch {
    clean = null;
  }
  const gone = new Uint8Array();
  return { id: row.id, state: "parsed", body: clean === null ? gone : await seal(tx, clean), error: null };
}

/** A text may have lost something twice: by itself, and when a later message ended a number. */
function asStored(text: string, replaced: ReadonlyMap<string, string>): string {
  let now = text;
  for (let i = 0; i < 6 && replaced.has(now); i++) now = replaced.get(now)!;
  return redactCards([now]).texts[0]!;
}

/** One raw input made the database refuse: its events go in one at a time, each in a savepoint. */
async function storeOneByOne(
  tx: Tx,
  channel: ChannelRow,
  inputs: readonly Input[],
): Promise<{ replaced: Map<string, string>; lost: number }> {
  const replaced = new Map<string, string>();
  let lost = 0;
  for (const input of inputs) {
    const stored = await savepoint(tx, () => storeEvents(tx, channel, [input])).catch((error: unknown) => {
      if (comesBack(error)) throw error;
      return null;
    });
    if (!stored) lost += 1;
    for (const [from, to] of stored ?? []) replaced.set(from, to);
  }
  return { replaced, lost };
}

async function putAside(
  deps: ParseDeps,
  accountId: AccountId,
  channelId: string,
  id: string,
  error: Error,
): Promise<void> {
  deps.log.error({ err: error, channelId, rawId: id }, "raw input put aside: it cannot be stored");
  await deps.db.withAccount(accountId, (tx) =>
    finishRaw(tx, [
      { id, state: "quarantined", body: null, error: `It could not be stored: ${error.message.slice(0, 300)}` },
    ]),
  );
}

function count(
  deps: ParseDeps,
  channel: ChannelRow,
  parsed: readonly Parsed[],
  finished: readonly FinishedRaw[],
): void {
  const network = channel.network;
  for (const { result } of parsed)
    for (const i of result.ignored) eventsIgnored.inc({ network, reason: i.reason }, i.count);
  const bad = finished.filter((f) => f.state === "quarantined");
  if (bad.length === 0) return;
  inputQuarantined.inc({ network }, bad.length);
  deps.log.warn({ channelId: channel.id, rawIds: bad.map((b) => b.id) }, "raw input in quarantine");
}

/** Nothing is wrong with the data, try later: the database is away or full, or others were in the way. */
function comesBack(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string };
  return (
    isUnavailable(error) ||
    /^(57|40|55P03)|^E[A-Z]+$/.test(code ?? "") ||
    (code === undefined && /connection|timeout|pool/i.test(message ?? ""))
  );
}
