import { seal } from "#modules/company";
import type { Clock } from "#platform/clock";
import { type Database, json, type Tx } from "#platform/db";
import { type AccountId, uuidv7 } from "#platform/ids";
import { newTrace } from "#platform/trace";
import { noteTrouble } from "../channels.ts";
import type { Adapter, Cursor, Page, PullStream, Source } from "../domain/adapter.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import { ChannelGap } from "../events.ts";
import { renewableAccess } from "../secrets.ts";
import { type ChannelRow, findChannel, touchChannel } from "../store/channel-store.ts";
import {
  dropCursor,
  fillAskedGaps,
  fillGaps,
  findCursor,
  moveCursor,
  openGap,
  streamEnded,
} from "../store/cursor-store.ts";
import { insertRaw } from "../store/raw-store.ts";

export interface PullDeps {
  db: Database;
  clock: Clock;
  adapters: Readonly<Record<string, Adapter>>;
  budgetOf(channelId: string): Promise<RateBudget>;
  /** The address of a channel's webhook, to be given to whoever pushes. */
  hookUrl(network: string, hookId: string): string;
  onStored(accountId: AccountId, channelId: string): void;
}

/** Where a page comes from: a pull, or a line that stays open. */
export interface PageSource {
  readonly name: string;
  readonly purpose: PullStream["purpose"] | "stream";
}
const SOURCE: Record<PageSource["purpose"], Source> = {
  ...{ primary: "poll", reconcile: "reconcile", backfill: "import", stream: "stream" },
};
/** How long a page may take. */
const PULL_TIMEOUT = 20_000;

/** Pulls one page: its bytes, the cursor behind it and what we know to have missed are one commit. True when more waits. */
export async function pullOnce(
  deps: PullDeps,
  accountId: AccountId,
  channelId: string,
  stream: PullStream,
): Promise<boolean> {
  const ready = await deps.db.withAccount(accountId, async (tx) => {
    const channel = await findChannel(tx, channelId);
    const puller = channel && deps.adapters[channel.network]?.pull;
    if (!channel || !puller || channel.state === "paused") return null;
    return {
      channel,
      puller,
      access: {
        ...(await renewableAccess(tx, deps.db, channel)),
        hookUrl: deps.hookUrl(channel.network, channel.hookId),
      },
      since: await findCursor(tx, channelId, stream.name),
    };
  });
  if (!ready) return false;
  // A backfill runs only while somebody has asked for it.
  if (stream.purpose === "backfill" && !ready.since) return false;
  const page = await ready.puller.pull(
    ready.access,
    stream,
    ready.since,
    await deps.budgetOf(channelId),
    AbortSignal.timeout(PULL_TIMEOUT),
  );
  const kept = await deps.db.withAccount(accountId, (tx) => keepPage(tx, ready.channel, stream, ready.since, page));
  if (kept && page.body) deps.onStored(accountId, channelId);
  return kept && !page.done;
}

/** False: another reader was quicker, and the page is thrown away. */
export async function keepPage(
  tx: Tx,
  channel: ChannelRow,
  stream: PageSource,
  since: Cursor | undefined,
  page: Page,
): Promise<boolean> {
  const moved = page.next === since?.value || (await moveCursor(tx, channel.id, stream.name, since, page.next));
  // Another node pulled the same page meanwhile: its copy counts.
  if (!moved) return false;
  if (page.body)
    await insertRaw(tx, [
      {
        id: uuidv7(tx.now),
        channelId: channel.id,
        source: SOURCE[stream.purpose],
        receivedAt: tx.now,
        head: json({ stream: stream.name }),
        body: await seal(tx, page.body),
        traceId: newTrace(tx.now),
        replayKey: null,
      },
    ]);
  if (page.gap) await noteGap(tx, channel.id, stream, page.gap);
  if (page.done) {
    const isHistory = stream.purpose === "backfill";
    const filled = await fillGaps(tx, channel.id, stream.name);
    for (const gap of [...filled, ...(isHistory ? await fillAskedGaps(tx, channel.id) : [])])
      announceGap(tx, channel.id, gap.id, gap.reason, true);
    if (isHistory) await dropCursor(tx, channel.id, stream.name);
    else {
      await streamEnded(tx, channel.id, stream.name);
      await touchChannel(tx, channel.id, "last_reconcile_at", tx.now);
    }
  }
  if (channel.trouble !== null) await noteTrouble(tx, channel.id, "on", null);
  return true;
}

async function noteGap(tx: Tx, channelId: string, stream: PageSource, gap: NonNullable<Page["gap"]>): Promise<void> {
  const id = uuidv7(tx.now);
  // A gap that the following pages bring has no end yet; one that stays names its end at once.
  await openGap(tx, {
    id,
    channelId,
    stream: stream.name,
    from: gap.from ?? null,
    to: gap.refilling ? null : (gap.to ?? "unknown"),
    reason: gap.reason,
  });
  announceGap(tx, channelId, id, gap.reason, false);
}

function announceGap(tx: Tx, channelId: string, gapId: string, reason: string, filled: boolean): void {
  tx.announce(ChannelGap, {
    key: channelId,
    entity: "channel",
    entityId: channelId,
    entityVersion: 1,
    payload: { channelId, gapId, reason, filled },
  });
}
