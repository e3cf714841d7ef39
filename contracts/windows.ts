import { z } from "zod";
import { id, instant } from "./common.ts";

const span = z
  .int()
  .min(0)
  .max(366 * 86_400_000)
  .describe("milliseconds");
const byMedium = z.object({ public: span, dm: span, email: span, chat: span, phone: span });
export const media = ["public", "dm", "email", "chat", "phone"] as const;

/** How far apart things may lie and still be one: by medium, and for channels that differ from theirs. */
export const windows = z.object({
  /** After work is done: a return within it is the same work come back. */
  reopen: byMedium,
  /** The longest pause inside one burst. */
  burst: byMedium,
  channels: z.array(z.object({ channelId: id, reopenMs: span.nullable(), burstMs: span.nullable() })).max(500),
});
export type Windows = z.infer<typeof windows>;
export const windowsView = windows.extend({
  brandId: id,
  /** Grows with every change; 0: those every desk begins with. */
  version: z.int(),
  /** The brand's channels, for naming them. */
  names: z.array(z.object({ channelId: id, network: z.string(), name: z.string() })),
});
export type WindowsView = z.infer<typeof windowsView>;
export const setWindows = z.object({ windows, expectedVersion: z.int().min(0).max(2_147_483_647) });

export const replayAsked = z.object({ windows, from: instant, to: instant });
export const replayFigures = z.object({
  conversations: z.int(),
  episodes: z.int(),
  returns: z.int(),
  done: z.int(),
  settled: z.int(),
  firstContacts: z.int(),
  firstSettled: z.int(),
  bursts: z.int(),
});
export type ReplayFigures = z.infer<typeof replayFigures>;
/** A conversation that the asker may not read counts and leads nowhere: its id is null, number and subject are empty. */
const conversation = { conversationId: id.nullable(), number: z.string(), subject: z.string() };
export const windowReplay = z.object({
  from: instant,
  to: instant,
  looked: z.int(),
  /** There was more than one run looks at: this is what was said last. */
  cut: z.boolean(),
  before: replayFigures,
  after: replayFigures,
  changes: z.array(
    z.object({
      ...conversation,
      what: z.enum(["return", "episode"]),
      how: z.enum(["joined", "parted"]),
      at: instant,
      medium: z.enum(media),
      channelId: id,
      afterMs: z.int().nullable(),
    }),
  ),
  /** How many changes there are; the newest two hundred are listed. */
  changesInAll: z.int(),
  bursts: z.array(z.object({ ...conversation, before: z.int(), after: z.int() })),
  burstsInAll: z.int(),
});
export type WindowReplay = z.infer<typeof windowReplay>;

/** How far apart messages of a customer may lie and be one matter: a fresh public post and an open matter, a public and a private word of the same, thanks and follow-ups and what they are about, posts of one breath. */
export const stitchLimits = z.object({ freshPostMs: span, mediaShiftMs: span, memoryMs: span, burstMs: span });
export type StitchLimits = z.infer<typeof stitchLimits>;
/** One for the whole account. */
export const stitchingView = z.object({ limits: stitchLimits, version: z.int() });
export type StitchingView = z.infer<typeof stitchingView>;
export const setStitching = z.object({ limits: stitchLimits, expectedVersion: z.int().min(0).max(2_147_483_647) });
export const stitchReplayAsked = z.object({ limits: stitchLimits, from: instant, to: instant });
/** A message of today's conversation; what may not be read has no conversation, number, subject, author and text. */
const side = z.object({ ...conversation, by: z.string(), text: z.string(), at: instant });
export const stitchReplay = z.object({
  from: instant,
  to: instant,
  looked: z.int(),
  cut: z.boolean(),
  /** How many conversations the messages make. */
  before: z.int(),
  after: z.int(),
  /** The newest two hundred: the message, and the last one of what it would be joined to or parted from. */
  changes: z.array(z.object({ how: z.enum(["joined", "parted"]), message: side, other: side, afterMs: z.int() })),
  joinedInAll: z.int(),
  partedInAll: z.int(),
});
export type StitchReplay = z.infer<typeof stitchReplay>;
