import type { Capabilities } from "#shared/capabilities";
import { blueskyCapabilities } from "./bluesky/capabilities.ts";
import { emailCapabilities } from "./email/capabilities.ts";
import { playgroundCapabilities } from "./playground/capabilities.ts";

const known: Readonly<Record<string, Capabilities>> = {
  playground: playgroundCapabilities,
  bluesky: blueskyCapabilities,
  email: emailCapabilities,
};

/** What a network can do, with what an administrator changed for one channel (networks change their limits). */
export function capabilitiesOf(network: string, overrides: Partial<Capabilities> = {}): Capabilities {
  const base = Object.hasOwn(known, network) ? known[network] : undefined;
  if (!base) throw new Error(`The network ${network} is not known here.`);
  return { ...base, ...overrides };
}

export function isKnownNetwork(network: string): boolean {
  return Object.hasOwn(known, network);
}
