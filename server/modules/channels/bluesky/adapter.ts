import type { Clock } from "#platform/clock";
import type { Adapter } from "../domain/adapter.ts";
import { blueskyCapabilities } from "./capabilities.ts";
import { blueskyConnector } from "./connector.ts";
import { createIdentities } from "./identities.ts";
import { blueskyMedia } from "./images.ts";
import { blueskyModerator } from "./moderate.ts";
import { parseBluesky, redactBluesky } from "./parse.ts";
import { blueskyPuller } from "./pull.ts";
import { blueskySender } from "./send.ts";
import { createSessions } from "./session.ts";
import { blueskyStreamer } from "./stream/stream.ts";

/**
 * Bluesky and every other AT Protocol network. Config as in `settings.ts`; secret: `appPassword`, and the session
 * (`accessJwt`, `refreshJwt`, `pds`) that it is renewed to. The channel's external id is our DID.
 */
export function blueskyAdapter(clock: Clock): Adapter {
  const sessions = createSessions(clock);
  const identities = createIdentities(clock);
  return {
    network: "bluesky",
    capabilities: blueskyCapabilities,
    neverTestedLive: true,
    parse: parseBluesky,
    redactRaw: redactBluesky,
    connect: blueskyConnector({ clock, sessions, identities }),
    pull: blueskyPuller({ clock, sessions }),
    stream: blueskyStreamer({ clock, sessions, identities }),
    send: blueskySender({ clock, sessions, identities }),
    moderate: blueskyModerator({ clock, sessions, identities }),
    media: blueskyMedia,
  };
}
