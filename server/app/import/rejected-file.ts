import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import type { RefusedLine } from "./import-options.ts";

/**
 * Lines that could not be taken, with number and reason, beside the file they came from. The words of a line are not repeated: nothing
 * personal is copied, and the number finds them. What was written for lines behind `committed` (before a crash) is taken back first.
 */
export class RejectedFile {
  readonly path: string;
  #handle: number | null = null;
  #lastLine = 0;
  #sizeBefore = 0;

  constructor(input: string, committed: number) {
    this.path = `${input}.rejected.jsonl`;
    if (!existsSync(this.path)) return;
    if (committed === 0) rmSync(this.path);
    else this.#keepUpTo(committed);
  }

  #keepUpTo(line: number): void {
    const bytes = readFileSync(this.path);
    let end = 0;
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, end)) {
      const one = lineOf(bytes.subarray(end, at).toString("utf8"));
      if (one === null || one > line) break;
      end = at + 1;
    }
    const handle = this.#open();
    ftruncateSync(handle, end);
  }

  #open(): number {
    this.#handle ??= openSync(this.path, "a", 0o600);
    return this.#handle;
  }

  /** Writes before the batch is committed; the same batch may come again when its transaction is tried again. */
  add(refused: readonly RefusedLine[]): void {
    const handle = this.#open();
    if (refused[0]!.line <= this.#lastLine) ftruncateSync(handle, this.#sizeBefore);
    this.#sizeBefore = fstatSync(handle).size;
    this.#lastLine = refused.at(-1)!.line;
    writeSync(
      handle,
      refused.map((r) => `${JSON.stringify({ line: r.line, reason: `The line ${r.why}` })}\n`).join(""),
    );
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }
}

function lineOf(json: string): number | null {
  try {
    const { line } = JSON.parse(json) as { line: unknown };
    return typeof line === "number" ? line : null;
  } catch {
    return null;
  }
}
