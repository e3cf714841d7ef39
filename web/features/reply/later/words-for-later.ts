import type { WrittenComposer } from "../use-composer.ts";

type Now = { composer: WrittenComposer; copies: readonly string[] | null; version: number; refused: string | null };

/** The words as they would wait for a later time; null while they could not be sent now either. */
export function wordsForLater({ composer, copies, version, refused }: Now) {
  const { audience, answersId: answersMessageId, text } = composer;
  if (refused !== null || audience === "note" || answersMessageId === null) return null;
  return { audience, answersMessageId, text: text.trimEnd(), copies, resolveWith: null, expectedVersion: version };
}
