import { z } from "zod";
import { cursor, expectedVersion, id, instant, pageOf } from "./common.ts";
import { workRow } from "./desk.ts";
import { presenceView } from "./workforce.ts";

const priority = z.enum(["urgent", "high", "normal", "low"]);

/** When nobody waits any more, as things stand. `from` and `to`: 8 of 10 times between them; `to` null: maybe not within 12 hours. */
export const clearView = z.discriminatedUnion("state", [
  z.object({ state: z.literal("clear") }),
  z.object({ state: z.literal("clears"), at: instant, from: instant, to: instant.nullable() }),
  z.object({ state: z.literal("grows"), perHour: z.number() }),
  z.object({ state: z.literal("nobody") }),
  z.object({ state: z.literal("closed"), opensAt: instant }),
]);
export type ClearView = z.infer<typeof clearView>;

/**
 * Answers in time: of those given in the last 30 minutes, and those that fell due in them and are owed still, the ones given by their
 * due time. `share` is null when there were none.
 */
export const inTimeView = z.object({ share: z.number().nullable(), inTime: z.int(), of: z.int() });

export const boardQueue = z.object({
  id,
  name: z.string(),
  teamId: id,
  open: z.boolean(),
  opensAt: instant.nullable(),
  /** The target of normal work, ms of opening time. */
  targetMs: z.int(),
  /** In nobody's hands, held out to somebody included. */
  waiting: z.int(),
  held: z.int(),
  aside: z.int(),
  /** Since when the customer waits who waits longest, and the first due time of what waits. */
  longestSince: instant.nullable(),
  firstDueAt: instant.nullable(),
  late: z.int(),
  inTime: inTimeView,
  /** In the last 60 minutes: came to wait, and stopped waiting (taken, answered, moved or ended). */
  cameHour: z.int(),
  servedHour: z.int(),
  /** Available for it now. */
  people: z.int(),
  /** More than can be kept in time, and nobody has room: since the first of them was due. */
  overloadSince: instant.nullable(),
  willBeLate: z.int(),
  clear: clearView,
  /** What it asks of whoever takes its work; clearances left out. Of a hundred. */
  skills: z.array(z.object({ id, name: z.string(), level: z.int() })),
});
export type BoardQueue = z.infer<typeof boardQueue>;

export const boardPerson = presenceView.extend({
  /** In hands and held out now, and put aside. */
  items: z.int(),
  aside: z.int(),
  teamIds: z.array(id),
});
export type BoardPerson = z.infer<typeof boardPerson>;

/** What would help a queue, with the clear time there would be. Each is an act that somebody on the board can do. */
export const remedy = z.object({
  kind: z.enum(["call-in", "lend", "wake"]),
  queueId: id,
  agents: z.array(z.object({ id, name: z.string() })),
  /** The team that lends. */
  teamName: z.string().nullable(),
  clear: clearView,
});
export type Remedy = z.infer<typeof remedy>;

export const loanView = z.object({
  actId: id,
  agentId: id,
  agentName: z.string(),
  /** A skill with its level, or a team. */
  skill: z.object({ id, name: z.string(), level: z.int() }).nullable(),
  team: z.object({ id, name: z.string() }).nullable(),
  endsAt: instant,
  byName: z.string(),
  version: z.int(),
});
export type LoanView = z.infer<typeof loanView>;

/** What is easier of a queue for a time: its targets, in per cent of the usual, or the level of a skill. */
export const easingView = z.object({
  ...{ actId: id, queueId: id, queueName: z.string() },
  target: z.object({ percent: z.int(), priorities: z.array(priority) }).nullable(),
  skill: z.object({ id, name: z.string(), level: z.int(), usual: z.int() }).nullable(),
  ...{ endsAt: instant, byName: z.string(), reason: z.string(), version: z.int() },
});
export type EasingView = z.infer<typeof easingView>;

export const wallboard = z.object({
  at: instant,
  /** Teams whose queues the asker may see. */
  teams: z.array(z.object({ id, name: z.string() })),
  waiting: z.int(),
  /** Against ten minutes ago. */
  waitingChange: z.int(),
  longest: z.object({ queueId: id, since: instant, late: z.boolean() }).nullable(),
  inTime: inTimeView.extend({ dayShare: z.number().nullable(), goal: z.number() }),
  /** Available or busy; `of` is everybody who is not off duty. */
  atWork: z.object({ here: z.int(), of: z.int(), pausing: z.int(), missing: z.int() }),
  /** Of the budgets of who is available, in units: a whole agent has 10. */
  room: z.object({ free: z.number(), of: z.number() }),
  overload: z
    .object({
      since: instant,
      clear: clearView,
      waiting: z.int(),
      /** So many the people here could keep in time. */
      kept: z.int(),
      willBeLate: z.int(),
      queues: z.array(id),
    })
    .nullable(),
  clear: clearView,
  history: z.array(z.object({ at: instant, waiting: z.int() })),
  forecast: z.array(z.object({ at: instant, waiting: z.number(), low: z.number(), high: z.number() })),
  queues: z.array(boardQueue),
  people: z.array(boardPerson),
  remedies: z.array(remedy),
  loans: z.array(loanView),
  easings: z.array(easingView),
});
export type Wallboard = z.infer<typeof wallboard>;
export const wallboardQuery = z.object({ teamId: id.optional() });

/** One queue, close up. */
export const queueCloseUp = z.object({
  queueId: id,
  /** How many have waited up to `upToMs`; the last bin has no end. */
  waits: z.array(z.object({ upToMs: z.int().nullable(), items: z.int() })),
  publicly: z.int(),
  privately: z.int(),
  priorities: z.object({ urgent: z.int(), high: z.int(), normal: z.int(), low: z.int() }),
  /** The next five to be late, whoever has them. */
  next: z.array(workRow.extend({ offeredTo: z.string().nullable(), needs: z.string().nullable() })),
  targetMs: z.int(),
});
export type QueueCloseUp = z.infer<typeof queueCloseUp>;

export const boardItemsQuery = z.object({
  of: z.enum(["waiting", "late", "held", "open"]).default("waiting"),
  queueId: id.optional(),
  teamId: id.optional(),
  agentId: id.optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export const boardItemsPage = pageOf(workRow);

/** At most 500 at once. What was changed meanwhile is refused by itself, the rest is done. */
export const superviseWork = z.object({
  items: z
    .array(z.object({ workItemId: id, expectedVersion }))
    .min(1)
    .max(500),
  act: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("give"),
      to: z.discriminatedUnion("kind", [
        z.object({ kind: z.literal("agent"), agentId: id }),
        z.object({ kind: z.literal("queue"), queueId: id }),
      ]),
    }),
    z.object({ kind: z.literal("priority"), priority }),
  ]),
});
export const supervised = z.object({
  /** Names what was done, for taking it back; null when nothing was. */
  actId: id.nullable(),
  version: z.int(),
  done: z.array(id),
  refused: z.array(z.object({ workItemId: id, code: z.string(), why: z.string() })),
});
export type Supervised = z.infer<typeof supervised>;

/** A skill at a level, or a team, for a time; it goes back by itself. */
export const lend = z.object({
  agentId: id,
  what: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("skill"), skillId: id, level: z.int().min(0).max(100) }),
    z.object({ kind: z.literal("team"), teamId: id }),
  ]),
  until: instant,
  reason: z.string().trim().min(1).max(200),
});
/** Makes something of a queue easier for a time; it goes back by itself. Danger to people is never stretched, a clearance never lowered. */
export const ease = z.object({
  queueId: id,
  what: z.discriminatedUnion("what", [
    z.object({
      what: z.literal("target"),
      /** Of the usual. */
      percent: z.int().min(110).max(400),
      priorities: z.array(priority).min(1).max(4),
    }),
    z.object({ what: z.literal("skill"), skillId: id, level: z.int().min(0).max(99) }),
  ]),
  until: instant,
  reason: z.string().trim().min(1).max(200),
});
/** Calls in who is marked as a helper, or these of them, for a queue and a time. */
export const callIn = z.object({
  queueId: id,
  agentIds: z.array(id).min(1).max(500).optional(),
  until: instant,
  reason: z.string().trim().min(1).max(200),
});
/** `already`: in the team anyway. `pages`: messages that go out to them. */
export const calledIn = z.object({ called: z.array(id), already: z.array(id), pages: z.int(), until: instant });
export const takeBack = z.object({ expectedVersion });
