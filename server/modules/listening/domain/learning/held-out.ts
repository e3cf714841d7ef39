import { copyKey } from "../near-copy.ts";
import { tokenise } from "../tokens.ts";

/** One marked post in so many is never learnt from: it only measures. */
export const HELD_OUT_ONE_IN = 5;
/** Messages from this instant on are held out by what they say; earlier ones stay on the side on which figures were taken. 2026-12-01. */
const BY_TEXT_FROM = Date.UTC(2026, 11, 1);

/**
 * Whether a message belongs to the slice that is held out: by a hash (FNV-1a) of what nearly the same texts share, so that no copy of a post that is learnt
 * from measures what was learnt; of earlier messages by their ids. It follows from the message alone, so it is the same for every label, version and
 * process, and no mark ever crosses over (but of a text that is edited into another).
 */
export function isHeldOut(message: { id: string; text: string }): boolean {
  const key = timeOf(message.id) >= BY_TEXT_FROM ? keyOf(message) : message.id;
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  // The last bits of FNV mix least.
  return ((hash >>> 0) >>> 8) % HELD_OUT_ONE_IN === 0;
}

/** The time in a UUID of version 7, epoch milliseconds. */
const timeOf = (id: string): number => Number.parseInt(id.replace("-", "").slice(0, 12), 16) || 0;

function keyOf({ id, text }: { id: string; text: string }): string {
  const post = tokenise(text);
  const words = post.tokens.filter((t) => t.kind === "word" || t.kind === "hashtag").map((t) => t.norm);
  return copyKey(post) ?? (words.length > 0 ? words.join(" ") : id);
}
