import { readAbuse } from "../domain/abuse.ts";
import { readGratitude } from "../domain/gratitude.ts";
import { learnFurther } from "../domain/learn.ts";
import { type LinearModel, readerFor } from "../domain/linear-model.ts";
import { readPersonal } from "../domain/personal.ts";
import { readSentiment } from "../domain/sentiment.ts";
import { readSignals } from "../domain/signals.ts";
import { tokenise } from "../domain/tokens.ts";
import type { UnderstandModels } from "../domain/understand.ts";
import { loadModels } from "../models/load-models.ts";
import { type BacktestArgs, learnRows, runSubject } from "./command.ts";
import { type InRow, readRows, writeRows } from "./rows.ts";

const USAGE = "backtest signals --in posts.jsonl --out answers.jsonl [--learn marked.jsonl [--keep]] [--seed 1]";

/**
 * `backtest signals`: purchase_intent, product_feedback, churn_risk, gratitude, sarcasm; besides these abuse of staff (insult, threat, slur) and
 * personal_data, which a file that asks for others passes over. `--learn` rows carry `signals`.
 */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, ["learn", "keep"], answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  const models = taught(await loadModels(), await learnRows(args, "signals"), args.seed);
  return writeRows(args.out!, answers());

  async function* answers() {
    for await (const row of readRows(args.in!)) {
      const post = tokenise(row.text);
      const read = (model: LinearModel) => readerFor(model.spec)(post);
      const gratitude = readGratitude(post, read, models, readSentiment(post, read, models.sentiment));
      const personal = readPersonal(row.text, row.lang ?? "und")[0];
      const told = new Map<string, number>([
        ...[...readSignals(post, read, models.signals, gratitude), ...readAbuse(post)].map(
          (s) => [s.value, s.score] as const,
        ),
        ...(gratitude.gratitude ? [["gratitude", gratitude.score] as const] : []),
        ...(personal ? [["personal_data", personal.score] as const] : []),
      ]);
      const scores = Object.fromEntries([...told].map(([name, score]) => [name, Math.round(score * 1e4) / 1e4]));
      yield { id: row.id, signals: [...told.keys()], scores };
    }
  }
}

/** What ships, and what marked posts teach on top of it. */
function taught(shipped: UnderstandModels, rows: readonly InRow[] | null, seed: number): UnderstandModels {
  if (rows === null) return shipped;
  const marks = rows.map((row) => {
    const { signals } = row as { signals?: unknown };
    const labels = Array.isArray(signals) ? signals.filter((s): s is string => typeof s === "string") : [];
    return { text: row.text, labels };
  });
  const only = (model: LinearModel) =>
    marks.map(({ text, labels }) => ({ text, labels: labels.filter((label) => model.labels.includes(label)) }));
  const { signals, gratitude } = shipped;
  return {
    ...shipped,
    signals: learnFurther(signals, only(signals), { seed }),
    gratitude: learnFurther(gratitude, only(gratitude), { seed }),
  };
}
