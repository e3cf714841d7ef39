import type { Instant } from "#platform/clock";
import type { Sighting } from "./name-spans.ts";

/** Somebody as a network shows them with one message, at the message's time. */
export interface Identity {
  network: string;
  /** What the network promises the id is unique in: a page, a server, or the whole network ("*"). */
  scope: string;
  externalId: string;
  handle: string;
  name: string;
  followers?: number | null | undefined;
  avatarUrl?: string | null | undefined;
  profileUrl?: string | null | undefined;
  verified?: boolean | undefined;
  isBot?: boolean | undefined;
  at: Instant;
}

/** All that a run of messages tells of one handle: the newest value of each field, and when it was seen. */
export interface Meeting {
  key: string;
  network: string;
  scope: string;
  externalId: string;
  handle: string;
  name: string;
  followers: number | null;
  followersAt: Instant | null;
  avatarUrl: string | null;
  profileUrl: string | null;
  verified: boolean;
  isBot: boolean;
  firstAt: Instant;
  lastAt: Instant;
  /** The names it was seen under, each first and last. */
  sightings: Sighting[];
}

/** Names one handle inside an account: the same text for the same handle, whatever it is called now. */
export function handleKey(of: { network: string; scope: string; externalId: string }): string {
  return JSON.stringify([of.network, of.scope, of.externalId]);
}

/**
 * Networks that give the same person another id on every page or number of ours (Messenger PSID, Instagram IGSID, WhatsApp BSUID,
 * the visitor of a chat widget): there the id is unique only together with the channel it was met on.
 */
const SCOPED_BY_CHANNEL = new Set([
  "messenger",
  "instagram_dm",
  "instagram_comments",
  "instagram",
  "facebook_page",
  "whatsapp",
  "webchat",
  "chat",
]);

/** The scope of an author's id. `given`: what the adapter itself stated. */
export function scopeOf(network: string, channelExternalId: string, given?: string | null): string {
  return given || (SCOPED_BY_CHANNEL.has(network) ? channelExternalId : "*");
}

/** Folds a run of identities into one meeting for each handle; the newest non-empty value wins. Sorted by key: locks are taken in this order. */
export function meetings(identities: readonly Identity[]): Meeting[] {
  const met = new Map<string, Meeting>();
  for (const one of identities.toSorted((a, b) => a.at - b.at)) {
    const key = handleKey(one);
    const before = met.get(key);
    const counted = one.followers != null && Number.isSafeInteger(one.followers) && one.followers >= 0;
    met.set(key, {
      key,
      network: one.network,
      scope: one.scope,
      externalId: one.externalId,
      handle: one.handle || before?.handle || "",
      name: one.name || before?.name || "",
      followers: counted ? one.followers! : (before?.followers ?? null),
      followersAt: counted ? one.at : (before?.followersAt ?? null),
      avatarUrl: one.avatarUrl ?? before?.avatarUrl ?? null,
      profileUrl: one.profileUrl ?? before?.profileUrl ?? null,
      verified: one.verified ?? before?.verified ?? false,
      isBot: one.isBot ?? before?.isBot ?? false,
      firstAt: before?.firstAt ?? one.at,
      lastAt: one.at,
      sightings: seen(before?.sightings ?? [], { name: one.name, at: one.at }),
    });
  }
  return [...met.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** In the order of time: of each name the first and the last. */
function seen(before: readonly Sighting[], one: Sighting): Sighting[] {
  const same = before.filter((s) => s.name === one.name);
  return [...before.filter((s) => s.name !== one.name), ...same.slice(0, 1), one];
}

/** What a customer is called until somebody says otherwise. */
export function customerName(of: { name: string; handle: string; externalId: string }): string {
  return of.name.trim() || of.handle.trim() || of.externalId;
}
