import type { Millis } from "#platform/clock";
import { type Easing, stretched, stretchFor, type TargetStretch } from "../easing.ts";
import type { MediumClassName } from "../medium-class.ts";
import type { Priority } from "../model.ts";

/** What an episode's clocks measure. `reply-window`: until when the network lets us answer. */
export const clockKinds = ["first-response", "next-response", "resolution", "reply-window"] as const;
export type ClockKind = (typeof clockKinds)[number];

/** Why a clock stands still. */
export const pauseCauses = ["waiting-for-customer", "third-party", "peer-answer", "outage-hold"] as const;
export type PauseCause = (typeof pauseCauses)[number];

/** What is promised to some: empty lists mean "any". The first row that fits an episode decides. */
export interface SlaRow {
  readonly name: string;
  readonly brandIds: readonly string[];
  readonly queueIds: readonly string[];
  readonly priorities: readonly Priority[];
  readonly mediums: readonly MediumClassName[];
  /** Counted in the opening time of the queue, of a calendar (its id), or around the clock. */
  readonly hours: "queue" | "plain" | (string & {});
  /** Milliseconds; null: as the queue has it. */
  readonly firstResponseMs: Millis | null;
  readonly nextResponseMs: Millis | null;
  /** Null: nothing is promised. */
  readonly resolutionMs: Millis | null;
}
export interface SlaPolicy {
  readonly rows: readonly SlaRow[];
  /** Parts of the target at which somebody is warned, between 0 and 1. */
  readonly warnAt: readonly number[];
  /** What stops which clock. A response is owed while the customer waits, so only what others do can stop its clock. */
  readonly pauses: { readonly response: readonly PauseCause[]; readonly resolution: readonly PauseCause[] };
}

/** Where no policy is written: what queues promise, warnings at three quarters and nine tenths. The parts are ours. */
export const usualSla: SlaPolicy = {
  rows: [],
  warnAt: [0.75, 0.9],
  pauses: { response: ["peer-answer", "outage-hold"], resolution: [...pauseCauses] },
};

export interface SlaAbout {
  readonly brandId?: string | undefined;
  readonly queueId: string;
  readonly priority: Priority;
  readonly medium?: MediumClassName | undefined;
  readonly crisis: boolean;
}
/** Of the queue: targets by priority and the calendar it works by. */
export interface QueuePromise {
  readonly targets: Readonly<Record<Priority, Millis>>;
  readonly calendarId: string;
  /** What a supervisor made easier for a time. */
  readonly easing?: readonly Easing[];
}
/** What holds for one episode. `hours`: a calendar's id, or "plain" for around the clock. */
export interface Promised {
  readonly firstResponseMs: Millis;
  readonly nextResponseMs: Millis;
  readonly resolutionMs: Millis | null;
  readonly hours: string;
  readonly row: string | null;
  /** Where responses may take longer for a time, with how long they take usually. */
  readonly stretch: (TargetStretch & { readonly usualMs: { first: Millis; next: Millis } }) | null;
}

const fits = <T>(list: readonly T[], one: T | undefined) =>
  list.length === 0 || (one !== undefined && list.includes(one));

/** The first row that fits; undefined: what the queue has counts. */
export function rowFor(about: SlaAbout, policy: SlaPolicy): SlaRow | undefined {
  return policy.rows.find(
    (r) =>
      fits(r.brandIds, about.brandId) &&
      fits(r.queueIds, about.queueId) &&
      fits(r.priorities, about.priority) &&
      fits(r.mediums, about.medium),
  );
}

/** The first row that fits, over what the queue promises. Danger to people knows no calendar. */
export function promisedTo(about: SlaAbout, policy: SlaPolicy, queue: QueuePromise): Promised {
  const row = rowFor(about, policy);
  const usual = queue.targets[about.priority];
  const hours = row?.hours === undefined || row.hours === "queue" ? queue.calendarId : row.hours;
  const first = row?.firstResponseMs ?? usual;
  const next = row?.nextResponseMs ?? first;
  const stretch = stretchFor(queue.easing ?? [], about);
  return {
    ...{ firstResponseMs: stretched(first, stretch), nextResponseMs: stretched(next, stretch) },
    stretch: stretch && { ...stretch, usualMs: { first, next } },
    ...{ resolutionMs: row?.resolutionMs ?? null, hours: about.crisis ? "plain" : hours, row: row?.name ?? null },
  };
}
