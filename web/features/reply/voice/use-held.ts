import { useLingui } from "@lingui/react/macro";
import { heldNow, type VoiceState } from "./found.ts";

/** Why the words as they stand are not sent; null: the voice of the brand holds nothing in them. */
export function useHeld(voice: VoiceState, audience: "public" | "private" | "note", text: string): string | null {
  const { t } = useLingui();
  return heldNow(voice, audience, text) ? t`This is held: what is marked in the text has to be changed first.` : null;
}
