import { has, type Sentence, tellingStems, wordsOf } from "../text.ts";
import { ahead, blames, conditional, ourPart, ownFile, ownThing, soothing, tag, wants } from "./shapes.ts";
import { signs } from "./signs.ts";

export interface Around {
  facts: string;
  post: string;
  factStems: ReadonlySet<string>;
  postStems: ReadonlySet<string>;
  public: boolean;
  glad: boolean;
  /** Private messages are spoken of somewhere in the draft. */
  aside: boolean;
}
export type Put = (name: string, value: number | boolean) => void;

/** Numbers and codes: runs of letters, digits and hyphens with a digit in them. In two steps, because one expression would go back over long words. */
const codesIn = (text: string): string[] => (text.match(/[\p{L}\d-]{3,}/gu) ?? []).filter((one) => /\d/u.test(one));

/** What stands within one sentence tells more than what stands somewhere. */
export function bySentence(said: readonly Sentence[], around: Around, put: Put): void {
  const { facts, post, factStems, postStems } = around;
  let outcome = 0;
  let given = 0;
  let soothed = 0;
  let idle = 0;
  let fault = 0;
  let rhetoric = 0;
  let asksOpenly = 0;
  let theirs = 0;
  for (const s of said) {
    const stems = [...tellingStems(s.words)];
    const known = stems.filter((one) => factStems.has(one)).length;
    const covered = stems.length > 0 && known / stems.length >= 0.5;
    const bound = conditional.test(s.folded);
    const asking = s.question;
    if (!asking && !bound && !covered && ahead.test(s.folded.replaceAll(ourPart, " ")))
      outcome = Math.max(outcome, signs.open.test(s.folded) ? 0.5 : 1);
    if (
      !asking &&
      !bound &&
      signs.gives.test(s.folded) &&
      !covered &&
      !/(?<!\p{L})(?:can't|cannot|not|no)(?!\p{L})/u.test(s.folded)
    )
      given = 1;
    if (soothing.test(s.folded)) soothed = 1;
    if (blames.test(s.folded)) fault = 1;
    if (tag.test(s.folded)) rhetoric = 1;
    const does =
      asking ||
      known > 0 ||
      signs["I act"].test(s.folded) ||
      signs.sorry.test(s.folded) ||
      signs.feels.test(s.folded) ||
      signs.glad.test(s.folded) ||
      signs.private.test(s.folded) ||
      signs.link.test(s.folded) ||
      signs.please.test(s.folded) ||
      has(s.folded, ourPart) ||
      signs.open.test(s.folded);
    if (!does) idle++;
    if (around.public && !signs.private.test(s.folded) && wants.test(s.folded)) asksOpenly = around.aside ? 0.5 : 1;
    const mine = ownThing.exec(s.folded);
    if (around.public && mine && !post.includes(mine[1] as string)) theirs = 1;
  }
  put("outcome", outcome);
  put("outcome, not glad", around.glad ? 0 : outcome);
  put("given", given);
  put("soothed", soothed);
  put("idle", idle / Math.max(1, said.length));
  put("idle, not glad", around.glad ? 0 : idle / Math.max(1, said.length));
  put("all idle", said.length > 0 && idle === said.length && !around.glad);
  put("fault", fault);
  put("tag", rhetoric);
  put("asks openly", asksOpenly);
  put("their thing", theirs);
  const codes = new Set(codesIn(facts));
  const text = said.map((s) => s.folded).join(" ");
  const told = codesIn(text);
  const owned = ownFile.test(facts);
  put("code told", around.public && told.some((one) => codes.has(one) && !post.includes(one)));
  put("own code told", around.public && owned && told.some((one) => codes.has(one) && !post.includes(one)));
  const fresh = [...tellingStems(wordsOf(text))].filter((one) => factStems.has(one) && !postStems.has(one)).length;
  put("own file", owned);
  put("own file told", around.public && owned ? Math.min(fresh, 4) / 4 : 0);
  put("own file kept", around.public && owned && fresh === 0);
  put(
    "titled",
    around.public &&
      /(?<!\p{L})(?:mr|mrs|ms|miss|dr|herr|frau|senora?|madame|monsieur|signora?|mevrouw|meneer|dona)\.?\s\p{L}{2,}/u.test(
        text,
      ) &&
      !/(?<!\p{L})(?:mr|mrs|ms|dr)/u.test(post),
  );
}
