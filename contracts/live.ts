import { z } from "zod";
import { id } from "./common.ts";

/** What moves on a screen. A live event says that something changed, never what stands in it. */
export const liveKind = z.enum([
  "work",
  "offer",
  "conversation",
  "message",
  "reply",
  "note",
  "customer",
  "invite",
  "draft",
  "presence",
  "clock",
  "promise",
  "channel",
  "setting",
  "figures",
  "policy",
  "people",
  "escalation",
  "crisis",
  "alarm",
  "approval",
  "later",
  "together",
  "for-me",
]);
export type LiveKind = z.infer<typeof liveKind>;
export const liveEvent = z.object({
  position: z.int(),
  kind: liveKind,
  id,
  version: z.int(),
  conversationId: id.optional(),
});
export type LiveEvent = z.infer<typeof liveEvent>;
