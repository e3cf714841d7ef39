import { learnFurther } from "../domain/learn.ts";
import { type LinearModel, readerFor } from "../domain/linear-model.ts";
import { RISKS } from "../domain/risks.ts";
import { readSentiment } from "../domain/sentiment.ts";
import { tokenise } from "../domain/tokens.ts";
import { readUrgency } from "../domain/urgency.ts";
import { loadModels } from "../models/load-models.ts";
import { type BacktestArgs, learnRows, runSubject } from "./command.ts";
import { type InRow, readRows, writeRows } from "./rows.ts";

const USAGE = "backtest risk --in posts.jsonl --out answers.jsonl [--learn marked.jsonl [--keep]] [--seed 1]";

/** `backtest risk`: which dangers each post tells of. `--learn` rows carry `risks` (or `must`): the classes that hold. */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, ["learn", "keep"], answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  const models = await loadModels();
  let model = models.urgency;
  const learn = await learnRows(args, "risk");
  if (learn) {
    const marks = learn.map((row) => ({ text: row.text, labels: risksOf(row) }));
    model = learnFurther(model, marks, { seed: args.seed });
  }
  return writeRows(args.out!, answers());

  async function* answers() {
    for await (const row of readRows(args.in!)) {
      const post = tokenise(row.text);
      const read = (m: LinearModel) => readerFor(m.spec)(post);
      const risks = readUrgency(post, read, model, readSentiment(post, read, models.sentiment));
      yield {
        id: row.id,
        risks: risks.map((r) => r.value),
        scores: Object.fromEntries(risks.map((r) => [r.value, round(r.score)])),
        words: Object.fromEntries(risks.map((r) => [r.value, r.words.map((w) => w.text)])),
      };
    }
  }
}

function risksOf(row: InRow): string[] {
  const { risks, must } = row as { risks?: unknown; must?: unknown };
  const list = Array.isArray(risks) ? risks : Array.isArray(must) ? must : [];
  return list.filter((r): r is string => (RISKS as readonly unknown[]).includes(r));
}

function round(x: number): number {
  return Math.round(x * 1e4) / 1e4;
}
