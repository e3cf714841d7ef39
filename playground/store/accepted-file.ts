import { appendFile, readFile, rename, writeFile } from "node:fs/promises";
import type { Accepted } from "../domain/state.ts";
import { presentAccepted } from "../present.ts";

/** `accepted.jsonl`: the accepted calls as lines, derived from the log and rebuilt at start when it disagrees with it. */
export type AcceptedFile = { add(entries: Accepted[]): void; close(): Promise<void> };

export async function openAcceptedFile(path: string, entries: Accepted[]): Promise<AcceptedFile> {
  const there = await readFile(path, "utf8").catch(() => "");
  const wanted = lines(entries);
  if (there !== wanted) {
    await writeFile(`${path}.new`, wanted, { mode: 0o600 });
    await rename(`${path}.new`, path);
  }
  let last: Promise<void> = Promise.resolve();
  return {
    add(more) {
      last = last.then(() => appendFile(path, lines(more))).catch(() => {}); // derived: mended at the next start
    },
    close: () => last,
  };
}

function lines(entries: Accepted[]): string {
  return entries.map((e) => `${JSON.stringify(presentAccepted(e))}\n`).join("");
}
