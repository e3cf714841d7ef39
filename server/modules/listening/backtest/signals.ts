import { readGratitude } from "../domain/gratitude.ts";
import { type LinearModel, readerFor } from "../domain/linear-model.ts";
import { readSentiment } from "../domain/sentiment.ts";
import { readSignals } from "../domain/signals.ts";
import { tokenise } from "../domain/tokens.ts";
import { loadModels } from "../models/load-models.ts";
import { type BacktestArgs, runSubject } from "./command.ts";
import { readRows, writeRows } from "./rows.ts";

const USAGE = "backtest signals --in posts.jsonl --out answers.jsonl";

/** `backtest signals`: purchase_intent, product_feedback, churn_risk, gratitude, sarcasm. */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, answer);
}

async function answer(args: BacktestArgs): Promise<number> {
  const models = await loadModels();
  return writeRows(args.out!, answers());

  async function* answers() {
    for await (const row of readRows(args.in!)) {
      const post = tokenise(row.text);
      const read = (model: LinearModel) => readerFor(model.spec)(post);
      const gratitude = readGratitude(post, read, models.gratitude, readSentiment(post, read, models.sentiment));
      const signals = readSignals(post, read, models.signals, gratitude).map((s) => s.value as string);
      if (gratitude.gratitude) signals.push("gratitude");
      yield { id: row.id, signals };
    }
  }
}
