import { iso } from "#platform/clock";
import type { Tx } from "#platform/db";
import { messageKey } from "../domain/input-key.ts";
import { findKeys } from "../store/key-store.ts";
import { lineIds } from "../store/webchat-line-store.ts";
import { findVisitors, lockKnownVisitor, lockVisitor, saveVisitor } from "../store/webchat-visitor-store.ts";
import { tellWindows } from "./lines.ts";
import { putRaw } from "./raw.ts";

/** Receipts in one piece of input. */
const TOLD_AT_ONCE = 200;

/** Our lines up to `upTo` have come to the visitor's browser (`reached`), or were read there. True when that was news. */
export async function noteReached(
  tx: Tx,
  channelId: string,
  visitorId: string,
  upTo: number,
  status: "delivered" | "read",
): Promise<boolean> {
  const known = (await findVisitors(tx, channelId, [visitorId])).get(visitorId);
  if (!known || upTo <= (status === "read" ? known.seenSeq : known.reachedSeq)) return false;
  const visitor = (await lockKnownVisitor(tx, channelId, visitorId))!;
  const upper = Math.min(upTo, visitor.lastSeq);
  const before = status === "read" ? visitor.seenSeq : visitor.reachedSeq;
  if (upper <= before) return false;
  const ours = await lineIds(tx, channelId, visitorId, { sender: "agent", after: before, upTo: upper });
  if (status === "read") visitor.seenSeq = upper;
  visitor.reachedSeq = Math.max(visitor.reachedSeq, upper);
  visitor.seenAt = Math.max(visitor.seenAt, tx.now);
  await saveVisitor(tx, channelId, visitor);
  for (let at = 0; at < ours.length; at += TOLD_AT_ONCE) {
    const ids = ours.slice(at, at + TOLD_AT_ONCE).map((l) => l.id);
    await putRaw(tx, channelId, { event: "receipt", ids, status, at: iso(tx.now) });
  }
  return ours.length > 0;
}

/** The visitor's lines that have become messages stand before the desk; with `read` an agent has read them. Tells the windows. */
export async function noteAtDesk(
  tx: Tx,
  channel: { id: string; externalId: string },
  visitorId: string,
  read: boolean,
): Promise<void> {
  const visitor = await lockVisitor(tx, channel.id, visitorId);
  const all = { sender: "visitor", after: visitor.deliveredSeq, upTo: visitor.lastSeq } as const;
  const lines = await lineIds(tx, channel.id, visitorId, all);
  const keyOf = (id: string) => messageKey(channel.id, channel.externalId, id);
  const there = await findKeys(
    tx,
    lines.map((l) => keyOf(l.id)),
  );
  const missing = lines.find((l) => !there.get(keyOf(l.id))?.messageId);
  const stands = lines.filter((l) => l.seq < (missing?.seq ?? Number.POSITIVE_INFINITY)).at(-1)?.seq ?? 0;
  const delivered = Math.max(visitor.deliveredSeq, stands);
  const readUpTo = read ? Math.max(visitor.readSeq, delivered) : visitor.readSeq;
  if (delivered === visitor.deliveredSeq && readUpTo === visitor.readSeq) return;
  Object.assign(visitor, { deliveredSeq: delivered, readSeq: readUpTo });
  await saveVisitor(tx, channel.id, visitor);
  await tellWindows(tx, channel.id, visitorId);
}
