/** A text that stands for one of two kinds. `whose`: texts of one writer never vouch for one another. */
export interface Heard {
  text: string;
  whose: string;
}

/** Rarer words are chance. */
const FEWEST_USES = 5;
/** With fewer texts of a kind nothing is learnt from them. */
const FEWEST_TEXTS = 40;
/** However much the words say, there may be other reasons. */
const MOST = 2;
const TOKEN = /[\p{L}\p{N}\p{M}']+|[?!]+/gu;
const AWAY = /\bhttps?:\/\/\S+|(?<![\p{L}\p{N}_])@[\p{L}\p{N}_]{1,40}/giu;

/**
 * Learns from a history how one kind of text sounds against another (who begins against who goes on), word by word, and how much that is worth:
 * the weight of the words is set on texts of writers from whom they were not learnt. Returns the logarithm of how much likelier a text is of the
 * first kind; 0 where the history does not tell. `kind` and `other` are what it is learnt from, `sure` are those of `kind` that look most like
 * what is asked later: by them and by `other` the weight is set.
 */
export function learnVoice(
  kind: readonly Heard[],
  other: readonly Heard[],
  sure: readonly Heard[],
): (text: string) => number {
  if (Math.min(kind.length, other.length, sure.length) < FEWEST_TEXTS) return () => 0;
  const half = (h: Heard) => hash(h.whose) % 2;
  const halves = [0, 1].map((n) =>
    scores(
      kind.filter((h) => half(h) === n),
      other.filter((h) => half(h) === n),
    ),
  );
  const asked = (h: Heard, is: number) => ({ score: halves[1 - half(h)]!(h.text), is });
  const { slope, base } = fit([...sure.map((h) => asked(h, 1)), ...other.map((h) => asked(h, 0))]);
  if (slope <= 0) return () => 0;
  const all = scores(kind, other);
  return (text) => Math.max(-MOST, Math.min(MOST, base + slope * all(text)));
}

function scores(kind: readonly Heard[], other: readonly Heard[]): (text: string) => number {
  const uses = new Map<string, [number, number]>();
  [kind, other].forEach((texts, side) => {
    for (const { text } of texts)
      for (const token of tokensOf(text)) {
        const n = uses.get(token) ?? [0, 0];
        n[side as 0 | 1] += 1;
        uses.set(token, n);
      }
  });
  const weight = new Map<string, number>();
  for (const [token, [a, b]] of uses)
    if (a + b >= FEWEST_USES)
      weight.set(token, Math.log(((a + 1) * (other.length + 2)) / ((b + 1) * (kind.length + 2))));
  return (text) => {
    let sum = 0;
    for (const token of tokensOf(text)) sum += weight.get(token) ?? 0;
    return sum;
  };
}

function tokensOf(text: string): Set<string> {
  const words = text.slice(0, 1_000).normalize("NFKC").toLowerCase().replace(AWAY, " ").match(TOKEN) ?? [];
  const length = `length ${Math.min(6, Math.floor(Math.log2(words.length + 1)))}`;
  return new Set([
    ...words.map((w) => (/\p{N}/u.test(w) ? "#" : w)),
    ...words.slice(0, 2).map((w, i) => `${i} ${w}`),
    length,
  ]);
}

/** Logistic regression on one number, both kinds weighing the same; a little held towards nothing. */
function fit(samples: readonly { score: number; is: number }[]): { slope: number; base: number } {
  const ones = samples.filter((s) => s.is === 1).length;
  const weightOf = (is: number) => 0.5 / (is === 1 ? ones : samples.length - ones);
  let [slope, base] = [0, 0];
  for (let step = 0; step < 30; step++) {
    let [g0, g1, h00, h01, h11] = [-base * 1e-3, -slope * 1e-3, 1e-3, 0, 1e-3];
    for (const { score, is } of samples) {
      const p = 1 / (1 + Math.exp(-(base + slope * score)));
      const w = weightOf(is);
      g0 += w * (is - p);
      g1 += w * (is - p) * score;
      const v = w * p * (1 - p);
      h00 += v;
      h01 += v * score;
      h11 += v * score * score;
    }
    const det = h00 * h11 - h01 * h01;
    if (!(Math.abs(det) > 1e-12)) break;
    base += (g0 * h11 - g1 * h01) / det;
    slope += (g1 * h00 - g0 * h01) / det;
  }
  return Number.isFinite(slope) && Number.isFinite(base) ? { slope, base } : { slope: 0, base: 0 };
}

function hash(name: string): number {
  let h = 2_166_136_261;
  for (let i = 0; i < name.length; i++) h = Math.imul(h ^ name.charCodeAt(i), 16_777_619);
  return (h ^ (h >>> 15)) >>> 0;
}
