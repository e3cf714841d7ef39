import { z } from "zod";
import { expectedVersion, id, instant, locale } from "./common.ts";

/** 0 for the record, 1 care, 2 its lead, 3 the company, 4 danger to people or to the company itself. */
export const severity = z.int().min(0).max(4);

/** Who a step of a ladder reaches: one person, a team, whoever is on call, or everybody who manages escalations. */
export const target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("agent"), id }),
  z.object({ kind: z.literal("team"), id }),
  z.object({ kind: z.literal("rota"), id }),
  z.object({ kind: z.literal("managers") }),
]);
export type Target = z.infer<typeof target>;

/** What begins an escalation. Minutes are real minutes. */
export const trigger = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("by-hand") }),
  /** Work is so many minutes past its due time. */
  z.object({ kind: z.literal("work-late"), minutes: z.int().min(1).max(10_080) }),
  /** The target itself was missed. */
  z.object({ kind: z.literal("clock-breached") }),
  /** The customer's words carry one of these risks: safety, legal, press … */
  z.object({ kind: z.literal("risk"), risks: z.array(z.string().min(1).max(40)).min(1).max(20) }),
  z.object({ kind: z.literal("channel-dead") }),
  /** So many items are late at once. */
  z.object({ kind: z.literal("router-overload"), late: z.int().min(1).max(1_000_000) }),
  /**
   * So many came within so many minutes: open work of a queue, at least as urgent as that; or posts of a monitor that raised an alarm.
   * `ids`: of which queues or monitors, each by itself; empty: of any.
   */
  z.object({
    kind: z.literal("volume"),
    of: z.enum(["queue", "monitor"]),
    ids: z.array(id).max(50),
    items: z.int().min(1).max(100_000),
    minutes: z.int().min(1).max(1_440),
    atLeast: z.enum(["urgent", "high", "normal", "low"]),
  }),
  /** Nobody could be found for work for so many minutes. */
  z.object({ kind: z.literal("work-stuck"), minutes: z.int().min(1).max(10_080) }),
  /** A way by which people are reached does not work any more. */
  z.object({ kind: z.literal("way-dead") }),
]);
export type Trigger = z.infer<typeof trigger>;
export type TriggerKind = Trigger["kind"];

const minutes = z.int().min(1).max(10_080);
export const rung = z.object({
  id: z.string().min(1).max(40),
  severity,
  trigger,
  owner: target,
  deputies: z.array(target).max(8),
  /** Out of hours this one is asked first; null: the owner. */
  outOfHours: target.nullable(),
  acknowledgeMinutes: minutes,
  actMinutes: minutes,
  /** Whose word every reply on it takes until it is stood down (docs/guides/approval.md). */
  approvers: z.array(target).max(8),
  /** Offered in the composer, by language; never sent by itself. */
  holding: z.array(z.object({ locale, text: z.string().min(1).max(2_000) })).max(40),
  /** After the end the same topic pages nobody for so long. */
  quietMinutes: z.int().min(0).max(10_080),
  /** It ends by itself when its cause has been gone for so long; null: a person ends it. */
  standDownMinutes: z.int().min(1).max(10_080).nullable(),
});
export type Rung = z.infer<typeof rung>;
export const ladder = z.object({
  /** In its hours the owner comes first, out of them the out-of-hours contact; null: always in hours. */
  calendarId: id.nullable(),
  rungs: z.array(rung).max(60),
});
export type Ladder = z.infer<typeof ladder>;

/** Weekly hours of local days, taken in turns by week. An end not after its start lies on the next day. */
export const rotaShift = z.object({
  id: z.string().min(1).max(40),
  days: z.array(z.int().min(1).max(7)).min(1).max(7),
  from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
  to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/),
  agentIds: z.array(id).min(1).max(20),
});
export const rotaOverride = z.object({
  id: z.string().min(1).max(40),
  from: instant,
  to: instant,
  agentId: id,
  reason: z.string().max(200),
});
export const rota = z.object({
  id,
  name: z.string().trim().min(1).max(80),
  /** IANA zone of its hours. */
  zone: z.string().min(1).max(60),
  /** The week in which the first of each list has the turn: a Monday. */
  firstWeek: z.iso.date(),
  shifts: z.array(rotaShift).max(40),
  overrides: z.array(rotaOverride).max(200),
});
export type Rota = z.infer<typeof rota>;

export const way = z.enum(["desk", "push", "email", "webhook"]);
export type Way = z.infer<typeof way>;
/** From which severity on each way is used. Severity 3 and 4 break the quiet hours. */
export const reachWish = z.object({
  ways: z.array(z.object({ way, from: severity })).max(4),
  quiet: z
    .object({
      from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      to: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
      zone: z.string().min(1).max(60),
    })
    .nullable(),
});
export type ReachWish = z.infer<typeof reachWish>;

export const escalationState = z.enum(["paging", "acknowledged", "acted", "over"]);
const who = z.object({ id, name: z.string(), initials: z.string() });
export const escalationView = z.object({
  id,
  trigger: z.string(),
  severity,
  says: z.string(),
  state: escalationState,
  brandId: id.nullable(),
  conversation: z.object({ id, number: z.string(), subject: z.string() }).nullable(),
  /** Who is asked now, or has it. */
  paged: z.array(who),
  owner: who.nullable(),
  mine: z.boolean(),
  openedAt: instant,
  /** Acknowledge or act by then; null when no clock runs. */
  dueAt: instant.nullable(),
  /** When the present clock began. */
  since: instant,
  /** Nobody in the chain answered: everybody who manages is told. */
  alarmedAt: instant.nullable(),
  round: z.int(),
  /** How often its cause was seen. */
  seen: z.int(),
  endedAt: instant.nullable(),
  endReason: z.string().nullable(),
  approvers: z.array(z.string()),
  holding: z.array(z.object({ locale, text: z.string() })),
  version: z.int(),
});
export type EscalationView = z.infer<typeof escalationView>;
export const escalationList = z.object({ items: z.array(escalationView) });
export const escalationStory = z.object({
  escalation: escalationView,
  steps: z.array(z.object({ at: instant, act: z.string(), who: z.string().nullable(), says: z.string() })),
});
export type EscalationStory = z.infer<typeof escalationStory>;

export const raise = z.object({
  conversationId: id,
  severity,
  reason: z.string().trim().min(1).max(500),
});
export const acknowledge = z.object({ expectedVersion });
export const act = z.object({ expectedVersion, says: z.string().trim().min(1).max(500) });
export const handOn = z.object({ expectedVersion, agentId: id, reason: z.string().trim().max(300) });
export const standDown = z.object({ expectedVersion, reason: z.string().trim().min(1).max(500) });

/** Something a ladder or rota leaves open. `fault`: it is not saved; `hole`: it is saved, shown, and alarmed about in that hour. */
export const ladderFinding = z.object({
  level: z.enum(["fault", "hole", "hint"]),
  rungId: z.string().nullable(),
  says: z.string(),
  from: instant.nullable(),
  to: instant.nullable(),
});
export type LadderFinding = z.infer<typeof ladderFinding>;
export const ladderView = z.object({
  brandId: id.nullable(),
  /** The account's ladder stands in where a brand has none. */
  own: z.boolean(),
  ladder,
  version: z.int(),
  findings: z.array(ladderFinding),
});
export type LadderView = z.infer<typeof ladderView>;
export const ladderSave = z.object({
  brandId: id.nullable(),
  ladder,
  expectedVersion: z.int().min(0).max(2_147_483_647),
  /** In force from then on; now unless given. */
  from: instant.nullable().default(null),
});

const duty = z.object({ agentId: id, name: z.string(), from: instant, to: instant, override: z.boolean() });
export const rotaView = rota.extend({
  now: z.array(duty),
  next: duty.nullable(),
  holes: z.array(z.object({ from: instant, to: instant })),
});
export type RotaView = z.infer<typeof rotaView>;
export const rotaList = z.object({ rotas: z.array(rotaView), version: z.int() });
export const rotaSave = z.object({ rotas: z.array(rota).max(20), expectedVersion: z.int().min(0).max(2_147_483_647) });
export const swap = z.object({ from: instant, to: instant, agentId: id, reason: z.string().trim().max(200) });

export const pushSubscription = z.object({
  endpoint: z.url({ protocol: /^https$/ }).max(2_000),
  keys: z.object({ p256dh: z.string().min(20).max(200), auth: z.string().min(10).max(100) }),
  name: z.string().max(120).default(""),
});
/** By its address a browser is known to itself: whoever signs out of it names it so. */
export const pushEndpoint = pushSubscription.pick({ endpoint: true });
export const reachView = z.object({
  wish: reachWish,
  email: z.string(),
  /** False: this server has no way to send mail yet. */
  mails: z.boolean(),
  push: z.object({ publicKey: z.string(), browsers: z.array(z.object({ id, name: z.string(), since: instant })) }),
  webhooks: z.int(),
  version: z.int(),
});
export type ReachView = z.infer<typeof reachView>;
export const reachSave = z.object({ wish: reachWish, expectedVersion: z.int().min(0).max(2_147_483_647) });
export const testPage = z.object({ way });

export const pageWebhook = z.object({
  id,
  name: z.string(),
  url: z.string(),
  state: z.enum(["on", "dead"]),
  trouble: z.string().nullable(),
  lastOkAt: instant.nullable(),
});
export const pageWebhookNew = z.object({ name: z.string().trim().min(1).max(80), url: z.url().max(2_000) });
export const pageWebhookMade = pageWebhook.extend({
  /** Shown once: what signs every call (Standard Webhooks). */
  secret: z.string(),
});

export const crisisView = z.object({
  id,
  brandId: id,
  brand: z.string(),
  topic: z.string(),
  state: z.enum(["running", "over"]),
  startedAt: instant,
  startedBy: z.string(),
  spokesperson: who,
  paused: z.boolean(),
  holding: z.string(),
  conversations: z.array(z.object({ id, number: z.string() })),
  endedAt: instant.nullable(),
  review: z.string().nullable(),
  version: z.int(),
});
export type CrisisView = z.infer<typeof crisisView>;
export const crisisList = z.object({ crises: z.array(crisisView) });
export const crisisStory = z.object({
  crisis: crisisView,
  log: z.array(z.object({ at: instant, who: z.string().nullable(), act: z.string(), says: z.string() })),
});
export type CrisisStory = z.infer<typeof crisisStory>;
export const crisisStart = z.object({
  brandId: id,
  topic: z.string().trim().min(1).max(120),
  spokespersonId: id,
  /** Stops everything of the brand but what the spokesperson answers. */
  pause: z.boolean(),
  holding: z.string().max(2_000).default(""),
  escalationId: id.nullable().default(null),
  conversationIds: z.array(id).max(100).default([]),
});
export const crisisChange = z.object({
  expectedVersion,
  spokespersonId: id.optional(),
  pause: z.boolean().optional(),
  holding: z.string().max(2_000).optional(),
});
export const crisisBind = z.object({ expectedVersion, conversationId: id, bound: z.boolean() });
export const crisisNote = z.object({ says: z.string().trim().min(1).max(500) });
export const crisisEnd = z.object({ expectedVersion, review: z.string().trim().min(1).max(4_000) });

/** What stands over every page: crises, alarms, and what this agent is asked for. */
export const alertView = z.object({
  crises: z.array(
    z.object({
      id,
      brand: z.string(),
      topic: z.string(),
      spokesperson: z.string(),
      /** The one who reads this speaks. */
      mine: z.boolean(),
      paused: z.boolean(),
      startedAt: instant,
    }),
  ),
  alarms: z.array(z.object({ id, severity, says: z.string(), at: instant })),
  pages: z.array(z.object({ id, severity, says: z.string(), dueAt: instant.nullable(), version: z.int() })),
});
export type AlertView = z.infer<typeof alertView>;
