import { z } from "zod";
import { isZone } from "#shared/zone";
import { instant } from "./common.ts";

const keys = z.string().min(1).max(40);
/**
 * What may ring: an offer; being asked in an escalation; own work that is due within 15 minutes; a colleague who needs me; a customer
 * who answered in own work; a reply that waits for my look, or mine that was decided.
 */
export const noticeKind = z.enum(["offer", "page", "due", "mention", "answered", "approval"]);
export type NoticeKind = z.infer<typeof noticeKind>;
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "a time such as 22:00");
export const notices = z.object({
  /** A kind that is left out is as usual: no sound, shown by the system while the desk is hidden. */
  kinds: z.partialRecord(noticeKind, z.object({ sound: z.boolean(), desktop: z.boolean() })),
  /** Percent. */
  volume: z.int().min(0).max(100),
  /** The system's notices say what happened, and neither who nor in which words. */
  hideWords: z.boolean(),
  /** Silence from `from` to `to` by the wall clock of `zone`, on days that it begins on (ISO 8601: Monday is 1); the same twice is all day. */
  quiet: z
    .object({
      days: z.array(z.int().min(1).max(7)).min(1).max(7),
      ...{ from: clockTime, to: clockTime },
      zone: z.string().min(1).max(60).refine(isZone, "a time zone such as Europe/London"),
    })
    .nullable(),
  /** Nothing disturbs until then. */
  hushUntil: instant.nullable(),
  /** Pages of severity 3 and 4 come through every silence. */
  graveRings: z.boolean(),
});
export type Notices = z.infer<typeof notices>;

/** What an agent set for the own work. Every part may be missing: then the usual counts. */
export const preferences = z.object({
  keys: z
    .object({
      /** Whether keys without Ctrl or Alt act at all. */
      singleKeys: z.boolean(),
      /** Changed keys by the act's name; null: switched off. */
      changed: z
        .record(z.string().regex(/^[a-z0-9.-]{1,60}$/), keys.nullable())
        .refine((all) => Object.keys(all).length <= 200, "At most 200 keys can be changed."),
    })
    .optional(),
  play: z.object({ serves: z.boolean() }).optional(),
  /** BCP 47; of the desk, not of what customers read. */
  language: z
    .string()
    .regex(/^[A-Za-z0-9-]{2,20}$/)
    .optional(),
  notices: notices.optional(),
});
export type Preferences = z.infer<typeof preferences>;

/** PUT /api/preferences: the parts that are another now; at least one. */
export const preferenceChange = preferences.refine(
  (wanted) => Object.values(wanted).some((part) => part !== undefined),
  {
    message: "say at least one of keys, play, language and notices",
  },
);
