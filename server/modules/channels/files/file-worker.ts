import type { Clock, Millis } from "#platform/clock";
import type { Database } from "#platform/db";
import { FetchRefused, guardedFetch } from "#platform/guarded-fetch";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { Resolve } from "#platform/outside";
import type { Adapter } from "../domain/adapter.ts";
import { type AttachmentState, type AttachmentWhy, MAX_FILE, safeName } from "../domain/file-rules.ts";
import { renewableAccess } from "../secrets.ts";
import {
  type AttachmentRow,
  accountsWithFiles,
  claimAttachments,
  findAttachment,
  saveAttachment,
} from "../store/attachment-store.ts";
import { findChannel, type Only } from "../store/channel-store.ts";
import { claimOutboundFiles, findOutboundFiles, type OutboundFileRow } from "../store/outbound-file-store.ts";
import { blobs } from "./blob-port.ts";
import { type InspectDeps, inspect } from "./inspect.ts";
import { announceSettled, settleAttachment, settleOutbound } from "./settle.ts";
import { onFileWork } from "./wake.ts";

const POLL_MS = 1_000;
/** Files under way at once in one process. What is fetched goes to the disk as it comes. */
const AT_ONCE = 12;
/** Of one account: whoever writes to it may name servers that answer a byte at a time, and the others' files are not to wait for that. */
const AT_ONCE_EACH = 6;
/** A claim outlives fetching, scanning and drawing. What it was for is then done again, by whoever comes. */
const LEASE: Millis = 5 * 60_000;
/** After each try that may be followed by another; after the last one it is gone. */
const AGAIN: readonly Millis[] = [5_000, 30_000, 2 * 60_000, 10 * 60_000, 60 * 60_000];

export interface FileDeps extends InspectDeps {
  db: Database;
  clock: Clock;
  log: Log;
  adapters: Readonly<Record<string, Adapter>>;
  only: Only;
  /** For tests. */
  resolve?: Resolve;
  fetchMs?: Millis;
}

export interface FileWorker {
  /** Works off all that is due by the handed clock. */
  drain(): Promise<void>;
  close(): Promise<void>;
}

/** Brings what came with messages into the store and looks through it, beside the messages, which wait for nothing of it. */
export function startFileWorker(deps: FileDeps, watch: boolean): FileWorker {
  let closed = false;
  let running: Promise<boolean> | null = null;
  const flying = new Set<Promise<void>>();
  const flyingOf = new Map<AccountId, number>();
  const leaving = new AbortController();

  function begin(accountId: AccountId, work: Promise<void>): void {
    flyingOf.set(accountId, (flyingOf.get(accountId) ?? 0) + 1);
    const call = work
      .catch((error) => {
        // The claim runs out by itself, and it is tried again.
        if (!closed) deps.log.warn({ err: error }, "files: will try again");
      })
      .finally(() => {
        flying.delete(call);
        const left = flyingOf.get(accountId)! - 1;
        if (left > 0) flyingOf.set(accountId, left);
        else flyingOf.delete(accountId);
        if (watch) run();
      });
    flying.add(call);
  }

  /** Begins what there is room for, without waiting for it: a slow one holds up nobody else. True when there was something. */
  async function round(): Promise<boolean> {
    let worked = false;
    for (const accountId of await accountsWithFiles(deps.db, deps.clock.now(), deps.only)) {
      if (closed || flying.size >= AT_ONCE) return worked;
      const room = Math.min(AT_ONCE - flying.size, AT_ONCE_EACH - (flyingOf.get(accountId) ?? 0));
      if (room <= 0) continue;
      const claimed = await deps.db.withAccount(accountId, async (tx) => {
        const leave = await claimOutboundFiles(tx, tx.now + LEASE, room);
        return { leave, came: await claimAttachments(tx, tx.now + LEASE, room - leave.length) };
      });
      for (const row of claimed.leave) begin(accountId, lookThrough(deps, accountId, row));
      for (const row of claimed.came) begin(accountId, bring(deps, accountId, row, leaving.signal));
      worked ||= claimed.leave.length + claimed.came.length > 0;
    }
    return worked;
  }
  let again = false;
  function run(): void {
    again = true;
    if (running || closed) return;
    running = (async () => {
      while (again && !closed) {
        again = false;
        await round();
      }
      return false;
    })()
      .catch((error) => {
        if (!closed) deps.log.warn({ err: error }, "files: will try again");
        return false;
      })
      .finally(() => {
        running = null;
      });
  }
  const unhear = watch ? onFileWork(run) : () => {};
  const poll = watch ? setInterval(run, POLL_MS) : undefined;
  if (watch) run();
  return {
    async drain() {
      for (;;) {
        while (running) await running;
        const worked = await round();
        if (flying.size > 0) await Promise.race(flying);
        else if (!worked || closed) return;
      }
    },
    async close() {
      closed = true;
      unhear();
      clearInterval(poll);
      leaving.abort();
      await running;
      await Promise.all(flying);
    },
  };
}

async function bring(deps: FileDeps, accountId: AccountId, row: AttachmentRow, leaving: AbortSignal): Promise<void> {
  const stored = row.blob !== null ? row : await fetched(deps, accountId, row, leaving);
  if (!stored?.blob) return;
  const found = await inspect(deps, accountId, { ...stored, blob: stored.blob }, { keepsMoving: false });
  await deps.db.withAccount(accountId, async (tx) => {
    const now = await findAttachment(tx, row.id, true);
    // Deleted, edited or done by another meanwhile.
    if (now?.state !== "waiting" || now.blob !== stored.blob) return;
    await settleAttachment(tx, now, found);
  });
}

/** Into the store first, whatever becomes of it: a link may have run out at the next try. */
async function fetched(
  deps: FileDeps,
  accountId: AccountId,
  row: AttachmentRow,
  leaving: AbortSignal,
): Promise<AttachmentRow | null> {
  const { address, rulesFor } = await mediaRules(deps, accountId, row);
  try {
    const options = {
      maxBytes: MAX_FILE,
      mayBeInside: (url: URL) => rulesFor(url).mayBeInside,
      headers: URL.canParse(address) ? (rulesFor(new URL(address)).headers ?? {}) : {},
      signal: leaving,
      ...(deps.resolve && { resolve: deps.resolve }),
      ...(deps.fetchMs !== undefined && { totalMs: deps.fetchMs, idleMs: deps.fetchMs }),
    };
    const { received, head } = await guardedFetch(address, options, async (head, body) => ({
      received: await blobs().receive(body, MAX_FILE),
      head,
    }));
    try {
      return await deps.db.withAccount(accountId, async (tx) => {
        const now = await findAttachment(tx, row.id, true);
        // Deleted, done by another, or edited meanwhile: another file stands in its place.
        if (now?.state !== "waiting" || now.blob !== null || now.url !== row.url) {
          await received.discard();
          return null;
        }
        const { hash, bytes } = await received.put(tx, head.mime || now.mimeStated || "application/octet-stream");
        const next = { ...now, blob: hash, bytes, url: null, name: now.name || safeName(head.name) };
        await saveAttachment(tx, row.id, next);
        return { ...next, mimeStated: now.mimeStated || head.mime };
      });
    } catch (error) {
      await received.discard();
      throw error;
    }
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error;
    if (!leaving.aborted) await notFetched(deps, accountId, row, error);
    return null;
  }
}

async function mediaRules(deps: FileDeps, accountId: AccountId, { channelId, url }: AttachmentRow) {
  return deps.db.withAccount(accountId, async (tx) => {
    const channel = await findChannel(tx, channelId);
    const media = channel && deps.adapters[channel.network]?.media;
    if (!media) return { address: url ?? "", rulesFor: () => ({ mayBeInside: false, headers: {} }) };
    const access = await renewableAccess(tx, deps.db, channel);
    const isWeb = /^https?:/i.test(url ?? "");
    return {
      address: (isWeb ? url : media.locate?.(access, url ?? "")) ?? "",
      rulesFor: (to: URL) => media.rulesFor(access, to),
    };
  });
}

const NOT_FETCHED: Readonly<Record<FetchRefused["why"], [AttachmentState, AttachmentWhy]>> = {
  address: ["refused", "address"],
  "too-large": ["refused", "too-large"],
  "not-there": ["gone", "expired"],
  refused: ["gone", "unreachable"],
  redirects: ["gone", "unreachable"],
  unreachable: ["gone", "unreachable"],
  "too-slow": ["gone", "unreachable"],
};

async function notFetched(
  deps: FileDeps,
  accountId: AccountId,
  row: AttachmentRow,
  fault: FetchRefused,
): Promise<void> {
  const wait = fault.again ? AGAIN[row.tries - 1] : undefined;
  await deps.db.withAccount(accountId, async (tx) => {
    const now = await findAttachment(tx, row.id, true);
    if (now?.state !== "waiting" || now.blob !== null || now.url !== row.url) return;
    if (wait !== undefined) return saveAttachment(tx, row.id, { ...now, detail: fault.message, nextAt: tx.now + wait });
    const [state, why] = NOT_FETCHED[fault.why];
    await saveAttachment(tx, row.id, { ...now, state, why, detail: fault.message, url: null });
    announceSettled(tx, now, state);
  });
}

/** What an agent attached while the scanner was away. */
async function lookThrough(deps: FileDeps, accountId: AccountId, row: OutboundFileRow): Promise<void> {
  if (row.blob === null) return;
  const found = await inspect(deps, accountId, { ...row, blob: row.blob }, { keepsMoving: true });
  await deps.db.withAccount(accountId, async (tx) => {
    const now = (await findOutboundFiles(tx, [row.id], true))[0];
    if (now?.state === "waiting" && now.blob === row.blob) await settleOutbound(tx, now, found);
  });
}
