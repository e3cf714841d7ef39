import { businessNumberWord } from "./card-words.ts";

// Between a word and its number: "order no. #", "Bestellnummer lautet:", "commande n° ".
const connection =
  /^[\s#:=.°º,()"'№-]{0,6}(?:(?:no|nr|n|num|number|nummer|id|code|is|ist|lautet|est|es|è|é|was|von|of)[\s#:=.°º-]{1,3}){0,2}$/u;

/** Does a word like "order" or "tracking number" stand directly before this offset of the folded text? */
export function businessWordBefore(text: string, at: number): boolean {
  const from = Math.max(0, at - 40);
  const before = text.slice(from, at);
  for (const word of before.matchAll(businessNumberWord))
    if (connection.test(before.slice(word.index + word[0].length))) return true;
  return /#\s?$/u.test(before);
}

/** Does a word of this kind stand within `reach` units before, or `reach`/2 behind, in the same message? */
export function wordNear(text: string, start: number, end: number, word: RegExp, reach = 40): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  const after = text.slice(end, end + reach / 2);
  return word.test(before.slice(before.lastIndexOf("\u2029") + 1)) || word.test(after.split("\u2029", 1)[0] as string);
}
