import type { ChatClientFrame } from "#contracts/webchat";
import { lockKnownVisitor, saveVisitor } from "../store/webchat-visitor-store.ts";
import type { ChatDoor } from "./door.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { tellTyping } from "./lines.ts";
import { noteReached } from "./receipts.ts";
import { plainPage } from "./session.ts";

type Signal = Extract<ChatClientFrame, { type: "typing" | "read" | "page" }>;

/** What passes by: who types, who has read, who looks at which page. */
export async function takeSignal(
  house: ChatHouse,
  { channelId, accountId }: ChatDoor,
  { visitorId, signedIn }: Visiting,
  signal: Signal,
): Promise<void> {
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
    if (!visitor || visitor.erasedAt !== null || (visitor.subject !== null && !signedIn)) return;
    visitor.page = plainPage({ url: "", title: "", referrer: "", ...signal.page });
    visitor.seenAt = Math.max(visitor.seenAt, tx.now);
    await saveVisitor(tx, channelId, visitor);
  });
}
