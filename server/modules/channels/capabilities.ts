import type { Capabilities } from "#shared/capabilities";
import { blueskyCapabilities } from "./bluesky/capabilities.ts";
import { muteCapabilities } from "./domain/mute-capabilities.ts";
import { emailCapabilities } from "./email/capabilities.ts";
import { feedCapabilities } from "./feeds/capabilities.ts";
import { blueskyNetworkCapabilities, jsonLinesCapabilities } from "./firehose/capabilities.ts";
import { playgroundCapabilities } from "./playground/capabilities.ts";
import { webchatCapabilities } from "./webchat/capabilities.ts";

const known: Readonly<Record<string, Capabilities>> = {
  playground: playgroundCapabilities,
  bluesky: blueskyCapabilities,
  email: emailCapabilities,
  webchat: webchatCapabilities,
  feed: feedCapabilities,
  "bluesky-network": blueskyNetworkCapabilities,
  "json-lines": jsonLinesCapabilities,
};

/** What a network can do (one without an adapter: nothing), with what an administrator changed for one channel (networks change their limits). */
export function capabilitiesOf(network: string, overrides: Partial<Capabilities> = {}): Capabilities {
  const base = Object.hasOwn(known, network) ? known[network]! : muteCapabilities(network);
  return { ...base, ...overrides };
}

export function isKnownNetwork(network: string): boolean {
  return Object.hasOwn(known, network);
}
