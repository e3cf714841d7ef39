import type { Instant, ManualClock, Millis } from "#platform/clock";
import type { Database } from "#platform/db";
import type { Log } from "#platform/log";
import type { NewChannel } from "../channels.ts";
import type { Adapter, RawRequest, Source } from "../domain/adapter.ts";
import type { ErrorClass } from "../domain/errors.ts";
import type { ReceiptStatus } from "../domain/item.ts";

/**
 * What the author of an adapter writes so that `describeAdapter` can try it: how the adapter is made, and a counterpart that plays
 * its network. Everything else (database, raw inbox, parser, outbox, hooks) is the real one and comes with the kit.
 * What is optional here belongs to cases that some networks do not have; whether a case applies is read from the capabilities
 * (`cases.ts`), so a case that applies and finds its fixture missing is red.
 */
export interface AdapterKit {
  /** The adapter as it ships. Also called while tests are listed, with a database that refuses: making one may touch nothing. */
  adapter(house: House): Adapter;
  /** Starts the network, on the house's clock. */
  open(house: House): Promise<Counterpart>;
}

/** What the kit hands in. The clock stands still until a case moves it. */
export interface House {
  readonly clock: ManualClock;
  readonly db: Database;
  readonly log: Log;
}

/** A network: a real server, or a fake that speaks its protocol truly. */
export interface Counterpart {
  /** A new account of ours there. `n` is another number at each call. */
  join(n: number): Promise<Ours>;
  /** Somebody who has nothing to do with us; other numbers are other people. */
  stranger(n: number): Promise<Stranger>;
  /** A pair of request and secret whose signature the network itself has published or a second program has made. */
  readonly golden?: {
    readonly secret: Readonly<Record<string, string>>;
    readonly at: Instant;
    readonly request: RawRequest;
  };
  close(): Promise<void>;
}

/** `id` is what `Item.author.id` will be. */
export interface Stranger {
  readonly id: string;
  readonly handle: string;
}

/** What the network tells of one act, as the raw bytes of a push or of a page: the input of `parse`. */
export interface Told {
  readonly body: Uint8Array;
  readonly source: Source;
  readonly head?: Readonly<Record<string, unknown>>;
}

/** One thing said; `externalId` is what `Item.externalId` will be. */
export interface Said {
  readonly externalId: string;
  readonly who: Stranger;
  readonly told: Told;
}

export interface Saying {
  readonly text: string;
  readonly audience: "public" | "private";
  /** Under this, where the network has trees or threads; a network that has neither heeds it not. */
  readonly under?: { readonly externalId: string };
  /** What the sender claims as its time; the clock's unless given. May be absurd. */
  readonly claims?: Instant;
  /** Said by somebody with a program of his own: the network's rules for texts are not heeded by him. */
  readonly raw?: boolean;
  /** The author's name and handle are kept from us. */
  readonly nameless?: boolean;
  readonly files?: readonly { readonly name: string; readonly mime: string; readonly content: Uint8Array }[];
}

/** The oracle: one write that the network took from us. Repeats with the same key are no second one. */
export interface Accepted {
  readonly externalId: string;
  readonly text: string;
  readonly audience: "public" | "private";
  /** What it stands under, where the network knows that. */
  readonly under?: string | null;
  readonly files?: number;
}

/** The oracle of moderation. */
export interface Moderated {
  readonly hidden: boolean;
  readonly deleted: boolean;
  readonly blocked: boolean;
  readonly reports: number;
}

/** What goes wrong with our next write (`times` of them; 1 unless given), on the line or by the network's will. */
export type Fault = (
  | {
      readonly kind: "rate-limited";
      /** `seconds` and `date`: Retry-After. `reset`: the header of `rate[].headers.reset`. `body`: a field of the answer. */
      readonly says: "seconds" | "date" | "reset" | "body" | "nothing";
      readonly waitMs: Millis;
    }
  /** Our credential is refused. */
  | { readonly kind: "unauthorized" }
  /** Refused for a reason that the adapter has to tell as this class, by the network's own code. */
  | { readonly kind: "refused"; readonly as: ErrorClass }
  /** Not taken, and an error or nothing is the answer. */
  | { readonly kind: "error" | "hang" | "reset" }
  /** Taken, and then an error or nothing is the answer. */
  | { readonly kind: "error-after-write" | "hang-after-write" | "reset-after-write" }
) & { readonly times?: number };

/** Our account there, and what can be done around it. */
export interface Ours {
  /** How the channel is connected, with `secret`. */
  readonly channel: Omit<NewChannel, "brandId">;
  say(who: Stranger, saying: Saying): Promise<Said>;
  /** We say something there ourselves that answers nobody, for networks where what stands under it can be hidden. */
  post?(text: string): Promise<{ externalId: string; told: Told }>;
  /** For networks with `emitsEdits`. The text is another one at each call. */
  edit?(said: Said, text: string): Promise<Told>;
  /** For networks with `emitsDeletes`. */
  remove?(said: Said): Promise<Told>;
  /** Several acts in one body, where the network puts them together. */
  together?(told: readonly Told[]): Told;
  /** A kind of event or content that nobody has heard of yet; the channel is to stay well. */
  unheardOf(): Promise<Told>;
  /** Cannot be read at all; it goes to quarantine and takes nothing along. */
  poison(): Promise<Told>;
  /** What the network pushes or lists of a message of our own, for networks with `receive.echoes`; null: it has none of that name. */
  echo?(externalId: string): Promise<Told | null>;
  /** For networks with `receipts`. */
  receipt?(externalId: string, status: ReceiptStatus): Told;
  /** The same person by another name (and handle, where they can change). `told`: what the network says of that, if anything. */
  rename(who: Stranger): Promise<{ who: Stranger; told: Told | null }>;
  /** The account is deleted with all that it said, where the network tells of that. */
  shut?(who: Stranger): Promise<Told>;
  /** Signature headers for the bytes of a push, made at that moment. Only those that the signature consists of. */
  sign?(body: Uint8Array, at: Instant): Readonly<Record<string, string>>;
  /** The network's proof that the address is ours; `bad` must be refused, `oracle` must not be answered with a signature. */
  readonly handshake?: { readonly good: RawRequest; readonly answer: string; readonly bad: readonly RawRequest[] };
  /** A position that the network does not know any more (too old, or it was started anew), for networks read by a cursor. */
  readonly lostCursor?: { readonly stream: string; readonly value: string };
  /** Sessions that are renewed, for networks with `credentials: "renewed"`. */
  readonly sessions?: {
    /** The short-lived token runs out. */
    expire(): void;
    /** Neither token nor what renews it is accepted any more. */
    revoke(): void;
    /** Renewals so far. */
    renewed(): number;
  };
  /** The kinds of faults that can happen to this network. */
  readonly faults: readonly Fault["kind"][];
  /** Reasons that this network has for refusing, for `refused`. */
  readonly refusals?: readonly ErrorClass[];
  fault(fault: Fault): Promise<void>;
  /** For networks on which something can be done about messages: what holds there now, with how many reports of each. */
  moderated?(of: { externalId: string; authorId: string }): Promise<Moderated>;
  /** All that was taken from us, in order. */
  accepted(): Promise<readonly Accepted[]>;
}
