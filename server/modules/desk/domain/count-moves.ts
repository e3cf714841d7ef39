import { type Instant, MINUTE } from "#platform/clock";

/** coming: opened, in no queue yet · waiting: in nobody's hands · held: in somebody's · aside: put aside · gone: ended */
export type Standing = "coming" | "waiting" | "held" | "aside" | "gone";

/** Where the work of one episode stands, as the journal told it last. */
export interface Place {
  episodeId: string;
  workItemId: string | null;
  queueId: string | null;
  standing: Standing;
  /** An answer is owed, since the customer's first unanswered message. */
  owed: boolean;
  t0: Instant;
  dueAt: Instant | null;
  /** Of the last entry of the journal that was counted here. */
  position: number;
}
/** What one entry of the journal tells of an episode's work. */
export type Told =
  | { readonly what: "opened"; readonly t0: Instant }
  | { readonly what: "waits"; readonly t0: Instant }
  | { readonly what: "answered"; readonly answeredAt: Instant }
  | {
      readonly what: "stands";
      readonly standing: Standing;
      readonly workItemId: string;
      readonly queueId: string;
      readonly dueAt: Instant | null;
    };
export interface Heard {
  readonly position: number;
  readonly at: Instant;
  readonly told: Told;
}

export interface Counts {
  /** Into and out of waiting. */
  came: number;
  went: number;
  /** Into and out of hands. */
  taken: number;
  freed: number;
  /** Answers to what was owed, and of these the ones by the time they were due. */
  answered: number;
  inTime: number;
}
export const noCounts = (): Counts => ({ came: 0, went: 0, taken: 0, freed: 0, answered: 0, inTime: 0 });

export interface MinuteCounts extends Counts {
  readonly queueId: string;
  readonly minute: Instant;
}

/** Collects what is counted, by queue and minute. */
export class Tally {
  readonly #rows = new Map<string, MinuteCounts>();
  add(queueId: string, at: Instant, what: keyof Counts): void {
    const minute = Math.floor(at / MINUTE) * MINUTE;
    const key = `${queueId} ${minute}`;
    const row = this.#rows.get(key) ?? { queueId, minute, ...noCounts() };
    row[what]++;
    this.#rows.set(key, row);
  }
  rows(): MinuteCounts[] {
    return [...this.#rows.values()];
  }
}

/** Takes in what an entry tells and counts what moved by it. An entry that was counted before changes nothing. */
export function hear(place: Place, { position, at, told }: Heard, tally: Tally): void {
  if (position <= place.position) return;
  place.position = position;
  if (told.what === "stands") stand(place, told, at, tally);
  else if (told.what === "answered") answer(place, told.answeredAt, tally);
  else {
    place.t0 = place.owed ? Math.min(place.t0, told.t0) : told.t0;
    place.owed = true;
  }
}

function answer(place: Place, at: Instant, tally: Tally): void {
  // The customer spoke again after this answer left: an answer is owed still.
  if (!place.owed || place.t0 > at || place.standing === "gone") return;
  place.owed = false;
  if (!place.queueId) return;
  tally.add(place.queueId, at, "answered");
  if (place.dueAt === null || at <= place.dueAt) tally.add(place.queueId, at, "inTime");
}

function stand(place: Place, told: Told & { what: "stands" }, at: Instant, tally: Tally): void {
  const { queueId: was, standing: before } = place;
  const moved = was !== told.queueId;
  const from = was ?? told.queueId;
  if (before === "waiting" && (told.standing !== "waiting" || moved)) tally.add(from, at, "went");
  if (told.standing === "waiting" && (before !== "waiting" || moved)) tally.add(told.queueId, at, "came");
  if (before === "held" && (told.standing !== "held" || moved)) tally.add(from, at, "freed");
  if (told.standing === "held" && (before !== "held" || moved)) tally.add(told.queueId, at, "taken");
  Object.assign(place, { standing: told.standing, queueId: told.queueId, workItemId: told.workItemId });
  if (told.dueAt !== null) place.dueAt = told.dueAt;
}
