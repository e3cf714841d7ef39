/**
 * Learns how sure labels are (`server/modules/listening/domain/sureness.ts`) from posts that no rule and no model was made beside.
 *
 *   node tools/train/weigh-sureness.ts [--dry]        (after `train.ts`; reads bench/judge/data only)
 *
 * Kinds go by the other labels' weights: run it until the file stays the same. Prints the calibration error of each label on posts held out: eight folds. The same input gives the same file. `--dry` writes nothing.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Claim, calibrationsOf, calibrationTable } from "../../bench/judge/calibration.ts";
import { inputOf, readCompanies } from "../../server/modules/listening/backtest/labels.ts";
import { readGratitude } from "../../server/modules/listening/domain/gratitude.ts";
import { kindsOf, TOLD_KINDS } from "../../server/modules/listening/domain/kinds.ts";
import { type LinearModel, readerFor } from "../../server/modules/listening/domain/linear-model.ts";
import { signalsSeen } from "../../server/modules/listening/domain/signals.ts";
import { FACTS, type Sureness, sureness } from "../../server/modules/listening/domain/sureness.ts";
import { understand, wordsOf } from "../../server/modules/listening/domain/understand.ts";
import { angerOf, risksSeen } from "../../server/modules/listening/domain/urgency.ts";
import { loadModels } from "../../server/modules/listening/models/load-models.ts";
import { fitLogistic } from "./fit-logistic.ts";

type Name = keyof typeof FACTS;
interface Case {
  readonly post: string;
  readonly facts: readonly number[];
  readonly right: boolean;
}

const FOLDS = 8;
/** How strongly weights are drawn to nothing, in posts' worth. */
const RIDGE = 1;
/**
 * The halves that may be looked at. The hand-written ones of `risk/blind_dev` and `signals/blind_dev` are not among them: the rules were made beside these, so
 * that they are right there more often than anywhere else.
 */
const SETS = [
  "labels/every_dev",
  "labels/wants_dev",
  "labels/kinds_dev",
  "labels/wild_dev",
  "risk/wild_dev",
  "signals/wild_dev",
];

const data = join(import.meta.dirname, "../../bench/judge/data");
const rowsOf = <T>(file: string) =>
  readFileSync(join(data, file), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

/** The cases of every label, in the order of the sets. */
export async function readCases(): Promise<Record<Name, Case[]>> {
  // Scores as they are before they are made sure: no model counts as one that ships.
  const sure = await loadModels();
  const { shipped: _, ...models } = sure;
  const companies = await readCompanies(join(data, "labels/companies.json"));
  const made: Record<Name, Case[]> = { noise: [], intent: [], sentiment: [], risk: [], signal: [], kind: [] };
  for (const set of SETS) {
    const truth = new Map(rowsOf<Truth>(`${set}.gold.jsonl`).map((t) => [t.id, t]));
    for (const row of rowsOf<{ id: string; text: string; company?: string }>(`${set}.in.jsonl`)) {
      const { labels, may } = labelsOf(truth.get(row.id)!);
      const put = (name: Name, facts: readonly number[], label: string, value: string) => {
        if (!labels[label]) return;
        const wanted = [...labels[label], ...(may[label] ?? [])];
        const right = name === "noise" ? (value === "signal") === wanted.includes("signal") : wanted.includes(value);
        made[name].push({ post: `${set} ${row.id}`, facts, right });
      };
      const company = companies.get(row.company ?? "") ?? { names: [], handles: [], terms: [], finder: null };
      const input = inputOf(row, company);
      const post = wordsOf(input);
      const read = (model: LinearModel) => readerFor(model.spec)(post);
      const found = understand(input, models, post);
      for (const name of ["noise", "intent", "sentiment"] as const)
        put(name, FACTS[name](found[name].score, found[name].value), name, found[name].value);
      for (const seen of risksSeen(post, read, models.urgency))
        put("risk", FACTS.risk(seen, angerOf(found.sentiment)), "risk", seen.risk);
      const thanks = readGratitude(post, read, models, found.sentiment);
      for (const { signal, learnt, framed } of signalsSeen(post, read, models.signals, thanks))
        put("signal", FACTS.signal(learnt, framed), "signals", signal);
      // Kinds are weighed from the other labels as these are once they are sure.
      const shares = kindsOf(row.text, understand(input, sure, post), [...company.names, ...company.handles]);
      for (const kind of TOLD_KINDS) if (shares[kind] > 0.5) put("kind", FACTS.kind(shares[kind], kind), "kind", kind);
    }
  }
  return made;
}

/** `labels` and `may` by label; or, in sets of one label, `must` or `signals` with a list of what may be said. */
interface Truth {
  id: string;
  labels?: Record<string, string[]>;
  must?: string[];
  signals?: string[];
  may?: Record<string, string[]> | string[];
}

function labelsOf({ labels, must, signals, may }: Truth): Record<"labels" | "may", Record<string, string[]>> {
  const known = labels ?? (must ? { risk: must } : { signals: signals ?? [] });
  if (!Array.isArray(may)) return { labels: known, may: may ?? {} };
  return { labels: known, may: Object.fromEntries(Object.keys(known).map((label) => [label, may])) };
}

function learn(cases: readonly Case[]): Sureness[Name] {
  const found = fitLogistic(
    cases.map((c) => c.facts),
    cases.map((c) => Number(c.right)),
    RIDGE,
  );
  return { start: found.at(-1)!, of: found.slice(0, -1) };
}

/** What is said of each post by weights that never saw it. */
export function heldOutClaims(name: Name, cases: readonly Case[]): Claim[] {
  const posts = [...new Set(cases.map((c) => c.post))];
  const foldOf = new Map(posts.map((post, i) => [post, i % FOLDS]));
  return Array.from({ length: FOLDS }, (_, fold) => {
    const weights = learn(cases.filter((c) => foldOf.get(c.post) !== fold));
    return cases
      .filter((c) => foldOf.get(c.post) === fold)
      .map((c) => ({
        label: name,
        post: c.post,
        right: c.right,
        sure: sureness(name, c.facts, { [name]: weights } as Sureness),
      }));
  }).flat();
}

function written(found: Sureness): string {
  const lines = Object.entries(found).map(
    ([name, { start, of }]) =>
      `  ${name}: { start: ${start.toFixed(2)}, of: [${of.map((w) => w.toFixed(2)).join(", ")}] },`,
  );
  return `/** Learnt by tools/train/weigh-sureness.ts: what each of \`FACTS\` adds to the log odds that a label is right. */
export const SURENESS = {
${lines.join("\n")}
};
`;
}

if (import.meta.main) {
  const { values: args } = parseArgs({ options: { dry: { type: "boolean" } } });
  const cases = await readCases();
  const names = Object.keys(FACTS) as Name[];
  console.log(calibrationTable(calibrationsOf(names.flatMap((name) => heldOutClaims(name, cases[name])))));
  const found = Object.fromEntries(names.map((name) => [name, learn(cases[name])])) as Sureness;
  if (args.dry !== true)
    writeFileSync(
      join(import.meta.dirname, "../../server/modules/listening/domain/sureness-weights.ts"),
      written(found),
    );
}
