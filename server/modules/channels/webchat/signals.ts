import type { z } from "zod";
import type { chatClientFrame } from "#contracts/webchat";
import { lockKnownVisitor, saveVisitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { tellTyping } from "./lines.ts";
import { noteReached } from "./receipts.ts";
import { isOver } from "./session.ts";
import { visits } from "./visit.ts";

type Signal = Extract<z.output<typeof chatClientFrame>, { type: "typing" | "read" | "page" }>;

/** What passes by: who types, who has read, who looks at which page. */
export async function takeSignal(
  house: ChatHouse,
  door: ChatDoor,
  { visitorId, signedIn }: Visiting,
  signal: Signal,
): Promise<void> {
  const { channelId, accountId } = door;
  if (signal.type === "read") {
    const news = await house.db.withAccount(accountId, (tx) =>
      noteReached(tx, channelId, visitorId, signal.upTo, "read"),
    );
    if (news) house.stored(accountId, channelId);
    return;
  }
  await house.db.withAccount(accountId, async (tx) => {
    if (signal.type === "typing") return tellTyping(tx, channelId, visitorId, signal.on);
    const visitor = await lockKnownVisitor(tx, channelId, visitorId);
    if (!visitor || isOver(visitor) || (visitor.subject !== null && !signedIn)) return;
    visits(door, visitor, signal.page, signal.before, tx.now);
    visitor.seenAt = Math.max(visitor.seenAt, tx.now);
    await saveVisitor(tx, channelId, visitor);
  });
}
