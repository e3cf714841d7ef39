import { type Instant, MINUTE } from "#platform/clock";
import type { Town } from "../../../scenarios/town.ts";
import type { PlaygroundClient } from "./playground-client.ts";
import type { Stage } from "./stage.ts";

/** What stands in the queue when somebody opens the desk for the first time: minutes ago, and what about. */
const WAITING: readonly (readonly [number, string])[] = [
  [52, "billing"],
  [34, "outage"],
  [28, "delivery"],
  [21, "direct"],
  [16, "slow"],
  [11, "device"],
  [7, "question"],
  [4, "engineer"],
  [1.5, "outage"],
];
/** What else people talk about on the playground. */
const AROUND: readonly [kind: string, times: number, minutesBack: number][] = [
  ["spoken-about", 8, 58],
  ["coincidence", 7, 56],
  // Kind words may want an answer as well, but the first thing held out to a newcomer should be a trouble.
  ["praise", 4, 25],
  ["spam", 4, 50],
];
/** A playground with so many posts is no empty place. */
const LIVELY = 20;

/**
 * Plays the last hour on an empty playground, by the simulator's right to speak in the past; the desk hears it as it hears
 * everything. False when people have spoken there before.
 */
export async function playLastHour(client: PlaygroundClient, stage: Stage, town: Town, now: Instant): Promise<boolean> {
  if ((await client.postsSoFar()) >= LIVELY) return false;
  for (const [minutesAgo, kind] of WAITING) town.begin(now - minutesAgo * MINUTE, kind);
  for (const [kind, times, back] of AROUND)
    for (let i = 0; i < times; i++) town.begin(now - (1 + ((i + 0.5) / times) * (back - 2)) * MINUTE, kind);
  await stage.playAll(town.due(now), (act) => act.at);
  return true;
}
