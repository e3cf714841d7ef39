import { z } from "zod";
import { done, id, instant } from "./common.ts";
import { sendReply } from "./desk.ts";

/** An act on work, and the name under which it can be taken back; none where a program acted. */
export const acted = done.extend({ actId: id.optional() });

/** Of the agent's last acts one that can be taken back still. */
export const deskActView = z.object({
  id,
  kind: z.enum(["resolve", "snooze", "assign", "release"]),
  conversationId: id,
  number: z.string(),
  customer: z.string(),
  /** The outcome, the time or whom it was given to. */
  detail: z.string(),
  at: instant,
});
export type DeskActView = z.infer<typeof deskActView>;
export const deskActs = z.object({ acts: z.array(deskActView) });

export const newReminder = z.object({ dueAt: instant, text: z.string().trim().max(500).default("") });
export const reminderView = z.object({
  id,
  conversationId: id,
  number: z.string(),
  customer: z.string(),
  dueAt: instant,
  text: z.string(),
  /** `due`: its time has come. */
  state: z.enum(["open", "due"]),
  version: z.int(),
});
export type ReminderView = z.infer<typeof reminderView>;

/** A reply for a later time; files do not wait. */
export const sendLater = sendReply.omit({ files: true }).extend({ sendAt: instant });
export const laterReplyView = z.object({
  id,
  conversationId: id,
  number: z.string(),
  customer: z.string(),
  agent: z.object({ id, name: z.string() }),
  audience: z.enum(["public", "private"]),
  text: z.string(),
  sendAt: instant,
  /** `held`: it did not go; its words are in the draft and `why` says the reason. */
  state: z.enum(["waiting", "held"]),
  why: z.string().nullable(),
  version: z.int(),
});
export type LaterReplyView = z.infer<typeof laterReplyView>;
/** What the asker has put off: reminders, replies that wait, and those of the last day that were held. */
export const laterBoard = z.object({ reminders: z.array(reminderView), replies: z.array(laterReplyView) });
export type LaterBoard = z.infer<typeof laterBoard>;

export const workScope = z.enum(["mine", "team", "all"]);
/** What stands in the filter bar: words with operators, as `shared/work-filter.ts` reads them. */
export const filterText = z.string().max(400);
export const newWorkView = z.object({
  name: z.string().trim().min(1).max(60),
  scope: workScope,
  filter: filterText,
  /** Shared with this team; null: mine alone. */
  teamId: id.nullable(),
  position: z.int().min(0).max(1_000).default(0),
});
export const changeWorkView = newWorkView.extend({ expectedVersion: z.int().min(1).max(2_147_483_647) });
export const workViewView = z.object({
  id,
  name: z.string(),
  scope: workScope,
  filter: z.string(),
  team: z.object({ id, name: z.string() }).nullable(),
  owner: z.object({ id, name: z.string() }),
  /** May the asker change it? */
  mayChange: z.boolean(),
  /** How many stand in it, counted up to 99 (100 means more); null where that cannot be told without opening it. */
  count: z.int().nullable(),
  position: z.int(),
  version: z.int(),
});
export type WorkViewView = z.infer<typeof workViewView>;
export const workViews = z.object({ views: z.array(workViewView) });
