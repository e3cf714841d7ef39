import { type Clock, type Instant, SECOND } from "#platform/clock";
import type { Database } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { Line } from "../../../scenarios/past/rows.ts";
import { writePast } from "../../../scenarios/past/write-past.ts";
import { type ImportProgress, importRows } from "../import/import-rows.ts";
import { notePastReasons } from "./past-reasons.ts";

const SEED = "northwind";
/** The first days come in by themselves, so that there is something to look at while the rest is still being stored. */
const FIRST_LINES = 1_300;
/** Messages of the past that may stand before a live one. */
const AHEAD = 350;
const TRIES = 3;
const PAUSE = 20 * SECOND;

export interface ReadingIn {
  stop(): Promise<void>;
  /** Resolves when everything is in, or when it was given up. */
  readonly done: Promise<void>;
}

/**
 * Brings the town's 26 weeks in beside the live desk: by import, so every line is parsed, labelled and stitched as any other. Goes
 * on where it stopped after a restart: the past ends when the company was made, so it is written the same each time.
 */
export function readPastIn(opts: {
  db: Database;
  clock: Clock;
  log: Log;
  accountId: AccountId;
  until: Instant;
  /** 0 to 100; null when all is in. */
  onPercent: (percent: number | null) => void;
}): ReadingIn {
  const { db, clock, log, accountId, until, onPercent } = opts;
  const leaving = new AbortController();
  const part = (name: string, rows: () => Iterable<Line>, onProgress: (p: ImportProgress) => void) =>
    importRows(db, { accountId, clock, name, rows: rows(), ahead: AHEAD, onProgress, signal: leaving.signal });

  async function readIn(): Promise<void> {
    const past = () => writePast({ seed: SEED, until });
    await part(
      "demo town, first days",
      () => past().take(FIRST_LINES),
      () => onPercent(0),
    );
    const whole = await part("demo town, 26 weeks", past, ({ phase, placed, total }) => {
      if (phase === "labelling" && total > 0) onPercent(Math.floor((100 * placed) / total));
    });
    if (!whole.before) log.info(whole, "demo town: its past is read in");
    if (whole.refused > 0) log.warn({ refused: whole.refused }, "demo town: lines of its past were refused");
    const reasons = await notePastReasons(db, { accountId, until, past, signal: leaving.signal });
    if (reasons > 0) log.info({ reasons }, "demo town: why its matters ended is noted");
    onPercent(null);
  }
  async function stubbornly(): Promise<void> {
    for (let tries = 1; ; tries++) {
      try {
        return await readIn();
      } catch (error) {
        if (leaving.signal.aborted) return;
        log.warn({ err: error, tries }, "demo town: its past could not be read in");
        if (tries === TRIES) return onPercent(null);
        await pause(PAUSE, leaving.signal);
      }
    }
  }
  const done = stubbornly();
  return {
    done,
    async stop() {
      leaving.abort();
      await done;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const leave = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener("abort", leave, { once: true });
  });
}
