import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

const named = z.object({ id, name: z.string() });
const about = z.object({ conversationId: id, number: z.string(), customer: z.string() });

/** Somebody who may read the conversation. `callName` is what stands behind `@@` in a note; no two have the same. */
export const colleague = z.object({ id, name: z.string(), callName: z.string(), initials: z.string() });
export type Colleague = z.infer<typeof colleague>;
export const colleagueList = z.object({ colleagues: z.array(colleague) });

/** Whom a note called, and whom it could not. */
export const noteTold = z.object({
  told: z.array(named),
  notTold: z.array(z.object({ text: z.string(), why: z.enum(["unknown", "ambiguous", "cannot-read"]) })),
});

export const newFollowUp = z.object({
  text: z.string().trim().min(1).max(500),
  dueAt: instant,
  /** Who does it; null: I do. */
  agentId: id.nullable().default(null),
});
export const changeFollowUp = z.object({ done: z.boolean(), expectedVersion });
export const followUpView = about.extend({
  id,
  agent: named,
  madeBy: named,
  text: z.string(),
  dueAt: instant,
  /** `due`: its time has come. */
  state: z.enum(["open", "due", "done"]),
  doneAt: instant.nullable(),
  version: z.int(),
});
export type FollowUpView = z.infer<typeof followUpView>;

export const newSideQuestion = z.object({
  to: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("colleague"), agentId: id }),
    z.object({
      kind: z.literal("outside"),
      name: z.string().trim().min(1).max(100),
      /** Where the link is sent to; null: the asker hands it over. */
      email: z.email().max(320).nullable(),
    }),
  ]),
  question: z.string().trim().min(1).max(2_000),
  /** All that they see of the conversation. */
  shown: z.string().trim().max(10_000).default(""),
  days: z.int().min(1).max(30).default(7),
});
export const sideAnswer = z.object({ answer: z.string().trim().min(1).max(8_000), expectedVersion });
export const sideQuestionView = about.extend({
  id,
  askedBy: named,
  to: z.object({ id: id.nullable(), name: z.string(), email: z.string().nullable() }),
  question: z.string(),
  shown: z.string(),
  madeAt: instant,
  expiresAt: instant,
  state: z.enum(["open", "answered", "withdrawn", "ended"]),
  openedAt: instant.nullable(),
  answer: z.string().nullable(),
  mail: z.enum(["none", "waiting", "sent", "failed"]),
  mailError: z.string().nullable(),
  /** The address to hand over, where the asker may and it still opens something. */
  link: z.string().nullable(),
  version: z.int(),
});
export type SideQuestionView = z.infer<typeof sideQuestionView>;

/** What hangs on a conversation beside its messages. */
export const togetherView = z.object({
  following: z.boolean(),
  followers: z.array(named),
  followUps: z.array(followUpView),
  questions: z.array(sideQuestionView),
  /** Can this server send the link by mail? */
  mails: z.boolean(),
  mayAskOutside: z.boolean(),
});
export type TogetherView = z.infer<typeof togetherView>;
export const following = z.object({ following: z.boolean() });

/** One thing that wants to be seen by the one who asks. */
export const forMeItem = about.extend({
  id: z.string(),
  kind: z.enum(["mention", "handed", "asked-in", "side-answer", "side-question", "follow-up", "followed"]),
  at: instant,
  by: z.string().nullable(),
  text: z.string(),
  unread: z.boolean(),
  /** Of `followed`: what happened last. */
  what: z.enum(["wrote", "answered", "done", "opened"]).nullable(),
  followUp: followUpView.nullable(),
  question: sideQuestionView.nullable(),
});
export type ForMeItem = z.infer<typeof forMeItem>;
export const forMeBoard = z.object({
  items: z.array(forMeItem),
  unread: z.int(),
  /** The conversations that I follow. */
  followed: z.array(id),
});
export type ForMeBoard = z.infer<typeof forMeBoard>;
/** Null: all of them. */
export const forMeRead = z.object({ conversationId: id.nullable() });

/** Why it ended so, and what the rest of the company wants to know of it. */
export const closingAsked = z.object({
  /** Keys in the tree of the outcome, from the top. */
  reason: z.array(z.string().min(1).max(60)).max(2).default([]),
  feedback: z.string().trim().max(2_000).default(""),
  lead: z.boolean().default(false),
});
export const outcomeReason = z.object({
  key: z.string(),
  name: z.string(),
  below: z.array(z.object({ key: z.string(), name: z.string() })).optional(),
});
export type OutcomeReason = z.infer<typeof outcomeReason>;
