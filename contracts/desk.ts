import { z } from "zod";
import { approvalAhead, approvalView } from "./approval.ts";
import { cursor, expectedVersion, id, instant, pageOf } from "./common.ts";
import { customerFacts, influencePart } from "./customer-facts.ts";
import { attachedFile, copies, episodeView, filesNamed, mailFacts, messageFile } from "./desk-papers.ts";
import { promiseShown } from "./sla.ts";
import { closingAsked, noteTold, outcomeReason } from "./together.ts";

export {
  type AttachedFile,
  attachedFile,
  type MailFacts,
  type MessageFile,
  messageFile,
} from "./desk-papers.ts";

/** Who can read it. */
export const audience = z.enum(["public", "private"]);
/** Network of a channel, e.g. `playground`, `bluesky`, `email`. */
const network = z.string();
const reasonLine = z.object({ code: z.string(), text: z.string() });

export const channelMark = z.object({ channelId: id, network, audience, name: z.string() });

/** How the clock of an item stands; the screen derives quiet, soon and late from `dueAt`. */
export const clockView = z.object({
  state: z.enum(["running", "paused", "stopped"]),
  startedAt: instant,
  dueAt: instant,
  what: z.enum(["first-response", "next-response"]),
});

export const workRow = z.object({
  workItemId: id,
  conversationId: id,
  episodeId: id,
  number: z.string(),
  version: z.int(),
  state: z.enum(["queued", "offered", "active", "parked", "wrapup"]),
  customer: z.object({ id, name: z.string(), handle: z.string() }),
  mark: channelMark,
  subject: z.string(),
  snippet: z.string(),
  snippetBy: z.enum(["customer", "us"]),
  language: z.string(),
  priority: z.enum(["urgent", "high", "normal", "low"]),
  risks: z.array(z.string()),
  sentiment: z.enum(["negative", "neutral", "positive"]).nullable(),
  /** What else its last message tells: signals, kinds, abuse, products and places by name. Left out: nothing. */
  tells: z.array(z.string()).optional(),
  unread: z.boolean(),
  episodeOrdinal: z.int(),
  clock: clockView,
  owner: z.object({ id, name: z.string() }).nullable(),
  wakesAt: instant.nullable(),
  parkReason: z.string().nullable(),
  trouble: z.enum(["unknown", "failed"]).nullable(),
  draft: z.boolean(),
  /** Who works on it beside its owner, asked for advice or in a conference. */
  guests: z.array(z.object({ id, name: z.string(), kind: z.enum(["consult", "conference"]) })),
  /** Who is never to have it, because a complaint in it is about them. */
  barred: z.array(z.object({ id, name: z.string() })),
  /** Waits behind others of its author, or of the same text, until it comes forward. */
  behind: z.boolean(),
  /** A call came in over it. */
  held: z.boolean(),
  /** In `wrapup`: until when there is time to write it up, and whether that was extended. */
  wrapUntil: instant.nullable(),
  wrapExtended: z.boolean(),
});
export type WorkRow = z.infer<typeof workRow>;

export const offerView = z.object({
  offerId: id,
  row: workRow,
  offeredAt: instant,
  expiresAt: instant,
  weight: z.int(),
  reasons: z.array(reasonLine),
  skills: z.array(z.object({ name: z.string(), needed: z.int(), have: z.int() })),
});
export type OfferView = z.infer<typeof offerView>;

export const workQuery = z.object({
  view: z.enum(["mine", "team", "all"]).default("mine"),
  queueId: id.optional(),
  /** Only what waits behind this: the `key` of a group. */
  group: z.string().max(80).optional(),
  /** Only what passes this: words with operators, as shared/work-filter.ts reads them. A page may be short and have a next one. */
  filter: z.string().max(400).optional(),
  cursor,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** What waits behind one author, or behind one text by many: shown as one line, opened one after the other or all together. */
export const workGroup = z.object({
  key: z.string(),
  kind: z.enum(["author", "alike"]),
  count: z.int(),
  /** The author, or of many the one who is due first. */
  name: z.string(),
  subject: z.string(),
  conversationId: id,
  dueAt: instant,
});
export type WorkGroup = z.infer<typeof workGroup>;
export const workPage = pageOf(workRow).extend({
  /** What waits behind what is shown; empty on later pages. */
  groups: z.array(workGroup),
  counts: z.object({ mine: z.int(), offers: z.int(), team: z.int(), waiting: z.int(), lateMine: z.int() }),
});
export const offerList = z.object({ offers: z.array(offerView) });

const entity = z.object({
  type: z.enum(["mention", "url", "hashtag", "emoji"]),
  start: z.int(),
  end: z.int(),
  value: z.string(),
});
const label = z.object({
  value: z.string(),
  score: z.number(),
  words: z.array(z.object({ text: z.string(), start: z.int(), end: z.int(), weight: z.number() })),
});

/** One thing in the timeline of a conversation. All instants are the message's own time, clamped to arrival. */
export const timelineMessage = z.object({
  type: z.literal("message"),
  id,
  at: instant,
  direction: z.enum(["in", "out"]),
  role: z.enum(["customer", "bystander", "us", "bot"]),
  author: z.object({ name: z.string(), handle: z.string(), followers: z.int().nullable(), agentId: id.nullable() }),
  mark: channelMark,
  text: z.string(),
  entities: z.array(entity),
  attachments: z.array(messageFile),
  state: z.enum(["live", "hidden", "tombstone", "erased"]),
  edited: z.boolean(),
  revisions: z.array(z.object({ at: instant, text: z.string() })),
  language: z.string(),
  textDirection: z.enum(["ltr", "rtl"]),
  permalink: z.string().nullable(),
  /** Of mails only. */
  mail: mailFacts.optional(),
  redactions: z.int(),
  unsupported: z.string().nullable(),
  labels: z.record(z.string(), label),
  actionable: z.boolean().nullable(),
  /** Its place was a close call: a person is asked (`/asks` of the conversation tells what). */
  asked: z.boolean().optional(),
  why: z.array(reasonLine),
  episodeId: id.nullable(),
  canAnswer: z.object({
    public: z.boolean(),
    private: z.boolean(),
    privateReason: z.string().nullable(),
    publicReason: z.string().nullable(),
    windowUntil: instant.nullable(),
  }),
  version: z.int(),
});
export type TimelineMessage = z.infer<typeof timelineMessage>;

/** A reply that has left the composer: what became of it. */
export const timelineReply = z.object({
  type: z.literal("reply"),
  id,
  at: instant,
  agent: z.object({ id, name: z.string(), initials: z.string() }),
  audience,
  mark: channelMark,
  text: z.string(),
  files: z.array(attachedFile),
  disclosure: z.string(),
  answersMessageId: id,
  state: z.enum(["undoable", "sending", "sent", "unknown", "failed", "withdrawn"]),
  goesAt: instant,
  error: z.object({ class: z.string(), message: z.string(), todo: z.string() }).nullable(),
  permalink: z.string().nullable(),
  version: z.int(),
});
export const timelineNote = z.object({
  type: z.literal("note"),
  id,
  at: instant,
  agent: z.object({ id, name: z.string(), initials: z.string() }),
  text: z.string(),
  /** Where colleagues are named who were told. */
  mentions: z.array(z.object({ start: z.int(), end: z.int() })).optional(),
  /** Who said it where that is nobody of ours: `agent` is who asked them. */
  saidBy: z.string().optional(),
  /** The side question it answers. */
  about: z.string().optional(),
  version: z.int(),
});
/** Something that happened: routing with its reason, an episode opened or done, a join. */
export const timelineLine = z.object({
  type: z.literal("line"),
  id: z.string(),
  at: instant,
  kind: z.string(),
  text: z.string(),
  reasons: z.array(reasonLine),
});
export const timelineEntry = z.discriminatedUnion("type", [timelineMessage, timelineReply, timelineNote, timelineLine]);
export type TimelineEntry = z.infer<typeof timelineEntry>;

/** A run of messages on one medium with gaps of at most 30 minutes; derived at reading. `entryIds` in order. */
export const burstView = z.object({
  ordinal: z.int(),
  mark: channelMark,
  from: instant,
  to: instant,
  messages: z.int(),
  gapBeforeMs: z.int().nullable(),
  entryIds: z.array(z.string()),
});

export const customerView = z.object({
  id,
  name: z.string(),
  language: z.string().nullable(),
  firstSeenAt: instant,
  handles: z.array(
    z.object({
      id,
      network,
      handle: z.string(),
      name: z.string(),
      followers: z.int().nullable(),
      profileUrl: z.string().nullable(),
      evidence: z.string(),
    }),
  ),
  conversations: z.array(
    z.object({
      ...{ id, number: z.string(), subject: z.string(), lastAt: instant, state: z.enum(["quiet", "open"]) },
      /** What came of the last work on it, by name; null where none ended, and of the conversation itself. */
      outcome: z.string().nullable(),
    }),
  ),
  /** How many more of the customer's conversations lie where the asker may not read; null: the asker may not know. */
  conversationsHidden: z.int().nullable(),
  /** Empty when something is hidden. */
  months: z.array(z.object({ month: z.string(), public: z.int(), private: z.int() })),
  /** What is noted of the customer; null where the asker may not know, and on earlier pages. */
  facts: customerFacts.nullable(),
  influence: z.array(influencePart),
  languages: z.array(z.object({ language: z.string(), messages: z.int() })),
  mayWrite: z.boolean(),
});
export type CustomerView = z.infer<typeof customerView>;

const composerDoor = z.object({
  door: z
    .object({
      mark: channelMark,
      answersMessageId: id,
      to: z.string(),
      windowUntil: instant.nullable(),
      context: z.record(z.string(), z.unknown()),
      /** A private message that answers a public post. */
      privateReplyToPublic: z.boolean(),
      /** Who has to pass it before it leaves. */
      approval: approvalAhead.optional(),
    })
    .nullable(),
  reason: z.string().nullable(),
  /** The network takes no answer from software, but there is a page where a person can give one. */
  handOff: z.object({ answersMessageId: id, url: z.string(), place: z.string(), to: z.string() }).nullable(),
});

export const conversationView = z.object({
  id,
  number: z.string(),
  subject: z.string(),
  brand: z.object({ id, name: z.string(), disclosure: z.enum(["full-name", "initials", "profile"]) }),
  state: z.enum(["quiet", "open"]),
  version: z.int(),
  work: workRow.nullable(),
  /** What the open work's clock stands for; null: nothing is owed, or an earlier page of the timeline. */
  promise: promiseShown.nullable(),
  offer: offerView.nullable(),
  customer: customerView,
  /** How the customer's mood went over the newest messages of theirs, and the message with which it turned. Left out: nothing tells it. */
  course: z
    .object({ course: z.enum(["better", "worse", "steady"]), score: z.number(), turnedAt: id.nullable() })
    .optional(),
  episodes: z.array(episodeView),
  bursts: z.array(burstView),
  timeline: z.array(timelineEntry),
  earlier: z.string().nullable(),
  /** The message behind which the next page begins; null: this is the newest. */
  later: z.string().nullish(),
  draft: z
    .object({
      audience: z.enum(["public", "private", "note"]),
      text: z.string(),
      answersMessageId: id.nullable(),
      files: z.array(attachedFile),
      copies: z.array(z.string()).nullable().optional(),
      version: z.int(),
      savedAt: instant,
    })
    .nullable(),
  /**
   * What the composer needs for preflight, by audience. `door` null: this audience cannot be used now, `reason` says why.
   * `context` is the PreflightContext of shared/preflight.ts (instants in epoch milliseconds, without `now`).
   */
  composer: z.object({
    first: audience,
    disclosureText: z.string(),
    public: composerDoor,
    private: composerDoor,
    undoMs: z.int(),
  }),
  approvals: z.array(approvalView).optional(),
  proposedOutcome: z.object({ outcome: z.string(), reason: z.string() }).nullable(),
  outcomes: z.array(z.object({ key: z.string(), name: z.string(), reasons: z.array(outcomeReason).optional() })),
  /** The queue of the open work asks why, where the outcome has reasons. */
  reasonNeeded: z.boolean().optional(),
});
export type ConversationView = z.infer<typeof conversationView>;

export const saveDraft = z.object({
  audience: z.enum(["public", "private", "note"]),
  text: z.string().max(20_000),
  answersMessageId: id.nullable(),
  files: filesNamed.default([]),
  copies,
  expectedVersion: z.int().min(0).max(2_147_483_647),
});
export const draftSaved = z.object({ version: z.int(), savedAt: instant });
/** What became of an answer that a person gave (or did not give) on the network's own page. */
export const handOff = z.object({
  answersMessageId: id,
  outcome: z.enum(["answered", "not-answered"]),
  /** What was written there; empty when nothing was. */
  text: z.string().max(20_000),
  /** Where it stands there, as the agent pasted it. */
  permalink: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable(),
  /** Why nothing was written. */
  reason: z.string().max(500),
  expectedVersion,
});
export const handedOff = z.object({ messageId: id.nullable() });

export const sendReply = z.object({
  audience,
  /** Empty only with files. */
  text: z.string().max(20_000),
  answersMessageId: id,
  files: filesNamed.default([]),
  copies,
  resolveWith: z.string().max(60).nullable().default(null),
  /** Why it is to leave although it tells something of the customer in public or has an open field. */
  anyway: z.string().trim().min(3).max(500).nullish(),
  expectedVersion,
});
export const replyMade = z.object({
  replyId: id,
  deliveryId: id,
  state: timelineReply.shape.state,
  goesAt: instant,
  version: z.int(),
});
/** What a human decides about a reply whose fate is unknown or that failed. */
export const settleReply = z.object({
  expectedVersion,
  as: z.enum(["it-was-sent", "it-was-not-sent-send-again", "give-up"]),
});
export const newNote = z.object({ text: z.string().trim().min(1).max(20_000) });
/** The note, and whom it called. */
export const noteMade = timelineNote.extend(noteTold.shape);
export const resolveWork = z.object({
  outcome: z.string().min(1).max(60),
  closing: closingAsked.optional(),
  expectedVersion,
});
export const assignWork = z.object({
  to: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("agent"), agentId: id }),
    z.object({ kind: z.literal("queue"), queueId: id }),
  ]),
  note: z.string().max(2_000).default(""),
  expectedVersion,
});
export const snoozeWork = z.object({ until: instant, expectedVersion });
export const decline = z.object({
  reason: z.enum(["skill", "language", "conflict", "busy", "other"]),
  note: z.string().max(500).default(""),
});
export const markLabel = z.object({
  task: z.enum(["noise", "actionable", "gratitude", "sentiment", "intent", "language"]),
  value: z.string().min(1).max(60),
});
export const openEpisode = z.object({ reason: z.string().trim().min(1).max(500) });
