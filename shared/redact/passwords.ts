import type { Hit } from "./cards.ts";
import { passwordWord, pinWord } from "./words.ts";

// "is", "=", "→" … between the word and its value, at most a few short words ("for my account is:").
const link = String.raw`(?:\s?[:=：→>-]{1,3}\s?|\s(?:for|to|von|für|pour|para|per|my|the|mein\p{L}{0,2}|account|login|app|email|is|ist|lautet|war|was|est|es|e|é|è|era|jest|to|är|er|on|is set to|van|voor|это|был|είναι|adalah|là)(?=\s|:|=)){0,5}\s?[:=：→>-]{0,3}\s?|は|是|为|:|は、|는|은|है|هي|هو`;
const quoted = /^["'“”‘’«»„‚‹›「`](?<value>[^"'“”‘’«»„‚‹›「」`\u2029\n]{3,64})["'“”‘’«»„‚‹›」`]/u;
const token = /^(?<value>[^\s\u2029"“”«»„]{3,64})/u;
const pinLink = new RegExp(String.raw`^(?:${link})[\s#("']{0,3}(?<value>(?:\d[ -]?){3,7}\d)(?![\d]|[.,:/]\d)`, "u");
const wordLink = new RegExp(`^(?<link>${link})`, "u");
const pinBehind =
  /(?<![\d.,:/])(?<value>\d{4,8})\s(?:is|ist|war|was|est|es|è|é|jest|är|er|as|als|comme|como)\s(?:my|the|mein\p{L}{0,2}|die|mon|le|mi|la|il mio|mijn|meu|min|mit|mój|moj)?\s?$/u;
const wordBehind =
  /(?<![^\s\u2029"'“„«])(?<value>[^\s\u2029"'“”„«»]{5,64})["'”“»]?\s(?:is|ist|war|was|est|es|è|é|jest|är|er|as|als|comme|como)\s(?:my|the|mein\p{L}{0,2}|das|mon|le|mi|la|il mio|mijn|meu|min|mit|mój|moje)?\s?$/u;

/** Looks like something chosen as a secret: figures or signs inside letters. */
function looksSecret(value: string): boolean {
  const bare = value.replace(/[.,;!?)]+$/u, "");
  if (bare.length < 4 || /^https?:|^[<{[_@/.]/u.test(bare)) return false;
  const figures = /\p{N}/u.test(bare);
  const letters = /\p{L}/u.test(bare);
  const signs = /[!$%&*+=?^_~#@\\|<>{}[\]]/u.test(bare);
  return (figures && letters) || (signs && (figures || letters)) || /^\d{4,12}$/u.test(bare);
}

const tidy = (value: string) =>
  value.replace(/[.,;:!?)]+$/u, (end) => (/^[.,;:)]+$/u.test(end) ? "" : end.replace(/[.,;:)]+$/u, "")));
// After a colon these still are no secrets ("password: forgot it").
const noSecret =
  /^(?:no|not|none|never|still|always|wrong|incorrect|invalid|reset|resets?|forgot|forgotten|lost|expired|blocked|locked|changed?|change|help|please|pls|why|how|what|where|when|it|i|my|the|a|an|and|or|but|is|was|does|doesn't|doesnt|can't|cant|cannot|will|won't|again|required|needed|nicht|kein|keine|falsch|vergessen|geht|ungültig|gesperrt|zurücksetzen|oublié|incorrect|erroné|perdu|pas|olvid\p{L}*|incorrect\p{L}*|no|perdid\p{L}*|errat\p{L}*|non|dimenticat\p{L}*|vergeten|niet|fout|esquec\p{L}*|errad\p{L}*|não)$/u;

function valueAfter(text: string, at: number): { start: number; end: number } | undefined {
  const rest = text.slice(at, at + 140);
  const gap = wordLink.exec(rest)?.groups?.link ?? "";
  const tail = rest.slice(gap.length).replace(/^\u2029/u, "");
  const skipped = rest.length - tail.length;
  const inQuotes = quoted.exec(tail);
  if (inQuotes?.groups?.value && gap.trim() !== "") {
    const start = at + skipped + 1;
    return { start, end: start + inQuotes.groups.value.length };
  }
  const value = tidy(token.exec(tail)?.groups?.value ?? "");
  if (!value) return undefined;
  const start = at + skipped;
  const secret =
    looksSecret(value) ||
    (/[:=：→]\s?$/u.test(gap) &&
      value.length >= 4 &&
      !/^[<{[_@/.]/u.test(value) &&
      !noSecret.test(value) &&
      endsThere(tail, value));
  return secret ? { start, end: start + value.length } : undefined;
}

const endsThere = (tail: string, value: string) => /^\s*(?:$|[\u2029\n.,;!?])/u.test(tail.slice(value.length));

/** Passwords and PINs given in clear beside the word that names them. */
export function findPasswords(text: string): Hit[] {
  const hits: Hit[] = [];
  const covered = new Uint8Array(text.length);
  const add = (start: number, end: number) => {
    if (covered.subarray(start, end).includes(1)) return;
    covered.fill(1, start, end);
    hits.push({ kind: "password", start, end });
  };
  for (const word of text.matchAll(pinWord)) {
    const from = word.index + word[0].length;
    const after = pinLink.exec(text.slice(from, from + 90));
    const value = after?.groups?.value;
    // A "pincode" of six figures is an address in India.
    if (after && value && !(/^pin ?code$/u.test(word[0]) && value.length === 6)) {
      const end = from + after[0].length;
      add(end - value.length, end);
      continue;
    }
    const lead = Math.max(0, word.index - 30);
    const before = pinBehind.exec(text.slice(lead, word.index));
    if (before?.groups?.value) add(lead + before.index, lead + before.index + before.groups.value.length);
  }
  for (const word of text.matchAll(passwordWord)) {
    // File names and switches (base-passwd_3.5, --password-store) are no statements.
    if (
      /[_/.-]$/u.test(text.slice(Math.max(0, word.index - 1), word.index)) ||
      /^[_./-]\S/u.test(text.slice(word.index + word[0].length, word.index + word[0].length + 2))
    )
      continue;
    const value = valueAfter(text, word.index + word[0].length);
    if (value) {
      add(value.start, value.end);
      continue;
    }
    const lead = Math.max(0, word.index - 90);
    const before = wordBehind.exec(text.slice(lead, word.index));
    if (before?.groups?.value && looksSecret(before.groups.value))
      add(lead + before.index, lead + before.index + before.groups.value.length);
  }
  return hits;
}
