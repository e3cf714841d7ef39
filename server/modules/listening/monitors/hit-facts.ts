import { createHash } from "node:crypto";
import type { Message } from "#modules/channels";
import type { HitFacts } from "../store/hit-facts.ts";
import type { Detail } from "../store/understanding-store.ts";

const MOST = 2_147_483_647;

/** A number of 64 bits that tells people apart and leads back to nobody. */
export function authorNumber(m: Pick<Message, "network" | "authorId">): string {
  return createHash("sha256").update(`${m.network}\0${m.authorId}`).digest().readBigInt64BE(0).toString();
}

/** What trends count of a message that a monitor caught. */
export function hitFactsOf(
  m: Pick<Message, "network" | "authorId" | "author" | "why">,
  noise: Detail["noise"],
): HitFacts {
  const { followers } = m.author;
  return {
    author: authorNumber(m),
    followers: Number.isFinite(followers) ? Math.max(0, Math.min(MOST, Math.trunc(followers as number))) : null,
    verified: m.author.verified === true,
    passedOn: m.why.some((why) => why === "repost" || why === "quote") || noise?.kind === "repost",
  };
}
