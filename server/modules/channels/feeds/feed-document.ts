import type { Instant, Millis } from "#platform/clock";

/** One entry of a feed of any kind, in our words. */
export interface FeedEntry {
  /** Its own id (guid, atom:id), else its address, else a hash of title and time; at most 1,000 bytes. */
  readonly id: string;
  readonly title: string;
  /** Plain text. */
  readonly text: string;
  /** Where it stands; always http or https. */
  readonly link: string | null;
  readonly author: { readonly name: string; readonly uri: string | null } | null;
  readonly published: Instant | null;
  readonly updated: Instant | null;
  readonly language: string | null;
  /** The entry it answers (RFC 4685). */
  readonly inReplyTo: string | null;
  readonly files: readonly { readonly url: string; readonly mime: string | null; readonly bytes: number | null }[];
  /** Of all that a reader sees. */
  readonly hash: string;
}

/** Zero where it is not dated. */
export const saidAt = (entry: FeedEntry): Instant => entry.published ?? entry.updated ?? 0;

export interface FeedDocument {
  readonly kind: "rss" | "rdf" | "atom" | "json";
  readonly title: string;
  readonly link: string | null;
  readonly language: string | null;
  readonly self: string | null;
  readonly hubs: readonly string[];
  /** How long it asks to be left alone. */
  readonly ttlMs: Millis | null;
  /** In the order of the document, the newest first in nearly all of them; at most 1,000. */
  readonly entries: readonly FeedEntry[];
  /** Entries beyond the thousand. */
  readonly left: number;
}

export type ReadFeed = { ok: true; feed: FeedDocument } | { ok: false; why: string };
