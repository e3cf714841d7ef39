import type { VoiceCode } from "#shared/voice/finding";
import { checkPromise } from "#shared/voice/promise";
import { sentencesOf } from "#shared/voice/text";

/** What a text can say that rules ask for, by what the checks of drafts find. */
const SAYINGS: Readonly<Record<string, readonly VoiceCode[]>> = {
  promise: ["guarantee", "time-not-known"],
  money: ["compensation", "amount-not-known"],
  liability: ["liability"],
};

export const sayings = (): readonly string[] => Object.keys(SAYINGS);

/** What the text says of these; `post` is what it answers: what the customer named is no promise of ours. */
export function saysOf(text: string, post: string): string[] {
  const draft = { text, post, public: true, agent: null, facts: [], recent: [] };
  const found = new Set(checkPromise(draft, sentencesOf(text)).map((f) => f.code));
  return sayings().filter((name) => SAYINGS[name]!.some((code) => found.has(code)));
}
