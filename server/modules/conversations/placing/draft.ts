import type { Message } from "#modules/channels";
import { wallClockAt } from "#modules/company";
import type { LabelRow } from "#modules/listening";
import type { Instant } from "#platform/clock";
import { audienceOf, isLinear, type Medium, mediumOf } from "../domain/medium.ts";
import type { PolicyFacts } from "../domain/policy.ts";
import { addressOf, type Said } from "../domain/said.ts";
import { saidLater } from "../domain/said-later.ts";
import type { StitchMessage } from "../domain/stitch-world.ts";

/** The labels a decision uses. */
export interface Labels {
  language: string;
  noise: boolean;
  addressed: string;
  intent: string;
  sentiment: string;
  risks: readonly string[];
  gratitude: boolean;
  thanksOnly: boolean;
  /** What else it tells, signals and kinds of posts. */
  signals?: readonly string[];
  /** Ids of the products and places it names. */
  things?: readonly string[];
  /** Ids of the monitors that caught it. */
  monitors?: readonly string[];
}

/** Everything known of a message before its place is decided. */
export interface Draft {
  message: Message;
  labels: Labels;
  brandId: string;
  backfilled: boolean;
  medium: Medium;
  handleId: string | null;
  customerId: string | null;
  /** Of our own replies: who wrote it, and for which conversation. */
  agentId: string | null;
  deliveredFor: string | null;
  /** When it was written: what came after that, and before it left, is not answered by it. */
  writtenAt: Instant | null;
  /** Whether the customer had been heard before this message. */
  known: boolean;
  workAlone: boolean;
  /** Of our own words: a program said them by itself. */
  automatic?: boolean;
  /** Customers whose handles were joined or parted by this run: what they said is looked at again. Told by the first draft of the run. */
  rejoined?: readonly string[];
  /** It says the code of an invite: the conversation of that, and whether the code lets it in. */
  invited?: StitchMessage["invited"];
  /** The same mail in another mailbox of the brand, which stands already or is placed before it. */
  copyOf?: { key: string; at: Instant; text: string };
  /** Its subject carries a conversation's number. */
  numbered?: StitchMessage["numbered"];
}

export function labelsOf(row: LabelRow): Labels {
  const { language, noise, addressed, intent, sentiment, risks, gratitude, thanksOnly, signals } = row;
  const { things, monitors } = row;
  return { language, noise, addressed, intent, sentiment, risks, gratitude, thanksOnly, signals, things, monitors };
}

export function mediumOfMessage(m: Pick<Message, "network" | "kind" | "visibility">): Medium {
  return mediumOf(m);
}

const SEPARATOR = "\u0000";
/** Names a message, or a thread, inside its account. */
export function channelKey(channelId: string, name: string): string {
  return `${channelId}${SEPARATOR}${name}`;
}
export function splitKey(key: string): [channelId: string, name: string] {
  const at = key.indexOf(SEPARATOR);
  return [key.slice(0, at), key.slice(at + 1)];
}

/** `ours`: the words that name us. */
export function toStitch(d: Draft, ours: ReadonlySet<string>, at: Instant = d.message.sentAt): StitchMessage {
  const m = d.message;
  const bot = m.automated !== null || m.author.isBot === true;
  return {
    id: m.id,
    at: d.copyOf ? Math.max(at, d.copyOf.at + 1) : at,
    key: channelKey(m.channelId, m.externalId),
    parentKey: m.parentExternalId === null ? null : channelKey(m.channelId, m.parentExternalId),
    thread: channelKey(m.channelId, m.threadKey),
    linear: isLinear(d.medium),
    audience: audienceOf(m.visibility),
    by: m.direction === "out" ? "us" : bot ? "bot" : "customer",
    handleId: d.handleId,
    customerId: d.customerId,
    deliveredFor: d.deliveredFor,
    ...(d.automatic && { automatic: true }),
    noise: d.labels.noise,
    addressed: d.labels.addressed,
    intent: d.labels.intent,
    thanksOnly: d.labels.thanksOnly,
    workAlone: d.workAlone,
    said: saidIn(m, ours),
    ...(m.direction === "in" && { name: m.authorName }),
    ...(m.direction === "in" && isLinear(d.medium) && { address: addressOf(m.authorHandle) }),
    ...(d.invited && { invited: d.invited }),
    ...(d.copyOf && { copyOf: { key: d.copyOf.key, text: d.copyOf.text } }),
    ...(d.numbered && { numbered: d.numbered }),
  };
}

const said = new WeakMap<Message, Said>();

/** A draft is looked at several times while its place is decided; its text is read once, if anybody asks what it says. */
function saidIn(m: Message, ours: ReadonlySet<string>): Said {
  let later = said.get(m);
  if (!later) {
    later = saidLater(m.text, ours);
    said.set(m, later);
  }
  return later;
}

/** What a policy looks at of a message. */
export interface Judged {
  message: Pick<Message, "text" | "visibility" | "direction" | "author" | "automated" | "sentAt">;
  labels: Labels;
  known: boolean;
  /** How the customer's mood went; not given where no rule asks. */
  course?: PolicyFacts["course"];
}

export function policyFacts(d: Judged, episode: PolicyFacts["episode"]): PolicyFacts {
  const m = d.message;
  const bot = m.automated !== null || m.author.isBot === true;
  return {
    ...d.labels,
    signals: [...(d.labels.signals ?? []), ...(d.labels.gratitude ? ["gratitude"] : [])],
    text: m.text,
    visibility: audienceOf(m.visibility),
    followers: m.author.followers ?? null,
    author: m.direction === "out" ? "us" : bot ? "bot" : d.known ? "known-customer" : "stranger",
    episode,
    ...(d.course && { course: d.course }),
    wallClock: (zone) => wallClockAt(zone, m.sentAt),
  };
}
