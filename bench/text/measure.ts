/**
 * Measures the text side on labelled sets: answers each with `backtest`, then runs the set's scorer.
 *
 *   node bench/text/measure.ts --judge <folder with data/ and scorers/> [--only intent/banking77,...]
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { run as classify } from "../../server/modules/listening/backtest/classify.ts";
import { run as risk } from "../../server/modules/listening/backtest/risk.ts";
import { run as signals } from "../../server/modules/listening/backtest/signals.ts";

const { values } = parseArgs({ options: { judge: { type: "string" }, only: { type: "string" } } });
if (!values.judge) {
  console.error("Say where the labelled sets lie: --judge <folder>.");
  process.exit(2);
}
const judge = values.judge;
const folder = mkdtempSync(join(tmpdir(), "hubbub-measure-"));
const data = (name: string) => join(judge, "data", name);
const example = (name: string) => join(judge, "examples", name);

type Set = { name: string; scorer: string; gold: string; run: (out: string) => Promise<number>; extra?: string[] };
const learnt = (name: string, task: string): Set => ({
  name,
  scorer: "classify",
  gold: data(`${name}.gold.jsonl.gz`),
  run: (out) =>
    classify([
      "--task",
      task,
      "--learn",
      data(`${name}.learn.jsonl.gz`),
      "--in",
      data(`${name}.in.jsonl.gz`),
      "--out",
      out,
      ...(name.includes("clinc") ? ["--open"] : []),
    ]),
});
const sets: Set[] = [
  {
    name: "language/eld_tweets",
    scorer: "classify",
    gold: data("language/eld_tweets.gold.jsonl.gz"),
    run: (out) => classify(["--task", "language", "--in", data("language/eld_tweets.in.jsonl.gz"), "--out", out]),
  },
  learnt("intent/banking77", "intent"),
  learnt("intent/clinc150", "intent"),
  learnt("gratitude/goemotions", "gratitude"),
  {
    name: "crisis/t26_first13",
    scorer: "classify",
    gold: data("crisis/t26_first13.folds.jsonl.gz"),
    run: (out) => classify(["--task", "crisis", "--folds", data("crisis/t26_first13.folds.jsonl.gz"), "--out", out]),
  },
  ...(["risk", "signals", "gratitude"] as const).map((name) => ({
    name: `examples/${name}`,
    scorer: name === "risk" ? "risk" : "signals",
    gold: example(`${name}.gold.jsonl`),
    run: (out: string) => (name === "risk" ? risk : signals)(["--in", example(`${name}.in.jsonl`), "--out", out]),
  })),
];

for (const set of sets) {
  if (values.only && !values.only.split(",").includes(set.name)) continue;
  if (!existsSync(set.gold)) continue;
  const out = join(folder, "answers.jsonl");
  const began = performance.now();
  await set.run(out);
  const seconds = (performance.now() - began) / 1000;
  const bars = set.name.startsWith("examples/") ? [] : ["--set", set.name, "--bars"];
  console.log(`\n${set.name} (${seconds.toFixed(1)} s)`);
  try {
    console.log(
      execFileSync(
        process.execPath,
        [join(judge, "scorers", `${set.scorer}.mjs`), "--gold", set.gold, "--pred", out, ...bars],
        { encoding: "utf8" },
      ),
    );
  } catch (error) {
    console.log((error as { stdout?: string }).stdout ?? String(error));
  }
}
rmSync(folder, { recursive: true });
