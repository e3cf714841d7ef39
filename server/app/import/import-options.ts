import type { ImportRow, ImportRun } from "#modules/channels";
import type { Clock, Millis } from "#platform/clock";
import type { AccountId } from "#platform/ids";

/** A line that could not be taken, with the reason as a sentence. Lines are counted from 1. */
export interface RefusedLine {
  line: number;
  why: string;
}

/** A line as it came: its value, or why it has none. */
export type ImportLine = { value: unknown } | { fault: string } | { blank: true };

export interface ImportProgress {
  phase: "reading" | "threads" | "labelling" | "episodes" | "done";
  /** Lines read; in later phases messages told to the readers and in their place, of `total`. */
  lines: number;
  placed: number;
  total: number;
  refused: number;
}

export interface ImportResult {
  lines: number;
  /** New messages. */
  stored: number;
  /** Messages that were here already. */
  known: number;
  outcomes: number;
  refused: number;
  /** Past episodes of all history in the account after this import. */
  episodes: number;
  /** Messages whose events are parked: see `hubbub parked list`. */
  parked: number;
  /** True when this import had been finished before: nothing was read. */
  before: boolean;
}

export interface ImportOptions {
  accountId: AccountId;
  /** Where a line names no brand; the account's first unless given. */
  brandId?: string;
  /** The identity of the input: an import of the same name goes on where it stopped. Rows have to be the same ones in the same order. */
  name: string;
  rows: Iterable<ImportRow> | AsyncIterable<ImportRow>;
  onProgress?: (progress: ImportProgress) => void;
  clock?: Clock;
  /** Messages that may wait for the readers at once: small beside live traffic, large when nobody else is here. */
  ahead?: number;
  /** Hands in the waiting for readers; tests and the command line run them themselves. */
  wait?: (ms: Millis) => Promise<void>;
  signal?: AbortSignal;
  /** Lines of one transaction. */
  batchLines?: number;
}

export interface LineOptions extends Omit<ImportOptions, "rows"> {
  lines: AsyncIterable<ImportLine> | Iterable<ImportLine>;
  /** Called before the lines it speaks of are committed; may be called again for the same lines after a crash. */
  onRefused?: (refused: readonly RefusedLine[]) => Promise<void> | void;
}

export const sleep = (ms: Millis): Promise<void> => new Promise((done) => setTimeout(done, ms));

export function tell(
  options: Pick<ImportOptions, "onProgress">,
  run: ImportRun,
  phase: ImportProgress["phase"],
  placed: number,
  total: number,
): void {
  options.onProgress?.({ phase, lines: run.lines, placed, total, refused: run.refused });
}
