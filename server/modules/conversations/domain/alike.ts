/** With fewer telling words two people may well say the same by themselves. */
const WORDS_LEAST = 6;
const WORDS_MOST = 12;
const WORD = /[\p{L}\p{M}]{5,}/gu;
/** Of scripts that write without spaces so many letters in a row are as telling. */
const LETTERS_LEAST = 24;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** What is read of a text: a campaign says the same from its beginning. */
const READ = 2_000;

/**
 * What texts that say the same have in common, whatever else was varied: a mark of their longest different words, whatever their order and
 * case, without names, addresses, numbers, signs and pictures. Null for a text too short to tell. The text cannot be read from it.
 */
export function alikeOf(text: string): string | null {
  const plain = text
    .slice(0, READ)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/(?:https?:\/\/|www\.)\S+|[@#]\S+|\S+@\S+/g, " ");
  const words = [...new Set(plain.match(WORD) ?? [])].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const unspaced = (plain.match(UNSPACED) ?? []).join("");
  if (unspaced.length >= LETTERS_LEAST) return mark(unspaced);
  return words.length < WORDS_LEAST ? null : mark(words.slice(0, WORDS_MOST).sort().join(" "));
}

/** Two 32-bit FNV-1a sums from different starts: short, the same everywhere, and nothing is guarded by it. */
function mark(words: string): string {
  let [a, b] = [0x811c9dc5, 0x9747b28c];
  for (let i = 0; i < words.length; i++) {
    const unit = words.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + i), 0x01000193);
  }
  return [a, b].map((sum) => (sum >>> 0).toString(36).padStart(7, "0")).join("");
}
