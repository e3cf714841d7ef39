import { type Instant, iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { BACKFILL } from "./channels.ts";
import { restored } from "./domain/delivery.ts";
import { ChannelGap } from "./events.ts";
import { announceProgress } from "./outbox/progress.ts";
import { findChannels } from "./store/channel-store.ts";
import { allCursors, channelsWithGap, openGap } from "./store/cursor-store.ts";
import { findParts, openDeliveries, saveDeliveries, unknownCounts } from "./store/delivery-store.ts";
import { doubtReports } from "./store/moderation-store.ts";

export interface FromBackup {
  madeAt: Instant;
  /** Inputs by channel that had arrived and are not in the backup. */
  unread: ReadonlyMap<string, number>;
}

const BATCH = 500;
const SINCE = "Restored from a backup of ";

/**
 * The rows are as old as their backup: what was to leave may have left since, so all of it is unknown and is looked for; every
 * channel shows from when on it has to be read again. Cursors stay: the polls go on from them and close the gaps.
 */
export async function afterRestore(tx: Tx, from: FromBackup): Promise<{ unknown: number; channels: number }> {
  // What may be done again is done again; a report may have been made since, and is not made twice unasked.
  await doubtReports(tx, `It may have been done after the backup of ${iso(from.madeAt)} was made.`);
  return { unknown: await doubtDeliveries(tx, iso(from.madeAt)), channels: await openGaps(tx, from) };
}

async function doubtDeliveries(tx: Tx, madeAt: string): Promise<number> {
  let unknown = 0;
  for (let after = 0; ; ) {
    const rows = await openDeliveries(tx, after, BATCH);
    const parts = await findParts(
      tx,
      rows.map((r) => r.id),
    );
    const next = rows.map((row) => ({ row, next: restored({ ...row, parts: parts.get(row.id)! }, madeAt, tx.now) }));
    await saveDeliveries(
      tx,
      next.map(({ row, next }) => ({ ...next, id: row.id, claim: null })),
    );
    for (const { row, next: progress } of next) announceProgress(tx, row, progress);
    unknown += rows.length;
    if (rows.length < BATCH) return unknown;
    after = rows.at(-1)!.seq;
  }
}

/** A stream that is read to its end closes its gap; of a channel that is only pushed to nobody can say what was missed. */
async function openGaps(tx: Tx, { madeAt, unread }: FromBackup): Promise<number> {
  // A place of the past is connected to nothing.
  const channels = (await findChannels(tx)).filter((c) => c.state !== "archive");
  const streams = Map.groupBy(
    (await allCursors(tx)).filter((c) => c.stream !== BACKFILL),
    (c) => c.channelId,
  );
  for (const { id } of channels) {
    for (const { stream, value } of streams.get(id) ?? [])
      await gap(tx, id, stream, value, null, `${SINCE}${iso(madeAt)}: what came after it is being read again.`);
    if (!streams.has(id))
      await gap(
        tx,
        id,
        "push",
        iso(madeAt),
        iso(tx.now),
        `${SINCE}${iso(madeAt)}: what was pushed since is not known.`,
      );
    const inputs = unread.get(id) ?? 0;
    if (inputs > 0)
      await gap(tx, id, "inbox", iso(madeAt), iso(madeAt), `${inputs} inputs had arrived and are not in the backup.`);
  }
  return channels.length;
}

async function gap(tx: Tx, channelId: string, stream: string, from: string, to: string | null, reason: string) {
  const id = uuidv7(tx.now);
  await openGap(tx, { id, channelId, stream, from, to, reason });
  const payload = { channelId, gapId: id, reason, filled: false };
  tx.announce(ChannelGap, { key: channelId, entity: "channel", entityId: channelId, entityVersion: 1, payload });
}

/** What a person should know before sending goes on. */
export async function afterRestoreState(tx: Tx): Promise<{ unknown: number; forPeople: number; unread: number }> {
  return { ...(await unknownCounts(tx)), unread: await channelsWithGap(tx, SINCE) };
}
