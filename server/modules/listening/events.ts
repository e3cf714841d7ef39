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
  /** What else it tells: signals, kinds of posts, abuse, `personal_data`, `near_copy`; left out: nothing. */
  signals?: string[];
  /** Ids of the products and places of the account's list that it names; left out: none. */
  things?: string[];
  /** Ids of the monitors that caught it; left out: none. */
  monitors?: string[];
}>("MessageUnderstood");
/** A person corrected a label. */
export const LabelMarked = eventType<{ messageId: string; task: string; value: string; agentId: string }>(
  "LabelMarked",
);
/**
 * A monitor caught unusually many posts; told again when it became graver. `posts` came in the last `minutes`; `severity` 0 a rise, 1 many
 * angry people, 2 that and it spreads or reaches far, 3 danger.
 */
export const AlarmOpened = eventType<{
  alarmId: string;
  monitorId: string;
  /** Its name. */
  monitor: string;
  brandId: string | null;
  severity: number;
  posts: number;
  minutes: number;
  says: string;
}>("AlarmOpened");
/** It is looked at, its figures are new, or people may be told of it now. */
export const AlarmChanged = eventType<{
  alarmId: string;
  monitorId: string;
  what: "acknowledged" | "figures";
  agentId: string | null;
}>("AlarmChanged");
/** A person closed it, or it was calm for long enough. */
export const AlarmClosed = eventType<{
  alarmId: string;
  monitorId: string;
  how: "dealt-with" | "nothing" | "calm";
  agentId: string | null;
}>("AlarmClosed");
