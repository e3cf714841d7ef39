import { rm } from "node:fs/promises";
import { mutants } from "./mutants.ts";
import type { Violation } from "./oracles.ts";
import { runSeed } from "./run-seed.ts";
import { scheduleOf } from "./schedule.ts";
import { openWorld } from "./world.ts";

export interface Hunt {
  mutant: string;
  /** The seeds it lived through, the last of them the one in which it was seen. */
  seeds: number;
  seen: boolean;
  violations: Violation[];
}

/** Breaks one guard and plays seeds with the faults it is there for, until the oracle that has to see it does. */
export async function hunt(mutant: string, folder: string, most = 6): Promise<Hunt> {
  const { seenBy, faults } = mutants[mutant]!;
  const world = await openWorld({ folder, mutant, sendTimeout: 800 });
  const violations: Violation[] = [];
  try {
    for (let seed = 1; seed <= most; seed++) {
      const schedule = { ...scheduleOf(seed, "short"), topology: "one" as const, faults: [...faults] };
      violations.push(...(await runSeed(world, schedule)).violations);
      if (violations.some(({ oracle }) => oracle === seenBy)) return { mutant, seeds: seed, seen: true, violations };
    }
    return { mutant, seeds: most, seen: false, violations };
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}
