import { rm } from "node:fs/promises";
import { join } from "node:path";
import { runSeed, type SeedResult } from "./run-seed.ts";
import { type Schedule, scheduleOf } from "./schedule.ts";
import { openWorld } from "./world.ts";

export interface LanesOptions {
  folder: string;
  seeds: readonly number[];
  length: "short" | "long";
  /** Worlds beside one another; each plays a run of neighbouring seeds, because those share their processes. */
  lanes: number;
  mutant?: string | undefined;
  /** No seed begins after this instant of the monotonic clock. */
  until?: number;
  onSeed?: (result: SeedResult, schedule: Schedule) => void;
}

/** Plays all seeds. A seed that fails is told and played on: what it leaves behind may trouble the next ones of its lane, so its lane begins anew. */
export async function runLanes(options: LanesOptions): Promise<SeedResult[]> {
  const { folder, seeds, length, lanes, mutant, until = Number.POSITIVE_INFINITY, onSeed } = options;
  const share = Math.ceil(seeds.length / lanes);
  const results: SeedResult[] = [];
  const sendTimeout = length === "short" ? 800 : 2_000;
  async function lane(own: readonly number[], name: string): Promise<void> {
    let worlds = 0;
    let world: Awaited<ReturnType<typeof openWorld>> | undefined;
    try {
      for (const seed of own) {
        if (performance.now() > until) return;
        world ??= await openWorld({ folder: join(folder, `${name}-${++worlds}`), mutant, sendTimeout });
        const schedule = scheduleOf(seed, length);
        const result = await runSeed(world, schedule);
        results.push(result);
        onSeed?.(result, schedule);
        if (result.violations.length === 0) continue;
        await world.close();
        world = undefined;
      }
    } finally {
      await world?.close();
    }
  }
  try {
    await Promise.all(
      Array.from({ length: lanes }, (_, i) => lane(seeds.slice(i * share, (i + 1) * share), `lane-${i + 1}`)),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return results.sort((a, b) => a.seed - b.seed);
}
