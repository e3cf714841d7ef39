import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { wilson } from "../../bench/judge/score-replies.ts";
import { foundInWords } from "../../shared/voice/check.ts";
import { type VoiceDraft, voiceRules } from "../../shared/voice/finding.ts";
import { readHouseRules } from "../../shared/voice/read-rules.ts";
import { sentencesOf } from "../../shared/voice/text.ts";
import { featuresOf } from "../../shared/voice/weigh/features.ts";
import { heldAnyway, isReadable, signsAmong, weighed } from "../../shared/voice/weigh/weigh.ts";
import { fitLogistic } from "./fit-logistic.ts";

/**
 * `node tools/train/weigh-drafts.ts`: learns shared/voice/weigh/weights.ts from the drafts of bench/judge/data/replies, and says how the
 * drafts of each set are judged by weights and a limit that never saw that set. `--dry` writes nothing.
 */
const folder = new URL("../../bench/judge/data/replies/", import.meta.url);
const target = new URL("../../shared/voice/weigh/weights.ts", import.meta.url);
/** Pull of each weight to nothing; half and twice of it gave the same within what the sets can tell. */
const RIDGE = 1;
/** What one sign in the words adds: in the sets made after the lists of words a sign was right nine times in ten; a little below the logarithm of that. */
const SIGN = 2;
/** The share of fine drafts that may be stopped, by which the limit is chosen. */
const STOPPED = 0.03;

interface Known {
  set: string;
  rules: string[];
  features: Map<string, number>;
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
    .filter((name) => name.endsWith(".in.jsonl"))
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
        ...{ signs, plain: heldAnyway(found), readable: isReadable(draft) },
      };
    });
  });
}

/** Length and signature are counted, not weighed. */
const told = ({ rules }: Known) =>
  rules.length === 0 || rules.some((rule) => rule !== "length" && rule !== "disclosure");

function learn(rows: readonly Known[], names: readonly string[], rule: string | null): number[] {
  const mine = rows.filter((r) => told(r) && (rule === null || r.rules.length === 0 || r.rules.includes(rule)));
  return fitLogistic(
    mine.map((r) => names.map((name) => r.features.get(name) ?? 0)),
    mine.map((r) => Number(r.rules.length > 0)),
    RIDGE,
  );
}

const weightOf = (row: Known, names: readonly string[], fitted: readonly number[]) =>
  names.reduce(
    (sum, name, i) => sum + (row.features.get(name) ?? 0) * (fitted[i] as number),
    fitted[names.length] as number,
  ) +
  SIGN * row.signs;

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

const rows = read();
const names = [...new Set(rows.flatMap((r) => [...r.features.keys()]))].sort();
const sets = [...new Set(rows.map((r) => r.set))];
// Judged by the others: weights by all sets but its own, and the limit by how those others were judged in the same way.
const judged: Judged[] = sets.flatMap((set) => {
  const fitted = learn(
    rows.filter((r) => r.set !== set),
    names,
    null,
  );
  return rows.filter((r) => r.set === set).map((r) => ({ ...r, weight: weightOf(r, names, fitted) }));
});
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
  const limit = limitOf(judged.filter((r) => r.set !== set));
  return judged.filter((r) => r.set === set).map((row) => ({ row, stop: stopped(row, limit) }));
});
for (const [i, fold] of folds.entries()) say(sets[i] as string, fold);
say("all", folds.flat());
for (const rule of voiceRules)
  say(
    `  of ${rule}`,
    folds.flat().filter(({ row }) => row.rules.includes(rule)),
  );
// The lists of words were made beside the dev_ sets up to dev_stream; only the later ones are new to them.
const made = new Set(
  ["air", "bank", "bus", "garage", "grid", "parks", "phone", "shop", "stream"].map((one) => `dev_${one}`),
);
say(
  "new to the lists",
  folds.flat().filter(({ row }) => !made.has(row.set)),
);

if (!process.argv.includes("--dry")) {
  const columns = [null, ...weighed].map((rule) => learn(rows, names, rule));
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
  limit: ${limitOf(judged)},
  base: [${base.join(", ")}],
  of: {
${lines.join("\n")}
  },
};
`,
  );
}
