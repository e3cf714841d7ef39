import type { Adapter } from "../domain/adapter.ts";
import type { RunningChannels } from "../start.ts";

export interface ChannelRouteDeps {
  running: RunningChannels;
  adapters: Readonly<Record<string, Adapter>>;
  /** Whoever runs the server allows channels in its private network. */
  mayBeInside?: boolean;
}
