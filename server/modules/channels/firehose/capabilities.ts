import type { Capabilities } from "#shared/capabilities";
import { muteCapabilities } from "../domain/mute-capabilities.ts";

const heard = (kind: string): Capabilities => ({
  ...muteCapabilities(kind),
  private: false,
  receive: {
    modes: ["stream"],
    ordering: "none",
    delivery: "at-least-once",
    backfill: { supported: false },
    emitsEdits: "event",
    emitsDeletes: "event",
    listens: { mentions: false, keywords: true, ownThreads: false },
    echoes: false,
  },
  credentials: "none",
});

/** The whole of Bluesky by its Jetstream: what a monitor catches is kept, nothing can be said. */
export const blueskyNetworkCapabilities: Capabilities = {
  ...heard("bluesky-network"),
  apiVersion: "Jetstream v1",
};

/** Any stream of posts as lines of JSON (docs/formats/heard-lines.md). */
export const jsonLinesCapabilities: Capabilities = {
  ...heard("json-lines"),
  apiVersion: "1",
};
