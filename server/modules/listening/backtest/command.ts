import { parseArgs } from "node:util";
import { BadRow } from "./rows.ts";

export type BacktestArgs = {
  in?: string;
  out?: string;
  learn?: string;
  folds?: string;
  tune?: string;
  task?: string;
  open?: boolean;
  seed: number;
};

/** Reads the options all text subjects share, runs the subject, and turns a fault of the input into a sentence and exit code 2. */
export async function runSubject(
  argv: readonly string[],
  usage: string,
  run: (args: BacktestArgs) => Promise<number>,
): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        in: { type: "string" },
        out: { type: "string" },
        learn: { type: "string" },
        folds: { type: "string" },
        tune: { type: "string" },
        task: { type: "string" },
        open: { type: "boolean" },
        seed: { type: "string", default: "1" },
      },
    });
    const seed = Number(values.seed);
    if (!values.out || !(values.in || values.folds) || !Number.isInteger(seed)) {
      console.error(usage);
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
