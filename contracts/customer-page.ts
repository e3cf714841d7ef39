import { z } from "zod";
import { id, instant } from "./common.ts";
import { by, customerFacts, influencePart } from "./customer-facts.ts";
import { channelMark } from "./desk.ts";

const words = (most: number) => z.string().trim().min(1).max(most);

export const customerEpisode = z.object({
  id,
  ordinal: z.int(),
  state: z.enum(["open", "done"]),
  openedAt: instant,
  doneAt: instant.nullable(),
  /** The outcome's name. */
  outcome: z.string().nullable(),
  reopens: id.nullable(),
  provisionalUntil: instant.nullable(),
});
export const customerConversation = z.object({
  id,
  number: z.string(),
  subject: z.string(),
  brand: z.string(),
  lastAt: instant,
  state: z.enum(["quiet", "open"]),
  episodes: z.array(customerEpisode),
});
export type CustomerConversation = z.infer<typeof customerConversation>;

/** A run of messages on one medium, with what was said in it; the words are clipped. */
export const customerBurst = z.object({
  conversationId: id,
  mark: channelMark,
  from: instant,
  to: instant,
  gapBeforeMs: z.int().nullable(),
  messages: z.array(
    z.object({
      id,
      at: instant,
      role: z.enum(["customer", "bystander", "us", "bot"]),
      name: z.string(),
      text: z.string(),
      state: z.enum(["live", "hidden", "tombstone", "erased"]),
      direction: z.enum(["ltr", "rtl"]),
      language: z.string(),
      episodeId: id.nullable(),
    }),
  ),
});
export type CustomerBurst = z.infer<typeof customerBurst>;

/** `id` is another than was asked for when the customer was joined to that one. Of an erased customer only the state is left. */
export const customerPage = z.object({
  id,
  state: z.enum(["live", "erased"]),
  name: z.string(),
  kind: z.enum(["person", "organisation"]),
  firstSeenAt: instant,
  lastSeenAt: instant,
  mayWrite: z.boolean(),
  handles: z.array(
    z.object({
      id,
      network: z.string(),
      handle: z.string(),
      name: z.string(),
      profileUrl: z.string().nullable(),
      evidence: z.string(),
    }),
  ),
  /** Languages of what the customer said on this page, most used first. */
  languages: z.array(z.object({ language: z.string(), messages: z.int() })),
  influence: z.array(influencePart),
  facts: customerFacts,
  /** The newest forty that the asker may read. */
  conversations: z.array(customerConversation),
  conversationsHidden: z.int(),
  /** Notes that stand in those conversations, newest first. */
  conversationNotes: z.array(z.object({ id, conversationId: id, at: instant, agent: by, text: z.string() })),
  months: z.array(z.object({ month: z.string(), public: z.int(), private: z.int() })),
  /** Newest first. */
  bursts: z.array(customerBurst),
  /** Where the page before begins: hand it in as `before`. */
  earlier: id.nullable(),
});
export type CustomerPage = z.infer<typeof customerPage>;

export const customerPageQuery = z.object({ before: id.optional() });
export const setField = z.object({
  value: z.string().max(2_000).nullable(),
  /** 0 while the customer has no value of his own. */
  expectedVersion: z.int().min(0).max(2_147_483_647),
});
export const fieldSet = z.object({ version: z.int() });
export const newOrganisation = z.object({ name: words(200), role: z.string().trim().max(120).default("") });
export const organisationAdded = z.object({ organisationId: id });
export const newConsent = z.object({ purpose: z.string().min(1).max(40), given: z.boolean(), source: words(300) });
export const consentRecorded = z.object({ consentId: id });
export const newCustomerNote = z.object({ text: words(20_000) });
export const customerNoteMade = z.object({ id, at: instant });
