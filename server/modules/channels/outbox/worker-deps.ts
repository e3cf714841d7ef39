import type { Clock, Millis } from "#platform/clock";
import type { Database } from "#platform/db";
import type { Log } from "#platform/log";
import type { Adapter } from "../domain/adapter.ts";
import type { RateBudget } from "../domain/rate-budget.ts";
import type { Images } from "../files/images/images.ts";
import type { Only } from "../store/channel-store.ts";

/** A claim outlives the call by a margin: whoever finds it run out knows that the call is over or its caller dead. */
export const CLAIM: Millis = 9_000;

export interface SendDeps {
  db: Database;
  clock: Clock;
  log: Log;
  adapters: Readonly<Record<string, Adapter>>;
  budgetOf(channelId: string): Promise<RateBudget>;
  chance(): number;
  only: Only;
  images: Images;
  sendTimeout?: Millis;
}

/** Calls under way, by channel. */
export type Flying = Map<Promise<void>, string>;
