import { z } from "zod";
import { isZone } from "#shared/zone";
import { expectedVersion, id, instant } from "./common.ts";
import { trendPost } from "./trends.ts";

export const alarmState = z.enum(["open", "acknowledged", "closed"]);
export const alarmReason = z.enum(["rise", "many-angry", "spreading", "far-reaching", "danger"]);
export type AlarmReason = z.infer<typeof alarmReason>;

/** Each part by itself, with its time; there is no score that adds them up. */
export const alarmParts = z.object({
  from: instant,
  to: instant,
  posts: z.int(),
  /** Posts in the quarter of an hour in which it was seen, and how many are usual then. */
  seen: z.int(),
  expected: z.number(),
  strength: z.number(),
  authors: z.int(),
  negative: z.int(),
  positive: z.int(),
  noise: z.int(),
  passedOn: z.int(),
  /** Of the authors whose followers the network tells. */
  reach: z.object({ authors: z.int(), followers: z.number(), most: z.int(), verified: z.int() }),
  /** Authors by the risk their words carry. */
  risks: z.record(z.string(), z.int()),
});
export type AlarmPartsView = z.infer<typeof alarmParts>;

export const alarmView = z.object({
  id,
  monitor: z.object({ id, name: z.string(), on: z.boolean() }),
  brandId: id.nullable(),
  state: alarmState,
  /** 0 a rise, 1 many angry people, 2 that and it spreads or reaches far, 3 danger. */
  severity: z.int().min(0).max(3),
  reasons: z.array(alarmReason),
  beganAt: instant,
  raisedAt: instant,
  /** Quiet hours: nobody is told before. */
  tellAt: instant,
  overAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.string().nullable(),
  closedAt: instant.nullable(),
  closedBy: z.string().nullable(),
  /** `calm`: it ended by itself. `history`: it lies before the monitor was watched; nobody was told. */
  closeHow: z.enum(["dealt-with", "nothing", "calm", "history"]).nullable(),
  closeSays: z.string(),
  parts: alarmParts,
  /** The actor may acknowledge and close it. */
  canAct: z.boolean(),
  version: z.int(),
});
export type AlarmView = z.infer<typeof alarmView>;
/** GET /api/alarms?state=standing|past: standing ones by gravity, past ones newest first. */
export const alarmList = z.object({ at: instant, items: z.array(alarmView), next: z.string().nullable() });
export type AlarmList = z.infer<typeof alarmList>;

/** GET /api/alarms/:id: with the posts that show it and the hours around it. */
export const alarmStory = z.object({
  alarm: alarmView,
  posts: z.array(trendPost),
  series: z.object({ from: instant, stepMinutes: z.int(), posts: z.array(z.int()) }),
});
export type AlarmStory = z.infer<typeof alarmStory>;

/** POST /api/alarms/:id/acknowledge */
export const alarmAcknowledge = z.object({ expectedVersion });
/** POST /api/alarms/:id/close: `nothing` was the matter, or it is dealt with. */
export const alarmClose = z.object({
  expectedVersion,
  how: z.enum(["dealt-with", "nothing"]),
  says: z.string().trim().max(500).default(""),
});
export type AlarmClose = z.input<typeof alarmClose>;

const wallClock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const alarmRuleBody = z.object({
  on: z.boolean(),
  sensitivity: z.enum(["calm", "normal", "keen"]),
  leastPosts: z.int().min(1).max(100_000),
  leastAuthors: z.int().min(1).max(100_000),
  /** So many authors are many: severity 1 and 2 ask for them. */
  manyAuthors: z.int().min(1).max(1_000_000),
  /** After it was closed: quiet for so long about what is not graver. */
  quietMinutes: z.int().min(0).max(10_080),
  /** Hours in which people are told of severity 3 only; the others are told when they are over. */
  hush: z
    .object({
      from: wallClock,
      to: wallClock,
      zone: z.string().min(1).max(60).refine(isZone, "a time zone such as Europe/London"),
    })
    .nullable(),
});
export type AlarmRuleBody = z.input<typeof alarmRuleBody>;
/** PUT /api/monitors/:id/alarm-rule; version 0: as it ships. */
export const alarmRuleChange = alarmRuleBody.extend({ expectedVersion: z.int().min(0) });
export const alarmRuleView = alarmRuleBody.extend({ version: z.int(), canManage: z.boolean() });
export type AlarmRuleView = z.infer<typeof alarmRuleView>;
