import { parseArgs } from "node:util";
import { keepLearnt, readLearnt } from "#platform/learnt-rows";
import { allRows, BadRow, type InRow } from "./rows.ts";

export type BacktestArgs = {
  in?: string;
  out?: string;
  learn?: string;
  folds?: string;
  tune?: string;
  task?: string;
  queries?: string;
  companies?: string;
  open?: boolean;
  keep?: boolean;
  seed: number;
};

const OPTIONS = {
  in: { type: "string" },
  out: { type: "string" },
  learn: { type: "string" },
  folds: { type: "string" },
  tune: { type: "string" },
  task: { type: "string" },
  queries: { type: "string" },
  companies: { type: "string" },
  open: { type: "boolean" },
  keep: { type: "boolean" },
} as const;
export type BacktestOption = keyof typeof OPTIONS;

/** What a subject does not take is left out, and refused by name; its value is then never there. */
const optionsOf = (names: readonly BacktestOption[]): typeof OPTIONS =>
  Object.fromEntries(names.map((name) => [name, OPTIONS[name]])) as unknown as typeof OPTIONS;

/** Reads the options of a text subject (`--in`, `--out` and `--seed` are everybody's; `takes`: the others), runs the subject, and turns a fault of the input into a sentence and exit code 2. */
export async function runSubject(
  argv: readonly string[],
  usage: string,
  takes: readonly BacktestOption[],
  run: (args: BacktestArgs) => Promise<number>,
): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        ...optionsOf(["in", "out", ...takes]),
        seed: { type: "string", default: "1" },
      },
    });
    const seed = Number(values.seed);
    if (!values.out || !(values.in || values.folds) || !Number.isInteger(seed)) {
      console.error(usage);
      return 2;
    }
    if (values.keep && !values.learn) {
      console.error(`--keep needs --learn: there is nothing to keep.\n${usage}`);
      return 2;
    }
    const count = await run({ ...values, seed });
    console.error(`${count} rows answered, written to ${values.out}.`);
    return 0;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (error instanceof BadRow) console.error(error.message);
    else if (code === "ENOENT" || code === "EACCES" || code === "EISDIR")
      console.error(
        `Cannot open ${(error as NodeJS.ErrnoException).path}: does it exist, and may it be read or written?`,
      );
    else if (typeof code === "string" && code.startsWith("Z_"))
      console.error(`An input file is damaged gzip (${(error as Error).message}): pack it anew.`);
    else if (typeof code === "string" && code.startsWith("ERR_PARSE_ARGS"))
      console.error(`${(error as Error).message}\n${usage}`);
    else throw error;
    return 2;
  }
}

/**
 * What there is to learn from: what was kept in this installation, and the rows of `--learn`; null where there is neither. With `--keep` those rows
 * are kept for the next time, when they are good. `name`: of what is learnt.
 */
export async function learnRows(
  args: BacktestArgs,
  name: string,
  check: (rows: InRow[], file: string) => void = () => {},
): Promise<InRow[] | null> {
  const given = args.learn ? await allRows(args.learn) : [];
  if (args.learn) check(given, args.learn);
  const kept = await readLearnt<InRow>(name);
  if (args.keep) console.error(`Kept in ${await keepLearnt(name, given)}. Remove the file to forget it.`);
  // What is given again counts once.
  const rows = new Map([...kept, ...given].map((row) => [JSON.stringify([row.id, row.text]), row]));
  return rows.size === 0 ? null : [...rows.values()];
}
