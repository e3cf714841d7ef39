import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

const by = z.object({ id, name: z.string() }).nullable();
const reason = z.object({ code: z.string(), text: z.string() });
/** How sure: by a token or sign-in, by the network, by the customer's words, by the same address, by an agent, by likeness. */
export const rung = z.enum(["verified", "network", "stated", "contact", "agent", "similar"]);

const handleMark = z.object({
  id,
  network: z.string(),
  handle: z.string(),
  name: z.string(),
  profileUrl: z.string().nullable(),
  followers: z.int().nullable(),
  verified: z.boolean(),
});

/** Why a handle belongs to a customer. `id`, or `actId` where an agent did it, is what is taken back. */
export const whyJoined = z.object({
  id,
  actId: id.nullable(),
  rung,
  code: z.string(),
  text: z.string(),
  /** 0 to 1. */
  confidence: z.number(),
  at: instant,
  by,
  /** Where it was said; null where nobody said it or the asker may not read it. */
  said: z.object({ messageId: id, conversationId: id }).nullable(),
  withHandleId: id,
});
export type WhyJoined = z.infer<typeof whyJoined>;

export const joinedHandle = handleMark.extend({
  /** The one the customer was met by. */
  own: z.boolean(),
  /** Several people write from it: what is said there joins nobody. */
  shared: z.boolean(),
  /** Since then it may be somebody else's. */
  recycledAt: instant.nullable(),
  /** Surest first; empty for the customer's own. */
  joins: z.array(whyJoined),
});
export type JoinedHandle = z.infer<typeof joinedHandle>;

/** A question to an agent. `same`: one person? `consent`: the same, and the customer is to be asked. `impersonator`: one may pretend to be the other. */
export const joinSuggestion = z.object({
  id,
  kind: z.enum(["same", "consent", "impersonator"]),
  score: z.number(),
  reasons: z.array(reason),
  madeAt: instant,
  mine: handleMark,
  other: handleMark,
  otherCustomer: z.object({ id, name: z.string() }),
});
export type JoinSuggestion = z.infer<typeof joinSuggestion>;

/** What an agent decided about who this is; newest first. */
export const identityAct = z.object({
  id,
  kind: z.enum(["join", "part", "refuse", "mark"]),
  reason: z.string(),
  at: instant,
  by,
  undone: z.object({ at: instant, by }).nullable(),
});
export type IdentityAct = z.infer<typeof identityAct>;

/** `id` is another than was asked for when that one was joined. */
export const identityView = z.object({
  id,
  name: z.string(),
  version: z.int(),
  mayJoin: z.boolean(),
  handles: z.array(joinedHandle),
  suggestions: z.array(joinSuggestion),
  acts: z.array(identityAct),
});
export type IdentityView = z.infer<typeof identityView>;

/** The other customer by id, or by the number of a conversation of his as people say it. */
export const joinPreviewQuery = z
  .object({ with: id.optional(), number: z.string().trim().min(1).max(20).optional() })
  .refine((q) => (q.with === undefined) !== (q.number === undefined), "Name the other customer: with, or number.");
export const partPreviewQuery = z.object({ handleId: id });
/** What an act would change, before it is done; `versions` is what it has to be sent with. */
export const identityPreview = z.object({
  customerId: id,
  moving: z.array(z.object({ handle: handleMark, from: id, to: id })),
  /** Conversations that go along, of those the asker may read. */
  conversations: z.array(z.object({ id, number: z.string(), subject: z.string(), to: id })),
  versions: z.array(z.object({ id, name: z.string(), version: z.int() })),
  warnings: z.array(reason),
  /** Messages that were placed because of the join that goes, in how many conversations: they can be parted in the same act, or left. */
  stitched: z.object({ messages: z.int(), conversations: z.int() }),
});
export type IdentityPreview = z.infer<typeof identityPreview>;

const why = z.string().trim().max(500).default("");
export const joinCustomersBody = z.object({
  otherId: id,
  reason: why,
  expectedVersion,
  /** Of the other customer. */
  otherVersion: expectedVersion,
});
/** What to do with messages that were placed because of the join that goes. */
const stitched = z.enum(["part", "leave"]).default("leave");
export const partHandlesBody = z.object({
  handleIds: z.array(id).min(1).max(50),
  reason: why,
  stitched,
  expectedVersion,
});
export const undoIdentityBody = z.strictObject({ stitched });
export const markSharedBody = z.object({ reason: why, expectedVersion });
/** `actId`: hand it in to take it back, any time later. */
export const identityDone = z.object({
  actId: id,
  customerId: id,
  moved: z.int(),
  /** Messages that were parted along. */
  parted: z.int(),
});
export type IdentityDone = z.infer<typeof identityDone>;
