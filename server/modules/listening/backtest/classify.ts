import { readLanguage } from "../domain/language.ts";
import { type LinearModel, readerFor, score } from "../domain/linear-model.ts";
import { readSentiment } from "../domain/sentiment.ts";
import { tokenise } from "../domain/tokens.ts";
import { loadLanguageTable, loadModels } from "../models/load-models.ts";
import { type BacktestArgs, learnRows, runSubject } from "./command.ts";
import { allRows, BadRow, type InRow, type LabelledRow, readRows, writeRows } from "./rows.ts";
import { shippedSays } from "./shipped-says.ts";
import { type Answerer, teach } from "./teach.ts";

const USAGE = `backtest classify --task <name> --in posts.jsonl --out answers.jsonl [--learn marked.jsonl [--keep]] [--open] [--tune marked.jsonl] [--seed 1]
backtest classify --task <name> --folds marked.jsonl --out answers.jsonl
Without --learn only the tasks language and sentiment have answers.`;

/** `backtest classify`: one label for each post, learnt from marked posts (or, for language and sentiment, from what ships). */
export function run(argv: readonly string[]): Promise<number> {
  return runSubject(argv, USAGE, ["task", "learn", "folds", "tune", "open", "keep"], (args) =>
    args.folds ? byFolds(args) : plain(args),
  );
}

async function plain(args: BacktestArgs): Promise<number> {
  const answer = await answererFor(args);
  return writeRows(args.out!, answers());
  async function* answers() {
    for await (const row of readRows(args.in!)) yield { id: row.id, ...answer(row.text) };
  }
}

async function answererFor(args: BacktestArgs): Promise<Answerer> {
  if (args.task === "language") return languages();
  const learn = (await learnRows(args, `classify ${args.task ?? ""}`, labelled)) as LabelledRow[] | null;
  if (learn === null) {
    if (args.task === "sentiment") return shippedSentiment();
    throw new BadRow(`The task "${args.task ?? ""}" has no model that ships: give marked posts with --learn.`);
  }
  const shipped = shippedSays(await loadModels());
  const tune = args.tune ? labelled(await allRows(args.tune), args.tune) : undefined;
  return teach(learn, { open: args.open, tune, seed: args.seed, shipped });
}

/** For each fold: learn from all others, then answer it. */
async function byFolds(args: BacktestArgs): Promise<number> {
  const rows = labelled(await allRows(args.folds!), args.folds!);
  const shipped = shippedSays(await loadModels());
  const folds = [...new Set(rows.map((r) => r.fold))];
  if (folds.length < 2) throw new BadRow(`${args.folds} needs at least two different values of "fold".`);
  return writeRows(args.out!, answers());
  function* answers() {
    for (const fold of folds) {
      // Folds may be sources of their own (events, trades, videos): what is learnt is then also tried on sources it has not seen.
      const others = rows
        .filter((r) => r.fold !== fold)
        .map((r) => ({ ...r, source: r.source ?? `fold ${String(r.fold)}` }));
      const answer = teach(others, { open: args.open, seed: args.seed, shipped });
      for (const row of rows) if (row.fold === fold) yield { id: row.id, ...answer(row.text) };
    }
  }
}

async function languages(): Promise<Answerer> {
  const table = await loadLanguageTable();
  return (text) => {
    const { code, confidence } = readLanguage(tokenise(text), table);
    return { label: code, scores: { [code]: Math.round(confidence * 1e4) / 1e4 } };
  };
}

async function shippedSentiment(): Promise<Answerer> {
  const { sentiment } = await loadModels();
  return (text) => {
    const post = tokenise(text);
    const read = (model: LinearModel) => readerFor(model.spec)(post);
    const p = score(sentiment, read(sentiment));
    return {
      label: readSentiment(post, read, sentiment).value,
      scores: Object.fromEntries(sentiment.labels.map((label, c) => [label, Math.round(p[c]! * 1e4) / 1e4])),
    };
  };
}

function labelled(rows: InRow[], file: string): LabelledRow[] {
  for (const row of rows) {
    if (row.label !== null && typeof row.label !== "string")
      throw new BadRow(`${file}: row ${row.id} needs a "label" (text, or null for none of the known ones).`);
  }
  if (!rows.some((r) => r.label !== null)) throw new BadRow(`${file} holds no labelled row to learn from.`);
  return rows as LabelledRow[];
}
