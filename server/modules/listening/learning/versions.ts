import { type Message, messagesById } from "#modules/channels";
import type { Tx } from "#platform/db";
import { conflict, notFound } from "#platform/errors";
import { loadModels } from "../models/load-models.ts";
import { modelOf, TAUGHT } from "../own-models.ts";
import {
  type Choice,
  findChoices,
  findVersions,
  lockTask,
  markCounts,
  modelVersions,
  saveChoice,
  type Version,
} from "../store/model-store.ts";
import { newestHeard } from "../store/understanding-store.ts";
import { surroundingsOf } from "../thread-facts.ts";
import { answerTo } from "./answers.ts";

/** Labels an account can teach, and whether a model ships for it. */
export const LEARNT: readonly { task: string; ships: boolean }[] = [
  { task: "actionable", ships: false },
  ...TAUGHT.map((task) => ({ task, ships: true })),
];

export interface TaskNow {
  task: string;
  ships: boolean;
  marks: number;
  /** The version in use; 0: what ships, or none where nothing does. */
  inUse: number;
  choice: Choice | null;
  versions: Version[];
}

export async function tasksNow(tx: Tx): Promise<TaskNow[]> {
  const [marks, inUse, choices, versions] = await tx.together((round) =>
    Promise.all([markCounts(round), modelVersions(round), findChoices(round), findVersions(round)]),
  );
  return LEARNT.map(({ task, ships }) => ({
    ...{ task, ships, marks: marks.get(task)?.messages ?? 0, inUse: inUse.get(task) ?? 0 },
    choice: choices.get(task) ?? null,
    versions: versions.filter((v) => v.task === task),
  }));
}

/**
 * Uses an older (or newer) version from now on and pins it: marks go on being learnt from, but nothing takes its place until it is released.
 * `pinned` false: the version stays, and the next one that is not worse takes its place. Returns what was before.
 */
export async function chooseVersion(
  tx: Tx,
  wish: { task: string; version: number; pinned: boolean; expectedVersion: number; by: string | null },
): Promise<{ version: number; pinned: boolean }> {
  const known = LEARNT.find((l) => l.task === wish.task);
  if (!known) throw notFound("label");
  await lockTask(tx, wish.task);
  const now = (await tasksNow(tx)).find((t) => t.task === wish.task)!;
  if ((now.choice?.rowVersion ?? 0) + 1 !== wish.expectedVersion)
    throw conflict("version", { version: now.inUse, pinned: now.choice?.pinned ?? false });
  if (wish.version !== 0 && !now.versions.some((v) => v.version === wish.version)) throw notFound("version");
  await saveChoice(tx, wish);
  return { version: now.inUse, pinned: now.choice?.pinned ?? false };
}

/** So many of the newest messages are read by both versions. */
const READ = 400;
const SHOWN = 30;

export interface Flip {
  message: Message;
  was: { said: string; sure: number };
  is: { said: string; sure: number };
}

/** Among the newest messages, those whose label is another with version `to` than with `from`; the surest first. */
export async function flipsBetween(
  tx: Tx,
  task: string,
  from: number,
  to: number,
  mayRead: (brandId: string) => boolean,
): Promise<{ looked: number; changed: number; flips: Flip[] }> {
  const [was, is] = [await modelOf(tx, task, from), await modelOf(tx, task, to)];
  if (!was || !is) throw notFound("version");
  const messages = (await messagesById(tx, await newestHeard(tx, READ))).filter((m) => m.direction === "in");
  const around = await surroundingsOf(tx, messages);
  const shipped = await loadModels();
  const readable = messages.filter(
    (m) => m.state === "live" && (m.text || m.subject) && mayRead(around.channels.get(m.channelId)?.brandId ?? ""),
  );
  const flips = readable
    .map((message) => ({
      message,
      was: answerTo(task, was, shipped, message, around),
      is: answerTo(task, is, shipped, message, around),
    }))
    .filter((f) => f.was.said !== f.is.said)
    .toSorted((a, b) => b.is.sure - a.is.sure || (a.message.id < b.message.id ? -1 : 1));
  return { looked: readable.length, changed: flips.length, flips: flips.slice(0, SHOWN) };
}
