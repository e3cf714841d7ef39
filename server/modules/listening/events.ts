import { eventType } from "#platform/journal/event";

/** The labels of a message stand; the facts of MessageReceived are repeated so that a reader needs no second look. */
export const MessageUnderstood = eventType<{
  messageId: string;
  channelId: string;
  brandId: string;
  network: string;
  kind: string;
  visibility: string;
  direction: "in" | "out";
  threadKey: string;
  sentAt: string;
  backfilled: boolean;
  modelVersion: string;
  language: string;
  noise: boolean;
  addressed: string;
  intent: string;
  sentiment: string;
  risks: string[];
  gratitude: boolean;
  thanksOnly: boolean;
}>("MessageUnderstood");
/** A person corrected a label. */
export const LabelMarked = eventType<{ messageId: string; task: string; value: string; agentId: string }>(
  "LabelMarked",
);
