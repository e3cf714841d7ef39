import { type Instant, MINUTE, type Millis } from "#platform/clock";
import { count, field, text } from "../domain/read-json.ts";

/** A feed as it was connected; the channel's `config` in typed words. */
export interface FeedSettings {
  url: string;
  /** How often it is asked at most; a feed that asks for less is asked less. */
  everyMs: Millis;
  /** Where it announces itself (WebSub): null where nobody pushes. */
  hub: { url: string; topic: string } | null;
  /** An intranet's feed: its address may lie in a private network and speak plain http. */
  privateNetwork: boolean;
  /** When it was connected: what is dated before is history, what is dated after is heard. Null where it is not known. */
  since: Instant | null;
}

/** Of all hosts the feed's own alone may be inside: what it says of others (where it moved, its hub) is a stranger's word. */
export function insideHostOf({ url, privateNetwork }: Pick<FeedSettings, "url" | "privateNetwork">): string | null {
  return privateNetwork && URL.canParse(url) ? new URL(url).host : null;
}

export const EVERY_MINUTES = 10;

export function settingsOf(config: Readonly<Record<string, unknown>>): FeedSettings {
  const minutes = Math.min(Math.max(count(config, "everyMinutes") ?? EVERY_MINUTES, 0), 1_440);
  const hub = text(field(config, "hub"), "url");
  const topic = text(field(config, "hub"), "topic");
  return {
    url: text(config, "url"),
    everyMs: minutes * MINUTE,
    hub: hub !== "" && topic !== "" ? { url: hub, topic } : null,
    privateNetwork: field(config, "privateNetwork") === true,
    since: count(config, "since") ?? null,
  };
}
