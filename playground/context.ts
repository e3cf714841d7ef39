import type { Faults } from "./domain/faults.ts";
import type { Limiter } from "./domain/limits.ts";
import type { Network } from "./network.ts";
import type { Links } from "./present.ts";
import type { MediaStore } from "./store/media.ts";
import type { Couriers } from "./webhooks/couriers.ts";

/** What the routes are handed. */
export type Context = {
  net: Network;
  links: Links;
  faults: Faults;
  limiter: Limiter;
  couriers: Couriers;
  media: MediaStore;
  simulatorKey: string;
  allowWebhookHosts: readonly string[];
};
