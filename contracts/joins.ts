import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

export const joinKind = z.enum(["merge", "split", "move", "link"]);
export type JoinKind = z.infer<typeof joinKind>;

const named = z.object({ id, number: z.string(), subject: z.string() });

/**
 * What to do with a conversation. `merge`: `otherId` becomes part of it. `split`: its chosen messages become a new one. `move`: its chosen
 * messages go to `otherId`. `link`: it and `otherId` have to do with one another.
 */
export const joinAsk = z.object({
  kind: joinKind,
  otherId: id.nullable().default(null),
  messageIds: z.array(id).max(500).default([]),
});
/** `expected`: for each conversation it names, the version the caller saw. */
export const joinBody = joinAsk.extend({ expected: z.record(id, expectedVersion) });
export type JoinBody = z.input<typeof joinBody>;

/** What would follow, without doing it. */
export const joinPreview = z.object({
  /** Where the messages go; null: a new conversation. */
  into: named.nullable(),
  from: named,
  messages: z.int(),
  /** Of these, our answers that go along with what they answer. */
  answersAlong: z.int(),
  episodes: z.array(
    z.object({
      id,
      what: z.enum(["goes-on", "goes-on-in-another", "moves", "begins", "comes-back", "never-was", "as-it-is"]),
      /** Since when the customer waits, before and after; null: nobody does. */
      waitedSince: instant.nullable(),
      waitsSince: instant.nullable(),
    }),
  ),
  owner: z.object({ before: z.string().nullable(), after: z.string().nullable() }),
  customers: z.array(z.object({ id, name: z.string() })),
  notes: z.int(),
  /** Replies on their way that go along. */
  onTheirWay: z.int(),
  /** Keys of the figures that are computed anew. */
  figures: z.array(z.string()),
  warnings: z.array(z.object({ code: z.string(), text: z.string() })),
  /** To send back as `expected`. */
  expected: z.record(id, z.int()),
});
export type JoinPreview = z.infer<typeof joinPreview>;

/** An act of a person on conversations, and whether it was taken back. */
export const joinAct = z.object({
  id,
  kind: joinKind,
  at: instant,
  /** Null: a program. */
  by: z.string().nullable(),
  /** The one that has it since, and the other. */
  into: named,
  from: named,
  messages: z.int(),
  undone: z.object({ at: instant, by: z.string().nullable() }).nullable(),
});
export type JoinAct = z.infer<typeof joinAct>;

export const joinDone = z.object({ act: joinAct, conversationId: id, versions: z.record(id, z.int()) });
export type JoinDone = z.infer<typeof joinDone>;

/** What was put together and apart here, what it has to do with, and what may belong to it. */
export const joinBoard = z.object({
  acts: z.array(joinAct),
  linked: z.array(named.extend({ actId: id.nullable(), state: z.enum(["quiet", "open"]) })),
  suggested: z.array(named.extend({ why: z.string() })),
});
export type JoinBoard = z.infer<typeof joinBoard>;

/** Why a message is where it is, where else it could be, and what people did with it. */
export const whyHere = z.object({
  conversationId: id.nullable(),
  evidence: z.array(z.object({ code: z.string(), text: z.string(), weight: z.number() })),
  alternatives: z.array(named.extend({ weight: z.number(), text: z.string() })),
  acts: z.array(joinAct.extend({ decides: z.boolean() })),
});
export type WhyHere = z.infer<typeof whyHere>;

export const foundConversation = named.extend({
  customer: z.string(),
  state: z.enum(["quiet", "open"]),
  version: z.int(),
});
export type FoundConversation = z.infer<typeof foundConversation>;
