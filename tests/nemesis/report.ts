import type { SeedResult } from "./run-seed.ts";
import { describeSchedule, type Schedule } from "./schedule.ts";

/** One line for a seed that held; for one that did not, what broke, what was planned, and how to see it again. */
export function reportOf(result: SeedResult, schedule: Schedule): string {
  const { seed, counts, kills, recovery, settled, commands, violations } = result;
  const line = `seed ${seed}: ${kills} kills, ${counts.messages} messages, ${counts.replies} replies, ${commands} commands, ${counts.unknown} unknown for a while; again after ${Math.round(recovery)} ms, at rest after ${Math.round(settled)} ms`;
  if (violations.length === 0) return line;
  const long = schedule.length === "long" ? "" : " --short";
  return [
    `${line}: BROKEN`,
    ...violations.slice(0, 12).map(({ oracle, says }) => `  ${oracle}: ${says.slice(0, 8_000)}`),
    describeSchedule(schedule),
    `  again: npm run nemesis -- --from ${seed} --seeds 1${long}`,
  ].join("\n");
}
