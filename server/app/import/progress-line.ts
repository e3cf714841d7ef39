import { type Instant, SECOND } from "#platform/clock";
import type { ImportProgress } from "./import-options.ts";

const PHASES: Readonly<Record<ImportProgress["phase"], string>> = {
  reading: "reading",
  threads: "finding threads",
  labelling: "labelling and stitching",
  episodes: "telling the past",
  done: "done",
};
const BAR = 24;
const DRAWN = SECOND / 5;
const SAID = 3 * SECOND;

/** A bar that is drawn anew on a terminal; one line every few seconds where nobody looks. */
export function progressLine(
  terminal: { isTTY?: boolean; write(text: string): unknown },
  say: (line: string) => void,
  now: () => Instant,
): { show(progress: ImportProgress): void; end(): void } {
  let last = Number.NEGATIVE_INFINITY;
  let drawn = false;
  let phase: ImportProgress["phase"] | null = null;
  return {
    show(p) {
      const at = now();
      const every = terminal.isTTY ? DRAWN : SAID;
      if (at - last < every && (p.phase === phase || !terminal.isTTY)) return;
      last = at;
      phase = p.phase;
      const text = wordsOf(p);
      if (!terminal.isTTY) return say(text);
      drawn = true;
      terminal.write(`\r\u001b[2K${text}`);
    },
    end() {
      if (drawn) terminal.write("\r\u001b[2K");
    },
  };
}

function wordsOf(p: ImportProgress): string {
  const share = p.phase === "done" ? 1 : p.total === 0 ? 0 : p.placed / p.total;
  const full = Math.round(share * BAR);
  const bar = `[${"#".repeat(full)}${".".repeat(BAR - full)}]`;
  const counts =
    p.phase === "labelling" ? `${p.placed} of ${p.total} messages` : `${p.lines} lines${refusedWords(p.refused)}`;
  return `${bar} ${PHASES[p.phase]}: ${counts}`;
}

function refusedWords(refused: number): string {
  return refused === 0 ? "" : `, ${refused} set aside`;
}
