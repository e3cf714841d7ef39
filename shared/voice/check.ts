import type { HouseVoice, VoiceDraft, VoiceFinding } from "./finding.ts";
import { readInWords } from "./in-words.ts";
import { checkPrivacy } from "./privacy.ts";
import { weighAll } from "./weigh/weigh.ts";
import { logitOfWording } from "./weigh/wording.ts";

export type { DisclosureAsked, HouseVoice, VoiceCode, VoiceDraft, VoiceFinding, VoiceRule } from "./finding.ts";

/**
 * Would a person who speaks for this company send this? Every finding points at the words; places are UTF-16 units of the
 * draft. Pure and linear in the length of the draft; the same in the composer, at sending and in the backtest.
 */
export function checkVoice(draft: VoiceDraft, voice: HouseVoice): VoiceFinding[] {
  return weighAll(readInWords(draft, voice, checkPrivacy), logitOfWording);
}

/** What the words by themselves show, before the whole draft is weighed: for those who learn the weights. */
export function foundInWords(draft: VoiceDraft, voice: HouseVoice): VoiceFinding[] {
  return readInWords(draft, voice, checkPrivacy).found;
}
