import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { findMarked, findMarksOn } from "../store/model-store.ts";

/** Messages since an instant of which an agent last said this of a label, or showed it by ordinary work. */
export function messagesMarked(tx: Tx, task: string, value: string, since: Instant): Promise<string[]> {
  return findMarked(tx, task, value, since);
}

/** What agents last said of a label of these messages. */
export async function labelsMarked(tx: Tx, task: string, messageIds: readonly string[]): Promise<Map<string, string>> {
  return new Map((await findMarksOn(tx, task, messageIds)).map((m) => [m.messageId, m.value]));
}
