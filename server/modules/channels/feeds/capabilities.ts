import type { Capabilities } from "#shared/capabilities";
import { muteCapabilities } from "../domain/mute-capabilities.ts";

/** RSS, Atom, JSON Feed and WebSub: blogs, news, subreddits, video channels, forums. Heard only; answers are written where they stand. */
export const feedCapabilities: Capabilities = {
  ...muteCapabilities("feed"),
  apiVersion: "RSS 2.0, RSS 1.0, Atom (RFC 4287), JSON Feed 1.1, WebSub",
  private: false,
  receive: {
    modes: ["poll", "webhook"],
    ordering: "none",
    // A feed holds its newest entries only: what leaves it between two looks was never heard.
    delivery: "at-most-once",
    backfill: { supported: true, method: "what the feed still holds" },
    emitsEdits: "on-refetch",
    emitsDeletes: "never",
    listens: { mentions: false, keywords: true, ownThreads: false },
    ackDeadlineMs: 10_000,
    echoes: false,
  },
  credentials: "none",
};
