import { agentsWithRights, can, staffOf, teamsOf } from "#modules/people";
import type { Tx } from "#platform/db";
import { AppError, conflict, notFound } from "#platform/errors";
import { inRouting } from "./in-routing.ts";
import { allQueues, type QueueRow, updateQueue } from "./store/queue-store.ts";

/** What can be set of how a queue's work is handed out. */
export type QueueChange = Partial<Pick<QueueRow, "skills" | "ringParts" | "overflow" | "choice" | "autoServe">>;

/** Counts for what comes, and at once for who may have what waits; when the rings of waiting work open stays as it was. */
export async function changeQueue(
  tx: Tx,
  id: string,
  expectedVersion: number,
  change: QueueChange,
): Promise<{ before: QueueRow; after: QueueRow }> {
  const before = (await allQueues(tx)).find((q) => q.id === id);
  if (!before) throw notFound("queue");
  if (before.version !== expectedVersion) throw conflict("queue", { version: before.version });
  await check(tx, change);
  const after = { ...before, ...change };
  if (!(await updateQueue(tx, after))) throw conflict("queue", { version: before.version });
  // More may take what waits now.
  await inRouting(tx, {}, () => {});
  return { before, after: { ...after, version: after.version + 1 } };
}

async function check(tx: Tx, change: QueueChange): Promise<void> {
  const { skills } = await staffOf(tx);
  const skill = change.skills?.find((s) => !skills.has(s.skillId));
  if (skill) throw new AppError("invalid-request", `There is no skill ${skill.skillId}. GET /api/skills lists them.`);
  const teams = new Set((await teamsOf(tx)).map((team) => team.id));
  const team = change.overflow?.flat().find((t) => !teams.has(t));
  if (team) throw new AppError("invalid-request", `There is no team ${team}. GET /api/teams lists them.`);
  const parts = change.ringParts ?? [];
  if (parts.some((part, i) => part <= (parts[i - 1] ?? 0)))
    throw new AppError("invalid-request", "Each ring opens later than the one before it.");
}

/** Teams that could help a queue out: how many are in each, and how many of those may take its work. */
export async function helpersOf(
  tx: Tx,
  queueId: string,
): Promise<{ id: string; name: string; members: number; may: number }[]> {
  const queue = (await allQueues(tx)).find((q) => q.id === queueId);
  if (!queue) throw notFound("queue");
  const [teams, staff] = await Promise.all([teamsOf(tx), agentsWithRights(tx)]);
  const where = { queueId, teamId: queue.teamId };
  const may = new Set(staff.filter((s) => can(s.rights, "work.take", where)).map((s) => s.agent.id as string));
  const active = new Set(staff.map((s) => s.agent.id as string));
  return teams
    .filter((team) => team.id !== queue.teamId)
    .map(({ id, name, members }) => ({
      ...{ id, name, members: members.filter((one) => active.has(one)).length },
      may: members.filter((one) => may.has(one)).length,
    }));
}
