import { type Calendar, calendarOf, calendarsOf, isOpen, nextOpening, settingOf } from "#modules/company";
import type { Instant } from "#platform/clock";
import type { Tx } from "#platform/db";
import { AppError, notFound } from "#platform/errors";
import { uuidv7 } from "#platform/ids";
import { saysTarget } from "./clocks/says.ts";
import { slaSetting } from "./clocks/settings.ts";
import { timeOf } from "./clocks/time-of.ts";
import type { Accepts } from "./domain/accepts.ts";
import { promisedTo, type SlaPolicy } from "./domain/clocks/sla-policy.ts";
import {
  type Choice,
  noTurns,
  type Priority,
  priorities,
  type Queue,
  type Terms,
  type TermsAsked,
} from "./domain/model.ts";
import { RING_PARTS } from "./domain/skills.ts";
import { type PeakRules, peaksSetting } from "./peaks/settings.ts";
import { allQueues, insertQueue, type QueueRow, turnsOf } from "./store/queue-store.ts";
import type { QueueSkill } from "./store/tables.ts";

export type QueueFacts = QueueRow & {
  /** Is its calendar open now? */
  open: boolean;
  /** When it opens next, if it is closed. */
  opensAt: Instant | null;
  /** What becomes of what comes while it is closed; null: as `outOfHours` says. */
  closed: PeakRules["closed"];
};

/** All queues with their calendars, in the order in which they are asked. */
export async function queuesOf(tx: Tx): Promise<QueueFacts[]> {
  return (await loadQueues(tx)).map(({ calendar: _, sla: __, ...queue }) => queue);
}

/** What is promised by the policy in force, with all calendars that it and the queues name. */
export interface SlaInForce {
  readonly policy: SlaPolicy;
  readonly policyVersion: number;
  readonly calendars: ReadonlyMap<string, Calendar>;
}
export type LoadedQueue = QueueFacts & { calendar: Calendar; sla: SlaInForce };

/** The calendars that an account's queues and promises named last: they are asked for with what names them, and only others after it. */
const namedLast = new Map<string, readonly string[]>();
const ACCOUNTS_KNOWN = 1_000;

export async function loadQueues(tx: Tx): Promise<LoadedQueue[]> {
  const [rows, policy, peaks, foreseen] = await tx.together((t) =>
    Promise.all([
      allQueues(t),
      settingOf(t, slaSetting),
      settingOf(t, peaksSetting),
      calendarsOf(t, namedLast.get(tx.accountId) ?? []),
    ]),
  );
  const closed = new Map(peaks.value.queues.map((q) => [q.queueId, q.closed]));
  const named = policy.value.rows.map((row) => row.hours).filter((hours) => hours !== "queue" && hours !== "plain");
  const wanted = [...new Set([...rows.map((row) => row.calendarId), ...named])];
  const others = await calendarsOf(
    tx,
    wanted.filter((id) => !foreseen.has(id)),
  );
  namedLast.delete(tx.accountId);
  if (namedLast.size >= ACCOUNTS_KNOWN) namedLast.delete(namedLast.keys().next().value as string);
  namedLast.set(tx.accountId, wanted);
  const calendars = new Map([...foreseen, ...others].map(([id, { calendar }]) => [id, calendar]));
  const sla: SlaInForce = {
    ...{ policyVersion: policy.version, calendars },
    // A row may name a calendar that is not there (settings can be written without this policy's own checks): the queue's counts then.
    policy: {
      ...policy.value,
      rows: policy.value.rows.map((r) =>
        named.includes(r.hours) && !calendars.has(r.hours) ? { ...r, hours: "queue" } : r,
      ),
    },
  };
  return rows.map((row) => {
    const calendar = calendars.get(row.calendarId);
    if (!calendar) throw notFound("calendar");
    const open = isOpen(tx.now, calendar);
    const opensAt = open ? null : nextOpening(tx.now, calendar);
    return { ...row, calendar, sla, open, opensAt, closed: closed.get(row.id) ?? null };
  });
}

/** Which teams help out now: in a peak, and while it is closed the team that is then there for it. */
export function helpersNow({ relief, open, closed }: Pick<QueueFacts, "relief" | "open" | "closed">): string[] {
  const atNight = !open && closed?.do === "team" ? [closed.teamId] : [];
  return [...new Set([...relief, ...atNight])];
}

/** A queue as the engine sees it. */
export async function queuesForEngine(
  tx: Tx,
  loaded: readonly LoadedQueue[] | Promise<readonly LoadedQueue[]>,
): Promise<Map<string, Queue>> {
  const [turns, queues] = await Promise.all([turnsOf(tx), loaded]);
  return new Map(
    queues.map((queue) => [
      queue.id,
      {
        ...{ id: queue.id, name: queue.name, teamId: queue.teamId, autoServe: queue.autoServe },
        ...{ overflow: queue.overflow, choice: queue.choice },
        ...{ relief: helpersNow(queue), turns: turns.get(queue.id) ?? noTurns() },
        serving: queue.open || queue.outOfHours === "work" || queue.closed?.do === "team",
      },
    ]),
  );
}

type Asked = Omit<TermsAsked, "queueId">;

const promisedIn = (queue: LoadedQueue, of: Omit<Asked, "t0">) =>
  promisedTo(
    {
      queueId: queue.id,
      priority: of.priority,
      crisis: of.crisis,
      brandId: of.item?.brandId,
      medium: of.item?.mediumClass,
    },
    queue.sla.policy,
    queue,
  );

/** Due time and rings by what is promised, in its hours. Danger to people knows no calendar. */
export function termsOf(queue: LoadedQueue, of: Asked): Terms {
  const promised = promisedIn(queue, of);
  const target = of.round === "next" ? promised.nextResponseMs : promised.firstResponseMs;
  const time = timeOf(promised.hours, queue.sla.calendars);
  const after = (ms: number) => time.after(of.t0, ms);
  return { due: after(target), ringsAt: queue.ringParts.map((part) => after(Math.round(target * part))) };
}

/** The sentence that says when new work is due. */
export function saysPromise(queue: LoadedQueue, of: Omit<Asked, "t0">): string {
  const { firstResponseMs, hours, row, stretch } = promisedIn(queue, of);
  const time =
    hours === "plain"
      ? "around the clock"
      : hours === queue.calendarId
        ? `of ${queue.name}'s opening time`
        : "of its calendar's opening time";
  const by = row === null ? "" : ` (“${row}”)`;
  const longer =
    stretch === null
      ? ""
      : ` ${saysTarget(stretch.usualMs.first)} usually; ${stretch.by} stretched it for a time: “${stretch.reason}”.`;
  return `Priority ${of.priority}: ${saysTarget(firstResponseMs)} ${time}${by} from the first unanswered message.${longer}`;
}

export interface NewQueue {
  name: string;
  position: number;
  teamId: string;
  calendarId: string;
  accepts?: Accepts;
  /** What everything in this queue asks of an agent, beside the language. */
  skills?: QueueSkill[];
  /** Milliseconds of business time by priority. */
  targets: Record<Priority, number>;
  outOfHours?: "hold" | "work";
  autoServe?: boolean;
  /** Three parts of the target after which the rings open, rising; and the teams that help out from each on. */
  ringParts?: number[];
  overflow?: string[][];
  choice?: Choice;
}

export async function addQueue(tx: Tx, queue: NewQueue): Promise<string> {
  for (const priority of priorities)
    if (!(queue.targets[priority] > 0))
      throw new AppError("invalid-request", `The queue ${queue.name} needs a target for the priority ${priority}.`);
  const { calendar } = await calendarOf(tx, queue.calendarId);
  if (nextOpening(tx.now, calendar) === null)
    throw new AppError("invalid-request", `The calendar of the queue ${queue.name} never opens.`);
  const id = uuidv7(tx.now);
  await insertQueue(tx, {
    ...{ id, accepts: {}, skills: [], outOfHours: "hold" as const, autoServe: true },
    ...{ ringParts: [...RING_PARTS], overflow: [[], [], []], choice: "least-loaded" as const },
    relief: [],
    ...queue,
  });
  return id;
}

export async function queueOf(tx: Tx, id: string): Promise<QueueFacts> {
  const queue = (await queuesOf(tx)).find((q) => q.id === id);
  if (!queue) throw notFound("queue");
  return queue;
}
