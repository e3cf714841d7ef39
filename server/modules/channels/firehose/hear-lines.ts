import type { Clock } from "#platform/clock";
import type { Database } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import { Sieve } from "../bluesky/stream/batch.ts";
import type { Ears } from "../domain/adapter.ts";
import { keepPage } from "../pulls/pull-once.ts";
import { knownOf } from "../pulls/stream-loops.ts";
import { findChannel } from "../store/channel-store.ts";
import { jsonLineReader, linesOf } from "./json-lines.ts";

export interface LinesHeard {
  heard: number;
  kept: number;
}

/** Lines of docs/formats/heard-lines.md for a channel of that kind, handed in and not fetched: what a monitor wants is durable when this resolves. */
export async function hearLines(
  { db, clock, ears }: { db: Database; clock: Clock; ears: Ears },
  place: { accountId: AccountId; channelId: string },
  lines: readonly Uint8Array[],
): Promise<LinesHeard> {
  const { accountId, channelId } = place;
  const channel = await db.withAccount(accountId, (tx) => findChannel(tx, channelId));
  if (!channel) throw notFound("channel");
  if (channel.network !== "json-lines")
    throw new AppError("invalid-request", "Lines can be handed only to a channel of the kind JSON lines.");
  const { candidates } = await jsonLineReader({ config: {} }, clock).read(lines);
  const kept = await new Sieve(knownOf({ db, ears }, channel, accountId)).keep(candidates);
  const body = linesOf(kept);
  if (body) {
    // They have no cursor: whoever hands them in again hands in the same names.
    const page = { body, next: "", done: false };
    const since = { value: "", version: 0 };
    await db.withAccount(accountId, (tx) => keepPage(tx, channel, { name: "handed", purpose: "stream" }, since, page));
  }
  return { heard: candidates.length, kept: kept.length };
}
