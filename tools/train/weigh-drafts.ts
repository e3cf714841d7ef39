import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { wilson } from "../../bench/judge/score-replies.ts";
import { seeded } from "../../server/modules/listening/domain/learn.ts";
import { foundInWords } from "../../shared/voice/check.ts";
import { type VoiceDraft, voiceRules } from "../../shared/voice/finding.ts";
import { readHouseRules } from "../../shared/voice/read-rules.ts";
import { sentencesOf } from "../../shared/voice/text.ts";
import { featuresOf } from "../../shared/voice/weigh/features.ts";
import { heldAnyway, isReadable, signsAmong, weighed } from "../../shared/voice/weigh/weigh.ts";
import { wordingOf } from "../../shared/voice/weigh/wording.ts";
import { fitLogistic } from "./fit-logistic.ts";

/**
 * `node tools/train/weigh-drafts.ts`: learns shared/voice/weigh/weights.ts and wording-weights.ts from the drafts of bench/judge/data/replies, and says how the
 * drafts of each set are judged by weights and a limit that never saw a draft of the hand that wrote it. `--dry` writes nothing.
 */
const folder = new URL("../../bench/judge/data/replies/", import.meta.url);
const target = new URL("../../shared/voice/weigh/weights.ts", import.meta.url);
const wordingTarget = new URL("../../shared/voice/weigh/wording-weights.ts", import.meta.url);
/** Who wrote which sets, knowing nothing of the checks: the sets of a hand are judged by the others'. All other sets are of the makers' own hands. */
const HANDS: Readonly<Record<string, string>> = {
  b: "valley remedies games",
  c: "budgetair mealkit citybank boxoffice ebike",
  d: "parcels library mobile holiday health",
  e: "grocer films tax lingua furniture",
  f: "waterworks preloved vets",
  g: "citybus gadgets fitness broadband",
  h: "hospital housing heating charity",
  i: "brewery football mobilegame sneakers",
  j: "ferries toys carshare pensions",
};
const handOf = (set: string): string =>
  Object.keys(HANDS).find((hand) => HANDS[hand]!.split(" ").includes(set.replace("dev_", ""))) ?? "a";
/** Pull of each weight to nothing; half and twice of it gave the same within what the sets can tell. */
const RIDGE = 1;
/** What one sign in the words adds: as much as most single facts of a draft. Half and twice as much changed next to nothing. */
const SIGN = 1.5;
/** The share of fine drafts of other hands that may be stopped, by which the limit is chosen: a little below what must not be passed, for hands yet unknown. */
const STOPPED = 0.085;
/** Descent by AdaGrad over the facts and the words together; a word has to stand in three drafts, because one's own words are no manner of speaking. */
const DESCENT = { rounds: 25, rate: 0.15, pull: 2e-4, drafts: 3 };
/** Weights of words below this are left out: they change a verdict in two of 1,500 drafts. */
const LEAST = 0.3;

interface Known {
  set: string;
  rules: string[];
  features: Map<string, number>;
  wording: Map<string, number>;
  /** Something stands in it that no weight can speak against. */
  plain: boolean;
  signs: number;
  /** In a language the weights know; others are judged by their words alone. */
  readable: boolean;
}

const linesOf = (name: string) =>
  readFileSync(new URL(name, folder), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

function read(): Known[] {
  const sets = readdirSync(folder)
    // What is kept apart teaches nothing.
    .filter((name) => name.endsWith(".in.jsonl") && !name.startsWith("unseen_"))
    .map((name) => name.replace(".in.jsonl", ""))
    .sort();
  return sets.flatMap((set) => {
    const house = JSON.parse(readFileSync(new URL(`${set}.rules.json`, folder), "utf8"));
    const truth = new Map(linesOf(`${set}.gold.jsonl`).map((row) => [row.id, row.rules as string[]]));
    return linesOf(`${set}.in.jsonl`).map((row): Known => {
      const { draft: text, public: isPublic, agent, post, facts, recent } = row;
      const draft: VoiceDraft = { text, public: isPublic, agent, post, facts, recent };
      const found = foundInWords(draft, readHouseRules(house, row.network, isPublic));
      const signs = signsAmong(found);
      return {
        ...{ set, rules: truth.get(row.id) ?? [], features: featuresOf(draft, sentencesOf(text)) },
        wording: wordingOf(text),
        ...{ signs, plain: heldAnyway(found), readable: isReadable(draft) },
      };
    });
  });
}

/** Length and signature are counted, not weighed. */
const told = ({ rules }: Known) =>
  rules.length === 0 || rules.some((rule) => rule !== "length" && rule !== "disclosure");

function learn(rows: readonly Known[], names: readonly string[], rule: string): number[] {
  const mine = rows.filter((r) => told(r) && (r.rules.length === 0 || r.rules.includes(rule)));
  return fitLogistic(
    mine.map((r) => names.map((name) => r.features.get(name) ?? 0)),
    mine.map((r) => Number(r.rules.length > 0)),
    RIDGE,
  );
}

interface Found {
  base: number;
  of: Map<string, number>;
  words: Map<string, number>;
}

/** What speaks for any rule's being broken: facts and words at once, so that neither is counted for the other. */
function descend(rows: readonly Known[]): Found {
  const seen = rows.filter(told);
  const counts = new Map<string, number>();
  for (const { wording } of seen) for (const gram of wording.keys()) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const found: Found = { base: 0, of: new Map(), words: new Map() };
  const squares = new Map<Map<string, number>, Map<string, number>>([
    [found.of, new Map()],
    [found.words, new Map()],
  ]);
  let baseSquares = 1;
  const chance = seeded(1);
  const order = seen.map((r) => ({
    row: r,
    parts: [
      [found.of, [...r.features]],
      [found.words, [...r.wording].filter(([gram]) => counts.get(gram)! >= DESCENT.drafts)],
    ] as const,
  }));
  for (let round = 0; round < DESCENT.rounds; round++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(chance() * (i + 1));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    for (const { row, parts } of order) {
      const off = 1 / (1 + Math.exp(-weightOf(row, found))) - Number(row.rules.length > 0);
      baseSquares += off * off;
      found.base -= (DESCENT.rate * off) / Math.sqrt(baseSquares);
      for (const [weights, values] of parts)
        for (const [name, value] of values) {
          const old = weights.get(name) ?? 0;
          const slope = off * value + DESCENT.pull * old;
          const square = (squares.get(weights)!.get(name) ?? 1) + slope * slope;
          squares.get(weights)!.set(name, square);
          weights.set(name, old - (DESCENT.rate * slope) / Math.sqrt(square));
        }
    }
  }
  for (const [gram, weight] of found.words) if (Math.abs(weight) < LEAST) found.words.delete(gram);
  return found;
}

function weightOf({ features, wording, signs }: Known, { base, of, words }: Found): number {
  let sum = base + SIGN * signs;
  for (const [name, value] of features) sum += (of.get(name) ?? 0) * value;
  for (const [gram, value] of wording) sum += (words.get(gram) ?? 0) * value;
  return sum;
}

type Judged = Known & { weight: number };
const stopped = (row: Judged, limit: number) => row.plain || (row.readable ? row.weight > limit : row.signs > 0);

/** The lowest limit, in steps of .05, that stops no more of the fine drafts than `STOPPED`: of each set alike, however many it has. */
function limitOf(rows: readonly Judged[]): number {
  const fine = [
    ...Map.groupBy(
      rows.filter((r) => r.rules.length === 0),
      (r) => r.set,
    ).values(),
  ];
  for (let limit = -2; limit < 5; limit += 0.05) {
    const share =
      fine.reduce((sum, set) => sum + set.filter((r) => stopped(r, limit)).length / set.length, 0) / fine.length;
    if (share <= STOPPED) return Math.round(limit * 100) / 100;
  }
  return 5;
}

/** Joined to lines of some two hundred signs. */
function inLines(parts: readonly string[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + part.length < 200) lines[lines.length - 1] = `${last}|${part}`;
    else lines.push(part);
  }
  return lines.join("\n");
}

const rows = read();
const names = [...new Set(rows.flatMap((r) => [...r.features.keys()]))].sort();
const sets = [...new Set(rows.map((r) => r.set))];
const hands = [...new Set(sets.map(handOf))].sort();
// Judged by the others: weights by all sets but those of its hand, and the limit by how the other hands were judged in the same way.
const judged: Judged[] = hands.flatMap((hand) => {
  const found = descend(rows.filter((r) => handOf(r.set) !== hand));
  return rows.filter((r) => handOf(r.set) === hand).map((r) => ({ ...r, weight: weightOf(r, found) }));
});
/** Only hands that knew nothing of the checks tell how often a fine draft of a stranger is stopped. */
const strangers = (but = "") => judged.filter((r) => handOf(r.set) !== "a" && handOf(r.set) !== but);
const say = (name: string, mine: readonly { row: Judged; stop: boolean }[]) => {
  const share = (list: readonly { stop: boolean }[]) => {
    const hits = list.filter((one) => one.stop).length;
    const [from, to] = wilson(hits, list.length);
    return `${hits}/${list.length} = ${(hits / list.length).toFixed(3)} (${from.toFixed(2)} to ${to.toFixed(2)})`;
  };
  const broken = mine.filter(({ row }) => row.rules.length > 0);
  const fine = mine.filter(({ row }) => row.rules.length === 0);
  console.log(`${name.padEnd(16)} caught ${share(broken)}${fine.length > 0 ? `, fine stopped ${share(fine)}` : ""}`);
};
const folds = sets.map((set) => {
  const limit = limitOf(strangers(handOf(set)));
  return judged.filter((r) => r.set === set).map((row) => ({ row, stop: stopped(row, limit) }));
});
for (const [i, fold] of folds.entries()) say(sets[i] as string, fold);
for (const hand of hands)
  say(
    `hand ${hand}`,
    folds.flat().filter(({ row }) => handOf(row.set) === hand),
  );
say("all", folds.flat());
for (const rule of voiceRules)
  say(
    `  of ${rule}`,
    folds.flat().filter(({ row }) => row.rules.includes(rule)),
  );
say(
  "strangers",
  folds.flat().filter(({ row }) => handOf(row.set) !== "a"),
);
for (const rule of voiceRules)
  say(
    `  of ${rule}`,
    folds.flat().filter(({ row }) => handOf(row.set) !== "a" && row.rules.includes(rule)),
  );

if (!process.argv.includes("--dry")) {
  const found = descend(rows);
  const any = [...names.map((name) => found.of.get(name) ?? 0), found.base];
  const columns = [any, ...weighed.map((rule) => learn(rows, names, rule))];
  const short = (n: number) => Math.round(n * 100) / 100;
  const of = names.map((name, i) => [name, columns.map((c) => short(c[i] as number))] as const);
  const base = columns.map((c) => short(c[names.length] as number));
  const lines = of
    .filter(([, row]) => row.some((n) => n !== 0))
    .map(([name, row]) => `    ${/^[a-z]+$/iu.test(name) ? name : JSON.stringify(name)}: [${row.join(", ")}],`);
  writeFileSync(
    target,
    `// Made by tools/train/weigh-drafts.ts from bench/judge/data/replies; not written by hand.
/**
 * By name of a feature: what it adds for any rule, and for canned, tone, privacy and promise, in logits. \`sign\`: what each sign in the
 * words adds; \`limit\`: above it a draft is said to break a rule.
 */
export const weights: {
  readonly sign: number;
  readonly limit: number;
  readonly base: readonly number[];
  readonly of: Readonly<Record<string, readonly number[]>>;
} = {
  sign: ${SIGN},
  limit: ${limitOf(strangers())},
  base: [${base.join(", ")}],
  of: {
${lines.join("\n")}
  },
};
`,
  );
  const wording = [...found.words]
    .map(([gram, weight]) => [gram, Math.round(weight * 100)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(
    wordingTarget,
    `// Made by tools/train/weigh-drafts.ts from bench/judge/data/replies; not written by hand.
/** A word or two, and what it adds for any rule, in hundredths of a logit; parted by "|" and ends of lines. */
export const WORDING = \`
${inLines(wording.map(([gram, weight]) => `${gram} ${weight}`))}
\`;
`,
  );
  console.log(`${wording.length} words and pairs`);
}
