import type { Instant, Millis } from "#platform/clock";
import type { ImportProgress } from "./import-options.ts";

/** What each stage of an import took; `done`: until the figures had followed what was told last. */
const STAGES: Readonly<Record<ImportProgress["phase"], string>> = {
  reading: "reading",
  threads: "threads",
  labelling: "labels and places",
  episodes: "the past",
  done: "figures",
};

export interface StageTimes {
  heard(progress: Pick<ImportProgress, "phase">): void;
  /** "reading 1.9 s, threads 0.3 s, …": in their order, up to now; stages that were not come to are left out. */
  words(): string;
}

export function stageTimes(now: () => Instant): StageTimes {
  const took = new Map<ImportProgress["phase"], Millis>();
  let phase: ImportProgress["phase"] | null = null;
  let since = now();
  const count = () => {
    const at = now();
    // Until the first word of a stage the time is that stage's: it was at work for it.
    if (phase !== null) took.set(phase, (took.get(phase) ?? 0) + at - since);
    since = at;
  };
  return {
    heard(progress) {
      if (progress.phase === phase) return;
      if (phase === null) phase = progress.phase;
      count();
      phase = progress.phase;
    },
    words() {
      count();
      return [...took].map(([stage, ms]) => `${STAGES[stage]} ${(ms / 1_000).toFixed(1)} s`).join(", ");
    },
  };
}
