import type { Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { insertMarks } from "../store/model-store.ts";
import { learnTonight } from "./learn-times.ts";

/**
 * What an agent did in ordinary work says whether a message needed an answer, and whether it was noise, without a word about labels. It is learnt in
 * the night and changes nothing that stands; what somebody says of a label outranks it.
 */
export async function learnFromWork(
  tx: Tx,
  done: { messageId: string; agentId: string; actionable: boolean; noise?: boolean },
): Promise<void> {
  const { messageId, agentId } = done;
  const mark = (task: string, value: string) => ({ id: uuidv7(tx.now), messageId, task, value, agentId });
  const noise = done.noise ? [mark("noise", "noise")] : done.actionable ? [mark("noise", "signal")] : [];
  await insertMarks(tx, [mark("actionable", done.actionable ? "yes" : "no"), ...noise], "work");
  await learnTonight(tx);
}
