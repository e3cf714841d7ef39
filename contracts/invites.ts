import { z } from "zod";
import { expectedVersion, id, instant } from "./common.ts";

/** Where a customer can be asked to come to. */
export const destination = z.enum(["dm", "email", "chat", "callback", "call"]);
export type Destination = z.infer<typeof destination>;

/** An invitation to go on in private, and what became of it. */
export const inviteView = z.object({
  id,
  destination,
  agent: z.object({ id, name: z.string() }),
  /** `made`: it stands in no public reply yet. */
  state: z.enum(["made", "sent", "opened", "returned", "ended"]),
  madeAt: instant,
  expiresAt: instant,
  sentAt: instant.nullable(),
  sentMessageId: id.nullable(),
  openedAt: instant.nullable(),
  returnedAt: instant.nullable(),
  returnedBy: destination.nullable(),
  returnedMessageId: id.nullable(),
  proof: z.enum(["invited-handle", "other-network", "agent"]).nullable(),
  /** How often somebody said the code for whom it is not. */
  refused: z.int(),
  endedWhy: z.enum(["time", "withdrawn"]).nullable(),
  version: z.int(),
});
export type InviteView = z.infer<typeof inviteView>;

/** What "take it private" needs beside the composer. */
export const inviteBoard = z.object({
  invites: z.array(inviteView),
  /** Empty `places`: there is no public post to answer, or the brand offers nothing. */
  places: z.array(z.object({ destination, label: z.string() })),
  answersMessageId: id.nullable(),
  /** When moving is wiser, with the reason: by the brand's written guideline. */
  advice: z.array(z.object({ code: z.enum(["flaming", "personal-data"]), text: z.string(), messageId: id })),
  adviseTooLong: z.boolean(),
  guidelines: z.string(),
  /** What could be said in public now that they came; null: nothing. */
  closing: z.object({ text: z.string(), answersMessageId: id }).nullable(),
});
export type InviteBoard = z.infer<typeof inviteBoard>;

export const newInvite = z.object({ destination, answersMessageId: id });
/** The code is told once; `text` is the sentence for the public reply. */
export const inviteMade = z.object({ invite: inviteView, code: z.string(), link: z.string(), text: z.string() });
export type InviteMade = z.infer<typeof inviteMade>;
export const withdrawInvite = z.object({ expectedVersion });

/** A call, in an agent's words. */
export const newCall = z.object({
  direction: z.enum(["in", "out"]),
  startedAt: instant,
  durationMs: z
    .int()
    .min(0)
    .max(24 * 3_600_000),
  number: z.string().max(40).default(""),
  text: z.string().trim().min(1).max(20_000),
  inviteId: id.nullable().default(null),
});
export const callNoted = z.object({ messageId: id });

export const inviteMoves = z.object({
  /** By the place the customer was asked to come to. */
  rows: z.array(
    z.object({
      destination,
      sent: z.int(),
      opened: z.int(),
      returned: z.int(),
      /** Came back another way than asked. */
      elsewhere: z.int(),
      ended: z.int(),
      /** What came of the episodes of those that came back. */
      outcomes: z.array(z.object({ outcome: z.string(), count: z.int() })),
    }),
  ),
});
export type InviteMoves = z.infer<typeof inviteMoves>;
