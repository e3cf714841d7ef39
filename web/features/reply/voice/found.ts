import type { Mark } from "../check-reply.ts";

/** What the checks of the brand's voice found in a text, as the composer needs it. */
export type VoiceState = {
  /** The text they looked at; marks of another text are not drawn. */
  text: string;
  marks: readonly Mark[];
  /** Something stands in it that holds the reply. */
  holds: boolean;
};
export const NOTHING_FOUND: VoiceState = { text: "", marks: [], holds: false };

/** The words as they stand are held: nothing is sent until they are changed, or the agent says why they leave anyway. */
export const heldNow = (voice: VoiceState, audience: "public" | "private" | "note", text: string): boolean =>
  audience !== "note" && voice.holds && voice.text === text;

/** The marks of preflight and of the voice together, in order. */
export function allMarks(own: readonly Mark[], voice: VoiceState, text: string): readonly Mark[] {
  return voice.text === text && voice.marks.length > 0
    ? [...own, ...voice.marks].toSorted((a, b) => a.start - b.start)
    : own;
}
