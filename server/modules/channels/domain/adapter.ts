import type { Instant, Millis } from "#platform/clock";
import type { AccountId } from "#platform/ids";
import type { Capabilities } from "#shared/capabilities";
import type { Post } from "#shared/query/ast";
import type { ChannelAccess } from "./access.ts";
import type { Connector } from "./connector.ts";
import type { ChannelErrorData } from "./errors.ts";
import type { InboundEvent, Item } from "./item.ts";
import type { RateBudget } from "./rate-budget.ts";

export type { ChannelAccess, SecretStore } from "./access.ts";

/** How input came to us; `import` is history (a backfill), it opens no work. */
export type Source = "webhook" | "poll" | "reconcile" | "stream" | "import";

/** Bytes as they arrived, with the few facts about the request that parsing may need. */
export interface RawInput {
  readonly source: Source;
  readonly body: Uint8Array;
  readonly head: Readonly<Record<string, unknown>>;
  readonly receivedAt: Instant;
}

export interface ParseContext {
  readonly channelId: string;
  /** Ids, handles or addresses that are ours on this network. */
  readonly selfIds: readonly string[];
}

/** `broken`: events inside the input that could not be read at all; the raw input is kept in quarantine for them. */
export interface ParseResult {
  readonly events: readonly InboundEvent[];
  readonly ignored: readonly { reason: string; count: number }[];
  readonly broken: number;
  /** What the adapter wants back when the raw copy is redacted, so that nothing is taken apart twice. */
  readonly read?: unknown;
}

export interface RawRequest {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** `replayKey` is the same for the same signed request, so that it is stored once in 24 hours. */
export type Verified = { ok: true; replayKey?: string } | { ok: false; status: 400 | 401 | 403; reason: string };

export interface WebhookReceiver {
  /** Answers the network's proof that the address is ours (a GET); undefined when the request is none. */
  handshake?(
    request: RawRequest,
    access: ChannelAccess,
  ): { status: number; headers: Record<string, string>; body: string } | undefined;
  /** Over the raw bytes, in constant time; a missing header or secret is a refusal. */
  verify(request: RawRequest, access: ChannelAccess, now: Instant): Verified;
  /** Only these facts of the request are kept beside the body. */
  head?(request: RawRequest): Record<string, unknown>;
  /** Within this time the network wants its answer; a third of it is ours. */
  readonly deadlineMs: Millis;
}

export interface Cursor {
  readonly value: string;
  readonly version: number;
}

/** One page as raw bytes, parsed by the same `parse` as a push. `body` null: nothing new stands in it. */
export interface Page {
  readonly body: Uint8Array | null;
  readonly next: string;
  readonly done: boolean;
  /** We know that something was missed. `refilling`: the pages that follow bring it, so the gap closes at `done`. */
  readonly gap?: { reason: string; from?: string; to?: string; refilling: boolean };
}

export interface PullStream {
  readonly name: string;
  /** `primary`: the only way in. `reconcile`: finds what a push lost. `backfill`: history on demand. */
  readonly purpose: "primary" | "reconcile" | "backfill";
  readonly everyMs: Millis;
}

export interface Puller {
  readonly streams: readonly PullStream[];
  /** Without `since` a primary or reconcile stream begins at the present, a backfill at the beginning. Throws `NetworkFailure`. */
  pull(
    access: ChannelAccess,
    stream: PullStream,
    since: Cursor | undefined,
    budget: RateBudget,
    signal: AbortSignal,
  ): Promise<Page>;
}

/** What is stored of a channel already: a stream that carries a whole network keeps only what belongs to it. */
export interface Known {
  /** Those of these external ids that are messages here. */
  messages(externalIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those of these authors who have written something here. */
  authors(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** Which of these posts of strangers somebody here listens for. Left out: nobody does. */
  wanted?(posts: readonly StrangersPost[]): Promise<readonly boolean[]>;
}

/** A post that is not addressed to us, as far as it can be judged before anything of it is kept. `at`: epoch milliseconds. */
export type StrangersPost = Post & { readonly at: Instant; readonly author?: string };

/** Who listens for posts of strangers: filled by the composition, because what is listened for is the matter of another room. */
export interface Ears {
  wanted(
    place: { accountId: AccountId; brandId: string; network: string },
    posts: readonly StrangersPost[],
  ): Promise<readonly boolean[]>;
}

/** A line that stays open. */
export interface Streamer {
  readonly name: string;
  /** It notes each minute at the latest that it is read to its end: a channel that does not is behind. */
  readonly tellsEnd?: boolean;
  /** Channels without a stream have none by their config. */
  isOn(access: ChannelAccess): boolean;
  /**
   * Reads behind `since` (the present without it) for as long as the line holds. A page is committed with its cursor before the next
   * one is asked for, so a slow store slows the line. Ends when `signal` is aborted; throws `NetworkFailure` when the line breaks.
   */
  open(
    access: ChannelAccess,
    since: Cursor | undefined,
    known: Known,
    budget: RateBudget,
    signal: AbortSignal,
  ): AsyncIterable<Page>;
}

export type SendIntent =
  /** Answers an item where it stands: a post under the post, a direct message in its thread. */
  | { op: "reply"; toExternalId: string; toHandle: string; toAuthorId: string }
  /** A private message that answers a public item. */
  | { op: "private-reply"; toExternalId: string; toHandle: string; toAuthorId: string }
  /**
   * `subject`: for networks that have one. `automatic`: no person wrote it, and networks that mark such words are to do so. `cc`: who gets an
   * open copy. `subjectMark`: names the conversation (C-20481) at the subject's end.
   */
  | {
      op: "message";
      toHandle: string;
      toAuthorId: string;
      subject?: string;
      automatic?: boolean;
      cc?: readonly string[];
      subjectMark?: string;
    };

/** What is sent: `clientId` is the native idempotency key and never changes. `previousExternalId`: the part before, for chains. */
export interface OutboundPart {
  readonly index: number;
  readonly clientId: string;
  readonly text: string;
  readonly previousExternalId: string | null;
  /** They go out with this part; only the first part of a delivery has some. */
  readonly files?: readonly OutboundFile[];
}

/** A file that an agent attached: scanned, within the network's rule, read when it is sent. */
export interface OutboundFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: number;
  readonly alt: string | null;
  readonly width?: number | null;
  readonly height?: number | null;
  /** A picture is made smaller to fit `maxBytes`; without a picture, or a rule, the bytes are as they are. */
  read(maxBytes?: number): Promise<Uint8Array>;
  /** What the network called it at an earlier try of this delivery: it is there already and is not uploaded again. */
  readonly known?: unknown;
  /** Keeps that for the next try. Called when the upload is done, before anything is posted with it. */
  remember?(networkRef: unknown): Promise<void>;
}

/** How the network's own files are fetched: some links want the channel's token, some lie on a network of the operator's own. */
export interface MediaRules {
  /** Where an address of the network's own kind leads; null: nowhere. Addresses of the web lead where they say. */
  locate?(access: ChannelAccess, address: string): string | null;
  /** Asked for each address and each redirect; the default is a public address and no headers. */
  rulesFor(access: ChannelAccess, url: URL): { mayBeInside: boolean; headers?: Readonly<Record<string, string>> };
}

export interface OutboundDelivery {
  readonly id: string;
  readonly threadKey: string;
  readonly intent: SendIntent;
  readonly audience: "public" | "private";
  readonly createdAt: Instant;
  /** As whom the agent is disclosed, for networks that show a name beside each message. */
  readonly speaker?: string;
  /** For networks and proxies that pass on W3C Trace Context. */
  readonly traceId?: string | null;
  /** The newest messages of its thread, oldest first, for a sender that reads them (mail names and quotes what it answers). */
  readonly before?: readonly SaidBefore[];
}

/** A message of the thread, as far as an answer may name it. */
export interface SaidBefore {
  readonly externalId: string;
  readonly rootExternalId: string | null;
  readonly parentExternalId: string | null;
  readonly direction: "in" | "out";
  readonly authorId: string;
  readonly authorName: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: Instant;
  readonly receivedAt: Instant;
}

export type PartOutcome =
  /** `item`: our post as the network shows it, where its answer says. */
  | { state: "sent"; externalId: string; permalink: string | null; item?: Item }
  /** It may stand on the network: never sent again before `reconcile` has looked. */
  | { state: "unknown"; why: "timeout" | "connection-reset" | "5xx" | "unreadable-answer" }
  | { state: "failed"; error: ChannelErrorData };

export type Reconciled =
  | { found: true; externalId: string; permalink: string | null; item?: Item }
  /** Only `sure` permits a second try. */
  | { found: false; sure: boolean };

export interface Sender {
  /** How many messages of the thread it wants to know of. */
  readonly readsThread?: number;
  /** A call may take this long; the outbox's own limit (7 s) unless given. */
  readonly timeoutMs?: Millis;
  sendPart(
    access: ChannelAccess,
    delivery: OutboundDelivery,
    part: OutboundPart,
    budget: RateBudget,
    signal: AbortSignal,
  ): Promise<PartOutcome>;
  reconcile(
    access: ChannelAccess,
    delivery: OutboundDelivery,
    part: OutboundPart,
    budget: RateBudget,
    signal: AbortSignal,
  ): Promise<Reconciled>;
}

/** What is done about a message or its author on the network itself. `unhide` and `unblock` take the others back. */
export type ModerationVerb = "hide" | "unhide" | "delete" | "block" | "unblock" | "report";
/** Why; a report is filed under the network's own kind that comes nearest. */
export const MODERATION_REASONS = [
  ...(["abuse", "spam", "misleading", "sexual", "illegal", "private-data", "mistake", "other"] as const),
] as const;
export type ModerationReason = (typeof MODERATION_REASONS)[number];

export interface ModerationCall {
  /** Never changes: names and keys on the network are made of it. */
  readonly id: string;
  readonly verb: ModerationVerb;
  readonly target: ModerationTarget;
  readonly reason: ModerationReason;
  readonly note: string;
  /** What the network called the act that this one takes back. */
  readonly ref: string | null;
  readonly createdAt: Instant;
}
export interface ModerationTarget {
  readonly externalId: string;
  readonly rootExternalId: string | null;
  readonly authorId: string;
  readonly authorHandle: string;
  readonly visibility: string;
}

export type ModerationOutcome =
  /** `ref`: the network's name of it, wanted to take it back. */
  | { state: "done"; ref?: string }
  | { state: "unknown"; why: "timeout" | "connection-reset" | "5xx" | "unreadable-answer" }
  | { state: "failed"; error: ChannelErrorData };

export interface Moderator {
  /** May be called again when nobody knows whether they were done: the second call changes nothing. Of the rest a person decides. */
  readonly repeatable: readonly ModerationVerb[];
  act(access: ChannelAccess, call: ModerationCall, budget: RateBudget, signal: AbortSignal): Promise<ModerationOutcome>;
}

/** One network. Everything but `pull`, `send` and `moderate` is pure: values in, values out. */
export interface Adapter {
  readonly network: string;
  readonly capabilities: Capabilities;
  /** No call of ours has reached the real network yet: shown to the operator. */
  readonly neverTestedLive: boolean;
  /** Pure; unknown shapes become `unsupported` items or counted `ignored`, nothing is thrown away silently. */
  parse(input: RawInput, context: ParseContext): ParseResult | Promise<ParseResult>;
  /**
   * The raw copy with `redact` applied to each text a person wrote; null when that cannot be done (the copy is then wiped). `read`: what
   * `parse` gave back of the same bytes.
   */
  redactRaw?(body: Uint8Array, redact: (text: string) => string, read?: unknown): Uint8Array | null;
  readonly connect?: Connector;
  readonly webhook?: WebhookReceiver;
  readonly pull?: Puller;
  readonly stream?: Streamer;
  readonly send?: Sender;
  readonly moderate?: Moderator;
  readonly media?: MediaRules;
}
