import type { Message } from "#modules/channels";
import type { Tx } from "#platform/db";
import { listeningMonitors } from "../store/monitor-store.ts";
import type { UnderstandingRow } from "../store/understanding-store.ts";
import type { Surroundings } from "../thread-facts.ts";
import { type Lane, lane } from "./matching-lane.ts";
import { isHeard, postOfMessage } from "./post-of-message.ts";

/**
 * Notes beside what is understood which monitors caught each message, and where in its text. `stamp`: of the account's monitors, as
 * this transaction sees them; null: it never had any, and nothing is asked.
 */
export async function noteMonitors(
  tx: Tx,
  stamp: number | null,
  messages: readonly Message[],
  rows: readonly UnderstandingRow[],
  around: Surroundings,
): Promise<void> {
  const heard = messages.flatMap((message, n) => {
    const brandId = around.channels.get(message.channelId)?.brandId;
    const row = rows[n];
    return row && brandId !== undefined && isHeard(message) ? [{ message, row, brandId }] : [];
  });
  if (stamp === null || heard.length === 0) return;
  await knowMonitors(tx, stamp);
  const posts = heard.map(({ message, row, brandId }) =>
    postOfMessage(message, { brandId, language: row.language, repliesTo: around.threadOf(message)?.repliesTo }),
  );
  const hits = await lane.hits(tx.accountId, posts);
  for (const [n, { row }] of heard.entries()) {
    const found = hits[n] ?? [];
    if (found.length > 0) row.detail = { ...row.detail, monitors: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
  }
}

/** The matching thread knows the account's monitors as they stand under this stamp. */
export async function knowMonitors(tx: Tx, stamp: number, by: Lane = lane): Promise<void> {
  if (by.stampOf(tx.accountId) !== stamp) by.know(tx.accountId, stamp, await listeningMonitors(tx));
}
