import type { RehearsalChange } from "#contracts/rehearse";

export type What = RehearsalChange["what"];
export type Medium = Extract<RehearsalChange, { what: "cap" }>["medium"];
export type Priority = Extract<RehearsalChange, { what: "target" }>["priority"];

/** One guided row, with what was typed last for each of its fields, so that another kind of change forgets nothing. */
export interface ChangeRow {
  readonly key: number;
  readonly what: What;
  readonly teamId: string;
  readonly agentId: string;
  readonly queueId: string;
  readonly skillId: string;
  readonly priority: Priority;
  readonly medium: Medium;
  readonly kind: "hard" | "soft";
  /** As typed. A weight is in tenths of a person there: "3.3". */
  readonly number: string;
  readonly always: boolean;
  readonly from: string;
  readonly to: string;
}

/** What there is to choose from. */
export interface Choices {
  readonly teams: readonly { id: string }[];
  readonly agents: readonly { id: string }[];
  readonly queues: readonly { id: string; teamId?: string }[];
  readonly skills: readonly { id: string }[];
}

const USUAL: Record<What, string> = {
  ...{ skill: "60", join: "", people: "1", absence: "", target: "60", weight: "3.3", cap: "2", ask: "" },
};
/** Whole numbers from 1 on to these; a limit may be nothing at all. */
const MOST: Partial<Record<What, number>> = { skill: 100, people: 100, target: 525_600, cap: 100 };

export function newRow(key: number, what: What, from: Choices): ChangeRow {
  const first = (list: readonly { id: string }[]) => list[0]?.id ?? "";
  return {
    // More people help most in the team of the first queue.
    ...{
      key,
      what,
      teamId: from.queues[0]?.teamId ?? first(from.teams),
      agentId: first(from.agents),
      queueId: first(from.queues),
    },
    ...{ skillId: first(from.skills), priority: "urgent", medium: "chat", kind: "soft", number: USUAL[what] },
    ...{ always: true, from: "12:00", to: "14:00" },
  };
}

/** Another kind of change in the same row. */
export function turnedInto(row: ChangeRow, what: What): ChangeRow {
  const medium = what === "weight" && row.medium === "phone" ? "chat" : row.medium;
  return { ...row, what, medium, number: USUAL[what] };
}

export type RowFault = "number" | "tenths" | "choice" | "time";

/** The row as the server takes it, or what is wrong with it. */
export function changeOf(row: ChangeRow): RehearsalChange | RowFault {
  const { what, teamId, agentId, queueId, skillId, priority, medium, kind } = row;
  const n = row.number.trim() === "" ? Number.NaN : Number(row.number);
  const most = MOST[what];
  if (most !== undefined && !(Number.isInteger(n) && n >= (what === "cap" ? 0 : 1) && n <= most)) return "number";
  const daily = row.always ? null : { from: row.from, to: row.to };
  if ((what === "people" || what === "absence") && daily && (daily.from === "" || daily.to === "")) return "time";
  const empty = (...ids: string[]) => ids.includes("");
  switch (what) {
    case "skill":
      return empty(teamId, skillId) ? "choice" : { what, teamId, skillId, level: n };
    case "join":
      return empty(teamId, agentId) ? "choice" : { what, agentId, teamId };
    case "people":
      return empty(teamId) ? "choice" : { what, teamId, add: n, daily };
    case "absence":
      return empty(agentId) ? "choice" : { what, agentId, daily };
    case "target":
      return empty(queueId) ? "choice" : { what, queueId, priority, minutes: n };
    case "weight": {
      const weight = Math.round(n * 10);
      return medium !== "phone" && weight >= 1 && weight <= 100 ? { what, medium, weight } : "tenths";
    }
    case "cap":
      return { what, medium, cap: n };
    case "ask":
      return empty(skillId) ? "choice" : { what, skillId, kind };
  }
}

/** All rows as the server takes them; null while one of them is not right. */
export function changesOf(rows: readonly ChangeRow[]): RehearsalChange[] | null {
  const changes = rows.map(changeOf);
  return changes.every((one) => typeof one !== "string") ? changes : null;
}

const DAY = 86_400_000;
const MOST_DAYS = 31;

export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
/** Today and the six days before. */
export const lastWeek = (now: number) => ({ first: dayOf(now - 6 * DAY), last: dayOf(now) });

/** From the first day's begin to the last day's end by the reader's clock, as far as it is past; null: no span of 31 days at most. */
export function spanOf(first: string, last: string, now: number): { from: string; to: string } | null {
  const from = Date.parse(`${first}T00:00:00`);
  const end = new Date(`${last}T00:00:00`);
  end.setDate(end.getDate() + 1);
  const to = Math.min(end.getTime(), now);
  // An hour more where the clocks went back.
  if (!(from < to) || to - from > MOST_DAYS * DAY + 3_600_000) return null;
  return { from: new Date(Math.max(from, to - MOST_DAYS * DAY)).toISOString(), to: new Date(to).toISOString() };
}
