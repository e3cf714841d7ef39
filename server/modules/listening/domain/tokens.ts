/** Cutting a post into words. Offsets always point into the text handed in; what a model sees is the normalised form. */

export type TokenKind = "word" | "link" | "handle" | "hashtag" | "number" | "emoji" | "mark" | "sign";
export type Token = { kind: TokenKind; start: number; end: number; norm: string; shout: boolean };
export type Tokens = { text: string; tokens: Token[]; clipped: boolean };

/** A post is read up to this many UTF-16 units; the rest is kept but not understood. Longest mails of real desks stay far below. */
export const READ_LIMIT = 20_000;
/** A word is read up to this many units ("aaaa…" of a megabyte is one word). */
const WORD_LIMIT = 64;

const LINK = String.raw`(?:https?:\/\/|www\.)[^\s<>"'\u3000]+`;
const MAIL = String.raw`[\p{L}\p{N}._+-]{1,64}@[\p{L}\p{N}-]{1,64}(?:\.[\p{L}\p{N}-]{1,64}){1,4}`;
const HANDLE = String.raw`[@＠][\p{L}\p{N}_][\p{L}\p{N}_.-]*`;
const HASHTAG = String.raw`[#＃][\p{L}\p{N}_\p{M}]+`;
const NUMBER = String.raw`[$€£¥₹]?\p{Nd}+(?:[.,:/-]\p{Nd}+)*[%€£$]?`;
const PLAIN = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
// A zero-width sign inside a word hides it from filters; it is read through and dropped.
const WORD = String.raw`(?:(?!${PLAIN})\p{L})(?:(?!${PLAIN})[\p{L}\p{M}\p{Nd}_'’\u00ad\u200b-\u200d\u2060\ufeff])*`;
const EMOJI = String.raw`\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier}|\u200d\p{Extended_Pictographic})*|\p{Regional_Indicator}{2}`;
const MARK = String.raw`[!?¿¡！？]+|\.{2,}|…`;
const SIGN = String.raw`[:;=8][-']?[()DPp/\\|*]|<3`;
const SCAN = new RegExp(
  `(${LINK})|(${MAIL})|(${HANDLE})|(${HASHTAG})|(${EMOJI})|(${SIGN})|(${NUMBER})|(${PLAIN}|${WORD})|(${MARK})`,
  "gu",
);
const HIDDEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/gu;
const MARKS = /(\p{M})\p{M}+/gu;
const REPEATED = /(\p{L})\1{2,}/gu;

/** Tokens of a post; linear in its length, for any string whatever. */
export function tokenise(input: string): Tokens {
  const clipped = input.length > READ_LIMIT;
  const text = clipped ? input.slice(0, READ_LIMIT) : input;
  const tokens: Token[] = [];
  SCAN.lastIndex = 0;
  for (let m = SCAN.exec(text); m; m = SCAN.exec(text)) {
    tokens.push(tokenOf(m));
  }
  return { text, tokens, clipped };
}

function tokenOf(m: RegExpExecArray): Token {
  const start = m.index;
  const raw = m[0];
  const end = start + raw.length;
  if (m[1] !== undefined) return { kind: "link", start, end, norm: "<link>", shout: false };
  if (m[2] !== undefined) return { kind: "link", start, end, norm: "<mail>", shout: false };
  if (m[3] !== undefined) return { kind: "handle", start, end, norm: "<at>", shout: false };
  if (m[4] !== undefined) return { kind: "hashtag", start, end, norm: normalise(raw.slice(1)), shout: false };
  if (m[5] !== undefined) return { kind: "emoji", start, end, norm: bareEmoji(raw), shout: false };
  if (m[6] !== undefined) return { kind: "sign", start, end, norm: raw, shout: false };
  if (m[7] !== undefined) return { kind: "number", start, end, norm: numberShape(raw), shout: false };
  if (m[8] !== undefined) return { kind: "word", start, end, norm: normalise(raw), shout: isShout(raw) };
  return { kind: "mark", start, end, norm: markShape(raw), shout: false };
}

const PLAIN_ASCII = /^[a-z]+$/;

/** NFKC, lower case, one combining mark per letter, no letter more than twice in a row, clipped. */
export function normalise(raw: string): string {
  if (raw.length <= 24 && PLAIN_ASCII.test(raw)) return squeeze(raw);
  const short = raw.length > WORD_LIMIT ? raw.slice(0, WORD_LIMIT) : raw;
  return squeeze(short.normalize("NFKC").toLowerCase().replace(HIDDEN, "").replace(/’/g, "'").replace(MARKS, "$1"));
}

function squeeze(word: string): string {
  return word.replace(REPEATED, "$1$1");
}

function isShout(raw: string): boolean {
  return raw.length >= 3 && raw === raw.toUpperCase() && raw !== raw.toLowerCase();
}

function bareEmoji(raw: string): string {
  return raw.replace(/\ufe0f|\p{Emoji_Modifier}/gu, "");
}

function numberShape(raw: string): string {
  if (/[$€£¥₹]/u.test(raw)) return "<money>";
  if (raw.endsWith("%")) return "<percent>";
  const digits = raw.replace(/\P{Nd}/gu, "").length;
  if (/^\p{Nd}{1,2}:\p{Nd}{2}$/u.test(raw)) return "<time>";
  return digits <= 2 ? raw.normalize("NFKC").toLowerCase() : digits <= 4 ? "<num>" : "<long>";
}

function markShape(raw: string): string {
  const question = /[?？¿]/u.test(raw);
  const shout = /[!！¡]/u.test(raw);
  if (question) return shout || raw.length > 1 ? "??" : "?";
  if (shout) return raw.length > 1 ? "!!" : "!";
  return "…";
}
