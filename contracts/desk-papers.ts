import { z } from "zod";
import { id, instant } from "./common.ts";

/** What can be seen of a file: a picture that was drawn anew, sound and film by the browser's player, anything else to be saved. */
export const fileKind = z.enum(["image", "video", "audio", "file"]);
/** A file of a message. `why`: what keeps it away, when it is not `here`. */
export const messageFile = z.object({
  id: id.nullable(),
  state: z.enum(["waiting", "here", "refused", "gone"]),
  why: z
    .enum(["too-large", "too-many", "type", "address", "virus", "not-scanned", "expired", "unreachable", "no-source"])
    .nullable(),
  name: z.string(),
  mime: z.string(),
  kind: fileKind,
  bytes: z.int().nullable(),
  alt: z.string(),
  url: z.string().nullable(),
  thumbUrl: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
  inline: z.boolean(),
});
export type MessageFile = z.infer<typeof messageFile>;

/** A file that an agent attached: of a draft, or of a reply on its way. */
export const attachedFile = z.object({
  id,
  state: messageFile.shape.state,
  why: messageFile.shape.why,
  name: z.string(),
  mime: z.string(),
  kind: fileKind,
  /** A still picture: where a network wants it smaller, it is made smaller. */
  picture: z.boolean(),
  bytes: z.int(),
  alt: z.string(),
  url: z.string(),
  thumbUrl: z.string().nullable(),
  width: z.int().nullable(),
  height: z.int().nullable(),
});
export type AttachedFile = z.infer<typeof attachedFile>;
/** Files of a draft or a reply by their ids, with the words that describe them, in order. */
export const filesNamed = z.array(z.object({ id, alt: z.string().max(5_000) })).max(20);

/** Who gets an open copy of a mail. Null or left out: everybody whom the answered mail went to. */
export const copies = z.array(z.string().trim().max(320)).max(100).nullable().optional();
const mailbox = z.object({ address: z.string(), name: z.string() });
/** `sender`: the domain of its From stands behind the mail, or disowns it; null: nobody whom we trust has looked. */
export const mailFacts = z.object({
  to: z.array(mailbox),
  cc: z.array(mailbox),
  sender: z.enum(["verified", "failed"]).nullable(),
  /** Our other mailboxes that received the very same mail. */
  alsoBy: z.array(z.string()).optional(),
});
export type MailFacts = z.infer<typeof mailFacts>;

export const episodeView = z.object({
  id,
  ordinal: z.int(),
  state: z.enum(["open", "done"]),
  openedAt: instant,
  firstReplyAt: instant.nullable(),
  doneAt: instant.nullable(),
  outcome: z.string().nullable(),
  reopens: id.nullable(),
  windowUntil: instant.nullable(),
});
