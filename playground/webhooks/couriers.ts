import type { Faults } from "../domain/faults.ts";
import type { Network } from "../network.ts";
import type { Links } from "../present.ts";
import { type Courier, type Retry, startCourier } from "./courier.ts";

/** One courier per subscription, started and stopped as subscriptions come and go. */
export type Couriers = {
  sync(): void;
  status(id: string): ReturnType<Courier["status"]>;
  close(): Promise<void>;
};

export function startCouriers(net: Network, links: Links, faults: Faults, retry: Retry): Couriers {
  const couriers = new Map<string, Courier>();
  const closing = new Set<Promise<void>>();

  function sync(): void {
    for (const [id, webhook] of net.state.webhooks) {
      if (!couriers.has(id)) couriers.set(id, startCourier(net, links, faults, webhook, retry));
    }
    for (const [id, courier] of couriers) {
      if (net.state.webhooks.has(id)) courier.wake();
      else {
        couriers.delete(id);
        const done = courier.close().finally(() => closing.delete(done));
        closing.add(done);
      }
    }
  }

  const unlisten = net.onDurable(sync);
  sync();
  return {
    sync,
    status: (id) => couriers.get(id)?.status() ?? { failures: 0, lastError: null, nextTryAt: null },
    async close() {
      unlisten();
      await Promise.all([...couriers.values()].map((c) => c.close()).concat([...closing]));
    },
  };
}
