import type { Instant } from "#platform/clock";

/** A part of somebody's influence and the time it was so. */
export interface InfluencePart {
  part: "reach" | "verified" | "spoke-public";
  network: string | null;
  handle: string | null;
  value: number | null;
  at: Instant | null;
}

interface SeenHandle {
  network: string;
  handle: string;
  followers: number | null;
  followersAt: Instant | null;
  verified: boolean;
}

/**
 * The parts of influence that are known, each by itself: a sum of them would say nothing (operations reference §5: scores were
 * gamed, and reach alone moves nobody). `spokeInPublic`: messages in public in twelve months; null where that may not be known.
 */
export function influenceOf(
  handles: readonly SeenHandle[],
  spokeInPublic: number | null,
  lastSeenAt: Instant,
): InfluencePart[] {
  const reach = handles
    .filter((h) => h.followers !== null)
    .toSorted((a, b) => b.followers! - a.followers! || (a.handle < b.handle ? -1 : 1))
    .map(
      (h): InfluencePart => ({
        ...{ part: "reach", network: h.network, handle: h.handle, value: h.followers, at: h.followersAt },
      }),
    );
  const verified = handles
    .filter((h) => h.verified)
    .map(
      (h): InfluencePart => ({ ...{ part: "verified", network: h.network, handle: h.handle, value: null, at: null } }),
    );
  const spoke: InfluencePart[] =
    spokeInPublic === null
      ? []
      : [{ part: "spoke-public", network: null, handle: null, value: spokeInPublic, at: lastSeenAt }];
  return [...reach, ...verified, ...spoke];
}

/** Which languages somebody wrote in, most used first; where nobody can tell is none. */
export function languagesOf(said: readonly string[]): { language: string; messages: number }[] {
  const counts = new Map<string, number>();
  for (const language of said)
    if (language !== "und" && language !== "") counts.set(language, (counts.get(language) ?? 0) + 1);
  return [...counts]
    .map(([language, messages]) => ({ language, messages }))
    .sort((a, b) => b.messages - a.messages || (a.language < b.language ? -1 : 1));
}
