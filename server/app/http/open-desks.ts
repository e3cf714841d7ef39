import type { Actor } from "#platform/http/actor";
import type { AccountId } from "#platform/ids";
import type { Log } from "#platform/log";

/** Is told which agents have a desk open (`open` false: had until now). */
export type DesksSeen = (accountId: AccountId, agentIds: readonly string[], open: boolean) => Promise<void>;
/** That desks are open is written down so often, for all of an account at once. */
const EVERY_MS = 30_000;

export interface OpenDesks {
  tell(accountId: AccountId, actors: readonly Actor[], open: boolean): void;
  /** A heartbeat went by: now and then all that are open are told. */
  beat(afterMs: number, all: () => Iterable<[AccountId, readonly Actor[]]>): void;
  close(): void;
}

/** Tells of desks that open, stay open and close. A server that stops tells nothing: its desks come back, or are missed in time. */
export function openDesks(seen: DesksSeen | undefined, log: Log): OpenDesks {
  let [closing, ago] = [false, 0];
  const desks: OpenDesks = {
    tell(accountId, actors, open) {
      const agentIds = [...new Set(actors.filter((a) => a.kind === "agent").map((a) => a.id))];
      if (!seen || closing || agentIds.length === 0) return;
      // What is lost of it is told again with a later heartbeat.
      seen(accountId, agentIds, open).catch((error) => log.warn({ err: error }, "open desks: will try again"));
    },
    beat(afterMs, all) {
      ago += afterMs;
      if (ago < EVERY_MS) return;
      ago = 0;
      for (const [accountId, actors] of all()) desks.tell(accountId, actors, true);
    },
    close() {
      closing = true;
    },
  };
  return desks;
}
