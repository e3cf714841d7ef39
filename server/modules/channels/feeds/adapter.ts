import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { feedCapabilities } from "./capabilities.ts";
import { feedConnector } from "./connect.ts";
import { parseFeedInput, redactFeed } from "./parse.ts";
import { feedPuller } from "./pull.ts";
import { feedWebhook } from "./websub.ts";

/**
 * Blogs, news, subreddits, video channels and forums by their feeds: one channel is one feed. Config as in `settings.ts`; secret:
 * `hubSecret`, which a hub signs with. The channel's external id is the feed's address.
 */
export function feedAdapter(clock: Clock): Adapter {
  return {
    network: "feed",
    capabilities: feedCapabilities,
    neverTestedLive: true,
    parse: parseFeedInput,
    redactRaw: redactFeed,
    connect: feedConnector(clock),
    webhook: feedWebhook,
    pull: feedPuller(clock),
  };
}
