import type { Instant } from "#platform/clock";
import type { InboundEvent } from "../domain/item.ts";

/** One event and how it came. `deliveryId`: our own post, known from the network's answer to our call. */
export interface Input {
  event: InboundEvent;
  source: string;
  receivedAt: Instant;
  rawId: string | null;
  deliveryId?: string;
  /** The raw input's, or the delivery's. */
  traceId?: string | null;
}
