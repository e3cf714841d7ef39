import type { Limits } from "./domain/limits.ts";
import type { Clock } from "./network.ts";
import type { Retry } from "./webhooks/courier.ts";

export type PlaygroundOptions = {
  /** 0 takes a free one. */
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
  /** Folder of the log; without it everything is in memory only. */
  dataDir?: string;
  /** Default the system clock. With a handed clock and no seed the ids are the same in every run. */
  clock?: Clock;
  /** Makes network id and all ids deterministic (only looked at when the log is empty). */
  seed?: string;
  /** Default: kept in the data folder, else made up. */
  simulatorKey?: string;
  /** Where links begin, when not `http://host:port`. */
  publicUrl?: string;
  limits?: Partial<Limits>;
  /** Hosts beside loopback that may subscribe to webhooks. */
  allowWebhookHosts?: string[];
  webhookRetry?: Partial<Retry>;
};
