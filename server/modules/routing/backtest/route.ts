import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { iso } from "#platform/clock";
import { changeSetup, noChange } from "../domain/rehearse/change-setup.ts";
import { type ComparedCell, rehearse } from "../domain/rehearse/compare.ts";
import type { ItemCourse } from "../domain/rehearse/model.ts";
import { readDraft } from "./read-draft.ts";
import { readHistory } from "./read-history.ts";
import { rowsOf, sideBySide } from "./route-table.ts";

const USAGE =
  "backtest route --in history.jsonl --policy new.json [--out result.jsonl] [--items items.jsonl] [--seeds 10]";
const MOST_BYTES = 400_000_000;
const MOST_SEEDS = 100;
const FAULTS_SHOWN = 20;

class Refused extends Error {}

/** `backtest route`: a past week handed out anew under another policy, beside the same week under the one in force (docs/formats/route.md). */
export async function run(argv: readonly string[]): Promise<number> {
  try {
    return await rehearseFiles(argv);
  } catch (error) {
    const { code, path, message } = error as NodeJS.ErrnoException;
    const opens = code === "ENOENT" || code === "EACCES" || code === "EISDIR";
    if (opens) console.error(`Cannot open ${path}: does it exist, and may it be read or written?`);
    else if (error instanceof Refused || /^(?:Z_|ERR_PARSE_ARGS|ERR_BUFFER_TOO_LARGE)/.test(code ?? ""))
      console.error(message);
    else throw error;
    return 2;
  }
}

async function rehearseFiles(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ in: { type: "string" }, policy: { type: "string" }, out: { type: "string" }, items: { type: "string" } },
      seeds: { type: "string" },
    },
  });
  if (!values.in || !values.policy) {
    console.error(USAGE);
    return 2;
  }
  const seeds = Number(values.seeds ?? "10");
  if (!Number.isInteger(seeds) || seeds < 1 || seeds > MOST_SEEDS)
    throw new Refused(`--seeds is a whole number from 1 to ${MOST_SEEDS}.`);
  const { setup, items, faults } = readHistory(await textOf(values.in));
  for (const { line, reason } of faults.slice(0, FAULTS_SHOWN))
    console.error(`${values.in}:${line} left out: ${reason}`);
  if (faults.length > FAULTS_SHOWN)
    console.error(`${faults.length - FAULTS_SHOWN} further lines left out; all of them stand in --out.`);
  if (items.length === 0) throw new Refused(`${values.in} has no item that can be used.`);
  const draft = readDraft(jsonOf(await textOf(values.policy), values.policy), setup);
  if (typeof draft === "string") throw new Refused(`${values.policy}: ${draft}.`);

  const before = changeSetup(setup, noChange);
  const { cells, first } = rehearse(before, changeSetup(setup, draft), items, seeds);
  if (values.out) await writeRows(values.out, rowsOf(cells, { seeds, items: items.length, faults }));
  if (values.items) await writeRows(values.items, itemRows(first.before.items, first.after.items));
  for (const line of sideBySide(cells as ComparedCell[], seeds)) console.error(line);
  if (faults.length > 0) console.error(`${faults.length} lines of the history were left out.`);
  return 0;
}

async function textOf(file: string): Promise<string> {
  const bytes = await readFile(file);
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!packed && bytes.length > MOST_BYTES) throw new Refused(`${file} is larger than ${MOST_BYTES / 1_000_000} MB.`);
  return (packed ? gunzipSync(bytes, { maxOutputLength: MOST_BYTES }) : bytes).toString("utf8");
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refused(`${file} is not JSON.`);
  }
}

/** What became of each item under the first seed, before and after. */
function itemRows(before: readonly ItemCourse[], after: readonly ItemCourse[]): object[] {
  const then = new Map(after.map((one) => [one.item.id, one]));
  const side = (one: ItemCourse | undefined) =>
    one && {
      ...{
        queue: one.queue,
        due: iso(one.due),
        taken_at: at(one.takenAt),
        by: one.by,
        answered_at: at(one.answeredAt),
      },
      ...{ offers: one.offers, declines: one.declines, misses: one.misses, transfers: one.transfers },
    };
  return before.map((one) => ({ id: one.item.id, before: side(one), after: side(then.get(one.item.id)) }));
}
const at = (instant: number | null) => (instant === null ? null : iso(instant));

async function writeRows(file: string, rows: readonly object[]): Promise<void> {
  await writeFile(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
}
