import type { Queue, QueueChange } from "./queues-query.ts";

/** What can be changed of a queue, as the form holds it: rings in whole percent. */
export interface QueueDraft {
  percents: (number | null)[];
  overflow: string[][];
  choice: Queue["choice"];
  skills: { skillId: string; level: number }[];
  autoServe: boolean;
}
export type Fault = "percent" | "order" | "level";

export function draftOf(queue: Queue): QueueDraft {
  const { ringParts, overflow, choice, skills, autoServe } = queue;
  return {
    ...{ percents: ringParts.map((part) => Math.round(part * 100)), choice, autoServe },
    ...{ overflow: overflow.map((teams) => [...teams]), skills: skills.map((skill) => ({ ...skill })) },
  };
}

/** What keeps the draft from being saved; null when nothing does. */
export function faultOf({ percents, skills }: QueueDraft): Fault | null {
  if (percents.some((p) => p === null || !Number.isInteger(p) || p < 1 || p > 99)) return "percent";
  if (percents.some((p, i) => i > 0 && (p as number) <= (percents[i - 1] as number))) return "order";
  if (skills.some(({ level }) => !Number.isInteger(level) || level < 1 || level > 100)) return "level";
  return null;
}

/** Only what differs from the queue as it stands. */
export function changeOf(queue: Queue, draft: QueueDraft): QueueChange {
  const was = draftOf(queue);
  const differs = (key: keyof QueueDraft) => JSON.stringify(was[key]) !== JSON.stringify(draft[key]);
  return {
    ...(differs("percents") && { ringParts: draft.percents.map((p) => (p ?? 0) / 100) }),
    ...(differs("overflow") && { overflow: draft.overflow }),
    ...(differs("choice") && { choice: draft.choice }),
    ...(differs("skills") && { skills: draft.skills }),
    ...(differs("autoServe") && { autoServe: draft.autoServe }),
  };
}

/** A team helps out from one ring on: it stands in that ring only. */
export function withHelper(overflow: readonly (readonly string[])[], teamId: string, ring: number | null): string[][] {
  return overflow.map((teams, i) => [...teams.filter((id) => id !== teamId), ...(i === ring ? [teamId] : [])]);
}
