/**
 * Learns how much each fact about a post's thanks weighs (`server/modules/listening/domain/weigh-thanks.ts`).
 *
 *   node tools/train/weigh-thanks.ts --sets <folder> --emotions <folder>        (as `train.ts`, and after it)
 *
 * What the models say of a post is asked of models that have not learnt from it: four folds. The figures printed are of posts held out once
 * more. The same input gives the same file.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { maker } from "../../server/modules/listening/domain/calibrate.ts";
import { MOCK_AT, THANKS_AT } from "../../server/modules/listening/domain/gratitude.ts";
import { type LinearModel, readerFor, score } from "../../server/modules/listening/domain/linear-model.ts";
import { readSentiment } from "../../server/modules/listening/domain/sentiment.ts";
import { tokenise } from "../../server/modules/listening/domain/tokens.ts";
import { FACTS, saysOf, thanksFacts } from "../../server/modules/listening/domain/weigh-thanks.ts";
import { loadModels } from "../../server/modules/listening/models/load-models.ts";
import { RECIPES, type Sources } from "./recipes.ts";
import { readSources } from "./sources.ts";

interface Row {
  readonly kind: "thanks" | "mock" | "neither";
  readonly facts: readonly number[];
  /** How much it counts. */
  readonly counts: number;
  readonly fold: number;
  readonly from: string;
}

const FOLDS = 4;
const COUNTS = { thanks: 1, told: 0.5, authored: 0.3 } as const;
/** How strongly weights are drawn to nothing. */
const CAUTION = 2;
const STEPS = 300;

const { values: args } = parseArgs({ options: { sets: { type: "string" }, emotions: { type: "string" } } });
if (!args.sets || !args.emotions) {
  console.error("Say where the data lie: --sets <folder> --emotions <folder> (see the head of train.ts).");
  process.exit(2);
}
const sources = readSources(args.sets, args.emotions);
const { sentiment } = await loadModels();

const answers = new Map<Row, [thanks: number, mock: number]>();
const rows = Array.from({ length: FOLDS }, (_, fold) => rowsOf(sources, fold)).flat();
for (let fold = 0; fold < FOLDS; fold++) {
  const weights = learn(rows.filter((row) => row.fold !== fold));
  for (const row of rows) if (row.fold === fold) answers.set(row, answer(weights, row.facts));
}
report();
const weights = learn(rows);
writeFileSync(join(import.meta.dirname, "../../server/modules/listening/domain/thanks-weights.ts"), written(weights));

/** The posts of one fold, as models see them that learnt from the others. */
function rowsOf(all: Sources, fold: number): Row[] {
  const others = <T>(list: readonly T[]) => list.filter((_, i) => i % FOLDS !== fold);
  const rest = { ...all, thanks: others(all.thanks), told: others(all.told), authored: others(all.authored) };
  const [gratitude, signals] = (["gratitude", "signals"] as const).map((name) => {
    const { kind, spec, labels, options, marks } = RECIPES[name];
    return maker(name, kind, spec, labels, options)(marks(rest));
  }) as [LinearModel, LinearModel];
  const row = (from: keyof typeof COUNTS, text: string, kind: Row["kind"]): Row => {
    const post = tokenise(text);
    const read = (model: LinearModel) => readerFor(model.spec)(post);
    const thanks = score(gratitude, read(gratitude))[0]!;
    const mock = score(signals, read(signals))[signals.labels.indexOf("sarcasm")]!;
    const { values } = thanksFacts(post, saysOf(thanks, mock, readSentiment(post, read, sentiment)));
    return { kind, facts: values, counts: COUNTS[from], fold, from };
  };
  const kindOf = (thanked: boolean, mocked: boolean) => (thanked ? "thanks" : mocked ? "mock" : "neither");
  const held = <T>(list: readonly T[]) => list.filter((_, i) => i % FOLDS === fold);
  return [
    ...held(all.thanks).map((t) => row("thanks", t.text, kindOf(t.gratitude, t.sarcasm))),
    ...held(all.told).map((t) => row("told", t.text, kindOf(t.gratitude, t.sarcasm))),
    ...held(all.authored).map((a) =>
      row("authored", a.text, kindOf(a.signals.includes("gratitude"), a.signals.includes("sarcasm"))),
    ),
  ];
}

type Weights = [thanks: Float64Array, mock: Float64Array];

/** Multinomial logistic regression, "neither" being nothing: gradient steps over all rows, each weight with a pace of its own. */
function learn(from: readonly Row[]): Weights {
  const n = FACTS.length;
  const made: Weights = [new Float64Array(n + 1), new Float64Array(n + 1)];
  const pace = [new Float64Array(n + 1).fill(1e-8), new Float64Array(n + 1).fill(1e-8)] as const;
  for (let step = 0; step < STEPS; step++) {
    const slope = [new Float64Array(n + 1), new Float64Array(n + 1)] as const;
    for (const row of from) {
      const said = answer(made, row.facts);
      for (const c of [0, 1] as const) {
        const off = (said[c] - (row.kind === (c === 0 ? "thanks" : "mock") ? 1 : 0)) * row.counts;
        row.facts.forEach((fact, i) => {
          if (fact !== 0) slope[c][i]! += off * fact;
        });
        slope[c][n]! += off;
      }
    }
    for (const c of [0, 1] as const)
      for (let i = 0; i <= n; i++) {
        const down = slope[c][i]! + (i < n ? CAUTION * made[c][i]! : 0);
        pace[c][i]! += down * down;
        made[c][i]! -= (0.5 * down) / Math.sqrt(pace[c][i]!);
      }
  }
  return made;
}

function answer(weights: Weights, facts: readonly number[]): [thanks: number, mock: number] {
  const [a, b] = weights.map((w) => Math.exp(facts.reduce((sum, fact, i) => sum + fact * w[i]!, w[facts.length]!)));
  return [a! / (1 + a! + b!), b! / (1 + a! + b!)];
}

function report(): void {
  for (const from of Object.keys(COUNTS)) {
    const some = rows.filter((row) => row.from === from);
    const f1 = (kind: Row["kind"], fires: (row: Row) => boolean) => {
      const hit = some.filter((row) => row.kind === kind && fires(row)).length;
      const all = some.filter((row) => row.kind === kind).length + some.filter(fires).length;
      return ((2 * hit) / Math.max(1, all)).toFixed(3);
    };
    console.log(
      `${from}: ${some.length} posts, held out: F1 of thanks ${f1("thanks", (row) => answers.get(row)![0] >= THANKS_AT)}, of mockery ${f1("mock", (row) => answers.get(row)![1] >= MOCK_AT)}`,
    );
  }
}

function written(found: Weights): string {
  const pair = (i: number) => `[${found[0][i]!.toFixed(2)}, ${found[1][i]!.toFixed(2)}]`;
  const lines = FACTS.map((name, i) => `    ${pair(i)}, // ${name}`);
  return `/** Learnt by tools/train/weigh-thanks.ts: what each of \`FACTS\` adds to the log odds of thanks and of mockery. */
export const THANKS_WEIGHTS: { start: readonly [number, number]; of: readonly (readonly [number, number])[] } = {
  start: ${pair(FACTS.length)},
  of: [
${lines.join("\n")}
  ],
};
`;
}
