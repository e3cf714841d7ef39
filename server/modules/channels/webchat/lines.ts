import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { insertLine, type Line, lineByKey } from "../store/webchat-line-store.ts";
import { notifyChat, saveVisitor, type Visitor } from "../store/webchat-visitor-store.ts";

/** What is new at a visitor's windows. `typing`: passes by and is kept nowhere. */
export interface ChatNotice {
  accountId: string;
  channelId: string;
  visitorId: string;
  typing?: { on: boolean; name: string };
  /** The visitor types, or has stopped. */
  theirs?: boolean;
}

/** Tells all nodes, after the commit, that the windows of a visitor have to look. */
export async function tellWindows(tx: Tx, channelId: string, visitorId: string, typing?: ChatNotice["typing"]) {
  const notice: ChatNotice = { accountId: tx.accountId, channelId, visitorId, ...(typing && { typing }) };
  await notifyChat(tx, JSON.stringify(notice));
}

/** Tells all nodes that the visitor types: the desk asks whichever it is on. */
export async function tellTyping(tx: Tx, channelId: string, visitorId: string, on: boolean): Promise<void> {
  const notice: ChatNotice = { accountId: tx.accountId, channelId, visitorId, theirs: on };
  await notifyChat(tx, JSON.stringify(notice));
}

export function readNotice(payload: string): ChatNotice | null {
  try {
    const told = JSON.parse(payload) as ChatNotice;
    return typeof told?.visitorId === "string" ? told : null;
  } catch {
    return null;
  }
}

type NewLine = Pick<Line, "sender" | "clientKey" | "name" | "body" | "files" | "deliveryId">;

/**
 * Writes the next line of a visitor's log; `visitor` is locked, and saved here. The same `clientKey` again is the line that stands there.
 * Whoever's windows are open see it after the commit.
 */
export async function appendLine(
  tx: Tx,
  channelId: string,
  visitor: Visitor,
  made: NewLine,
): Promise<{ line: Line; fresh: boolean }> {
  const there = await lineByKey(tx, channelId, visitor.id, made.clientKey);
  if (there) return { line: there, fresh: false };
  visitor.lastSeq += 1;
  const line: Line = { ...made, seq: visitor.lastSeq, id: uuidv7(tx.now), chat: visitor.chat, at: tx.now };
  await insertLine(tx, channelId, visitor.id, line);
  await saveVisitor(tx, channelId, visitor);
  await tellWindows(tx, channelId, visitor.id);
  return { line, fresh: true };
}
