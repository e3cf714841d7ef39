import { type Figures, listOf, mean, type Row } from "./rows.ts";

/** Zeros of the digit rows people write with: Latin, Arabic, Persian, Devanagari. */
const ZEROS = [0x30, 0x660, 0x6f0, 0x966];
const NUMBERS = new Set(["card", "phone", "national_id"]);
/** So many digits of a card in a row betray it. */
const CARD_RUN = 7;

/** How much of what is secret is gone, and how much of what only looks so still stands. */
export function scoreRedact(truth: readonly Row[], found: readonly Row[]): Figures {
  const answers = new Map(found.map((f) => [f.id, listOf(f.texts).join(" \u0001 ")]));
  const removed: number[] = [];
  const kept: number[] = [];
  const whole: number[] = [];
  for (const t of truth) {
    const text = answers.get(t.id);
    const secrets = (t.secrets ?? []) as { kind: string; value: string; short?: boolean }[];
    const gone = secrets.map((s) => Number(text !== undefined && isGone(s, text)));
    const stands = listOf(t.keep).map((k) => Number(text?.includes(k) ?? false));
    removed.push(...gone);
    kept.push(...stands);
    whole.push(Number([...gone, ...stands].every(Boolean)));
  }
  return {
    texts: truth.length,
    removed: mean(removed),
    ...(kept.length > 0 && { look_alikes_kept: mean(kept) }),
    texts_wholly_right: mean(whole),
  };
}

function isGone(s: { kind: string; value: string; short?: boolean }, text: string): boolean {
  if (s.short) return !new RegExp(`(?<!\\d)${s.value.replace(/\D/gu, "")}(?!\\d)`).test(text);
  const number = digits(s.value);
  if (NUMBERS.has(s.kind) && number.length >= CARD_RUN && !/[a-z]/iu.test(s.value)) {
    const run = s.kind === "card" ? CARD_RUN : number.length - 2;
    const all = digits(text);
    for (let i = 0; i + run <= number.length; i++) if (all.includes(number.slice(i, i + run))) return false;
    return true;
  }
  return !bare(text).includes(bare(s.value));
}

function bare(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

function digits(text: string): string {
  return [...text.normalize("NFKC").matchAll(/\p{Nd}/gu)]
    .map(([d]) => {
      const code = d.codePointAt(0)!;
      const zero = ZEROS.find((z) => code >= z && code <= z + 9);
      return zero === undefined ? d : String(code - zero);
    })
    .join("");
}
