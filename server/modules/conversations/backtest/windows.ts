import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { instantOf } from "#platform/clock";
import { STITCH_SETTINGS, type StitchSettings } from "../domain/evidence.ts";
import type { Medium } from "../domain/medium.ts";
import {
  addFigures,
  changesBetween,
  NO_FIGURES,
  type ReplayEnd,
  type ReplayFigures,
  type ReplayWord,
  replay,
} from "../domain/replay.ts";
import { stitchChanges, stitchHistory } from "../domain/replay-stitching.ts";
import { WINDOWS, type Windows } from "../domain/windows.ts";
import { BadInput, guarded, readJsonl, writeJsonl } from "./jsonl.ts";
import { type Row as StitchRow, faultOf as stitchFaultOf, stitchMessagesOf } from "./stitch.ts";

const USAGE = `backtest windows --in messages.jsonl --windows windows.json [--present windows.json] --out changes.jsonl
backtest windows --in messages.jsonl --stitching limits.json [--present limits.json] [--links links.jsonl] --out changes.jsonl`;
const MEDIA: readonly Medium[] = ["public", "dm", "email", "chat", "phone"];

interface Row {
  id?: string;
  conversation: string;
  at: string;
  /** Left out: a message. `end`: somebody ended the work then. */
  type?: "end";
  by?: "customer" | "company" | "other";
  medium?: Medium;
  channel?: string;
  /** Did the policy ask for an answer? Yes unless told, for what customers say. */
  asks?: boolean;
}

/** `backtest windows`: what would be joined or parted under other windows than those in force. */
export function run(argv: readonly string[]): Promise<number> {
  return guarded(async () => {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        in: { type: "string" },
        out: { type: "string" },
        windows: { type: "string" },
        present: { type: "string" },
        stitching: { type: "string" },
        links: { type: "string" },
      },
    });
    if (values.in && values.out && values.stitching && !values.windows)
      return runStitching({ ...values, in: values.in, out: values.out, stitching: values.stitching });
    if (!values.in || !values.out || !values.windows) {
      console.error(USAGE);
      return 2;
    }
    const present = values.present ? await readWindows(values.present) : WINDOWS;
    const draft = await readWindows(values.windows);
    const rows = await readJsonl<Row>(values.in, faultOf);
    let [before, after] = [NO_FIGURES, NO_FIGURES];
    const changes: object[] = [];
    for (const [conversation, own] of Map.groupBy(rows, (r) => r.conversation)) {
      const words = own.filter((r) => r.type !== "end").map(wordOf);
      const ends = own.filter((r) => r.type === "end").map((r): ReplayEnd => ({ at: instantOf(r.at)! }));
      const [was, would] = [replay(words, ends, present), replay(words, ends, draft)];
      before = addFigures(before, was, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      after = addFigures(after, would, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
      for (const c of changesBetween(was, would, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY))
        changes.push({ id: c.messageId, conversation, what: c.what, how: c.how, after_ms: c.afterMs });
    }
    await writeJsonl(values.out, changes);
    for (const line of sideBySide(before, after)) console.error(line);
    console.error(`${changes.length} would be counted otherwise, written to ${values.out}.`);
    return 0;
  });
}

/**
 * `--stitching`: which messages other limits would join or part. In: rows as `backtest stitch` reads them. Out: a row for each change with
 * the message and the last one of what it would be joined to or parted from.
 */
async function runStitching(files: {
  in: string;
  out: string;
  stitching: string;
  present?: string | undefined;
  links?: string | undefined;
}): Promise<number> {
  const present = files.present ? await readLimits(files.present) : STITCH_SETTINGS;
  const draft = await readLimits(files.stitching);
  const rows = await readJsonl<StitchRow>(files.in, stitchFaultOf);
  const links = files.links ? await readJsonl<{ a: string; b: string }>(files.links, () => null) : [];
  const out: object[] = [];
  const groups = { before: 0, after: 0 };
  for (const [set, own] of Map.groupBy(rows, (r) => r.set ?? "")) {
    const { messages } = await stitchMessagesOf(own, links);
    const textOf = new Map(own.map((r) => [r.id, r.text]));
    const [was, would] = [stitchHistory(messages, present), stitchHistory(messages, draft)];
    const count = (of: typeof was) => new Set(of.flatMap((s) => s.group ?? [])).size;
    groups.before += count(was);
    groups.after += count(would);
    for (const c of stitchChanges(was, would))
      out.push({
        ...(set !== "" && { set }),
        ...{ id: c.messageId, how: c.how, other: c.otherId, after_ms: Math.round(c.afterMs) },
        ...{ text: textOf.get(c.messageId), other_text: textOf.get(c.otherId) },
      });
  }
  await writeJsonl(files.out, out);
  console.error(`${groups.before} conversations now, ${groups.after} then.`);
  console.error(`${out.length} messages would be joined or parted, written to ${files.out}.`);
  return 0;
}

function faultOf(row: Record<string, unknown>): string | null {
  if (typeof row.conversation !== "string") return 'needs "conversation" as a string.';
  if (typeof row.at !== "string" || instantOf(row.at) === null)
    return 'needs "at" as a time like 2026-11-17T09:00:00Z.';
  if (row.type === "end") return null;
  if (row.type !== undefined) return '"type" is "end", or left out.';
  if (typeof row.id !== "string") return 'needs "id" as a string.';
  if (!["customer", "company", "other"].includes(String(row.by))) return '"by" is customer, company or other.';
  if (row.medium !== undefined && !MEDIA.includes(row.medium as Medium))
    return `"medium" is one of ${MEDIA.join(", ")}.`;
  return null;
}

function wordOf(row: Row): ReplayWord {
  const medium = row.medium ?? "public";
  const who = row.by === "company" ? "us" : (row.by as "customer" | "other");
  return {
    ...{ id: row.id!, at: instantOf(row.at)!, who, medium, channelId: String(row.channel ?? medium) },
    ...{ audience: medium === "public" ? "public" : "private", backfilled: true },
    asks: who === "customer" && row.asks !== false,
  };
}

const span = z.int().min(0);
const byMedium = z.partialRecord(z.enum(["public", "dm", "email", "chat", "phone"]), span).default({});
const shape = z.strictObject({
  reopen: byMedium,
  burst: byMedium,
  channels: z.record(z.string(), z.strictObject({ reopenMs: span.optional(), burstMs: span.optional() })).default({}),
});

const limits = z.strictObject({
  freshPostMs: span.optional(),
  mediaShiftMs: span.optional(),
  memoryMs: span.optional(),
  burstMs: span.optional(),
});

async function readAs<T>(file: string, as: z.ZodType<T>): Promise<T> {
  let written: unknown;
  try {
    written = JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw new BadInput(`${file} is not JSON.`);
    throw error;
  }
  const read = as.safeParse(written);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new BadInput(`${file}: ${issue?.path.join(".") || "it"} has to be otherwise: ${issue?.message}.`);
}

/** Milliseconds; what is left out is as the book has it. */
async function readLimits(file: string): Promise<StitchSettings> {
  const { freshPostMs, mediaShiftMs, memoryMs, burstMs } = { ...STITCH_SETTINGS, ...(await readAs(file, limits)) };
  return { freshPostMs, mediaShiftMs, memoryMs, burstMs } as StitchSettings;
}

/** Milliseconds by medium and channel; what is left out is as the book has it. */
async function readWindows(file: string): Promise<Windows> {
  const { reopen, burst, channels } = await readAs(file, shape);
  return { reopen: { ...WINDOWS.reopen, ...reopen }, burst: { ...WINDOWS.burst, ...burst }, channels };
}

function sideBySide(before: ReplayFigures, after: ReplayFigures): string[] {
  const share = (part: number, of: number) => (of === 0 ? "–" : `${((100 * part) / of).toFixed(1)} %`);
  const line = (name: string, of: (f: ReplayFigures) => string | number) =>
    `${name.padEnd(30)}${String(of(before)).padStart(10)}${String(of(after)).padStart(10)}`;
  return [
    `${"".padEnd(30)}${"now".padStart(10)}${"then".padStart(10)}`,
    line("episodes", (f) => f.episodes),
    line("of them come back", (f) => f.returns),
    line("settled in one episode", (f) => share(f.settled, f.done)),
    line("solved at the first contact", (f) => share(f.firstSettled, f.firstContacts)),
    line("bursts", (f) => f.bursts),
  ];
}
