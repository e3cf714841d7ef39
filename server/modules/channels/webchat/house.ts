import type { Blobs } from "#platform/blobs/blobs";
import type { Clock, Instant, Millis } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";
import type { ChatTokens } from "./tokens.ts";

/** Who waits behind whom is known to the right of here: the composition hands it in. By thread; threads that do not wait are not named. */
export type ChatPlaces = (
  tx: Tx,
  threads: readonly { channelId: string; threadKey: string }[],
) => Promise<ReadonlyMap<string, { position: number; waitMs: Millis | null }>>;

/** What the door of web chat is built on. */
export interface ChatHouse {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly blobs: Blobs;
  readonly tokens: ChatTokens;
  readonly places: ChatPlaces;
  /** Where browsers reach this desk: its own pages may show every chat. */
  readonly publicUrl?: string;
  /** Input is durable: the parser may look. */
  stored(accountId: AccountId, channelId: string): void;
}

/** The one who speaks: a visitor of a chat, as its token says. */
export interface Visiting {
  readonly visitorId: string;
  readonly signedIn: boolean;
}

export interface Hours {
  open: boolean;
  opensAt: Instant | null;
}
