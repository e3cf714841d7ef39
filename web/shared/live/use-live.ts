import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { liveStatus, onLiveEvent, onLiveStatus } from "./live-client.ts";
import type { LiveEvent, LiveStatus } from "./protocol.ts";

/**
 * Calls the handler for each live event of these kinds, for what the query cache cannot do: a sound, an announcement,
 * the count behind a pill. Fetching anew belongs to web/app/live-dispatch.ts. "*" hears all.
 */
export function useLive(kinds: readonly string[], handler: (event: LiveEvent) => void): void {
  const handle = useEffectEvent(handler);
  const wanted = kinds.join(" ");
  useEffect(() => {
    const names = new Set(wanted.split(" "));
    return onLiveEvent((event) => {
      if (names.has("*") || names.has(event.kind)) handle(event);
    });
  }, [wanted]);
}

export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(onLiveStatus, liveStatus);
}
