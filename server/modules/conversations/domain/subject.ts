const LONGEST = 80;
const LINK = /\bhttps?:\/\/\S+|\bwww\.\S+/giu;
/** Handles that call somebody, at the beginning and the end; one inside a sentence is a word of it and stays. */
const LEADING = /^\s*(?:@[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}.-]+)?[\s,:;!–-]*)+/u;
const TRAILING = /(?:[\s,]+@[\p{L}\p{N}_]+(?:[.-][\p{L}\p{N}_]+)*(?:@[\p{L}\p{N}.-]+)?)+\s*$/u;

/** What a conversation is called: its first words, without the handles it calls and links, clipped at a word. A mail keeps its own subject. */
export function subjectOf(text: string, given = ""): string {
  const title = plain(given.replace(/^\s*(?:(?:re|fwd?|aw|wg|antw|sv|tr|rif)\s*:\s*)+/iu, ""));
  const words = title || plain(text);
  if (words === "") return "Message without words";
  const signs = [...words];
  if (signs.length <= LONGEST) return words;
  const cut = signs.slice(0, LONGEST - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > LONGEST / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:–-]+$/u, "")}…`;
}

function plain(text: string): string {
  return text
    .slice(0, 2_000)
    .replace(LINK, " ")
    .replace(/[\p{C}\s]+/gu, " ")
    .replace(LEADING, "")
    .replace(TRAILING, "")
    .replace(/^[\s,:;.!–-]+/u, "")
    .trim();
}
