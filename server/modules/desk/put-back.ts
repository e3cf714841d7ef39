import type { Tx } from "#platform/db";
import { backInHand } from "./approval/weight.ts";
import { keepDraft } from "./drafts.ts";
import { type Draft, findDraft, saveDraft } from "./store/desk-store.ts";

type Words = Pick<Draft, "conversationId" | "audience" | "answersMessageId" | "text" | "files" | "copies">;

/**
 * Words that did not leave return to their agent's draft. What the agent has begun to write meanwhile stays what it is (for whom, what it
 * answers): the words that came back stand before it, so that neither text is lost.
 */
export async function putBack(tx: Tx, agentId: string, back: Words): Promise<void> {
  await backInHand(tx, back.conversationId, agentId);
  if ((await saveDraft(tx, agentId, back, 0)) !== null) return;
  // Another window may save between the look and the write; the one after it is looked at anew.
  for (let tries = 0; tries < 5; tries++) {
    const newer = await findDraft(tx, back.conversationId, agentId);
    if ((await keepDraft(tx, agentId, newer ? together(back, newer) : back, newer?.version ?? 0)) !== null) return;
  }
}

/** Both in one draft. Words meant for one person never come to stand in a draft for everybody: then the draft turns private. */
export function together<D extends Words>(back: Words, newer: D): D {
  const had = new Set(newer.files.map((f) => f.id));
  const files = [...back.files.filter((f) => !had.has(f.id)), ...newer.files];
  const both = { ...newer, text: bothTexts(back.text, newer.text), files };
  if (back.audience !== "private" || newer.audience !== "public") return both;
  const { audience, answersMessageId, copies } = back;
  return { ...both, audience, answersMessageId, copies };
}

/** The one before the other; one that stands there already is not said twice. */
export function bothTexts(back: string, newer: string): string {
  const [first, second] = [back.trimEnd(), newer.trim()];
  if (second === "" || first.trim() === second) return back;
  if (first.trim() === "" || newer.trimStart().startsWith(first)) return newer;
  return `${first}\n\n${newer}`;
}
