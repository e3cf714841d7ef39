import { randomUUID } from "node:crypto";
import type { Faults } from "../domain/faults.ts";
import { readFeed } from "../domain/feed.ts";
import { signWebhook } from "../domain/signature.ts";
import type { FeedEvent, Webhook } from "../domain/state.ts";
import type { Network } from "../network.ts";
import { instantText, type Links, presentEvent } from "../present.ts";
import { post } from "./post.ts";

export type Retry = { firstMs: number; maxMs: number; timeoutMs: number };
export const DEFAULT_RETRY: Retry = { firstMs: 500, maxMs: 30_000, timeoutMs: 10_000 };

const BATCH = 100;
const LONGEST_RETRY_AFTER_MS = 60_000;

type Item = { seq: number; event: FeedEvent };

export type Courier = {
  wake(): void;
  status(): { failures: number; lastError: string | null; nextTryAt: string | null };
  close(): Promise<void>;
};

/** Carries one subscription's feed to its URL: at least once, one batch in flight, faults on demand. */
export function startCourier(net: Network, links: Links, faults: Faults, webhook: Webhook, retry: Retry): Courier {
  const stop = new AbortController();
  const asides = new Set<Promise<void>>();
  /** Events held back; the saved cursor stays before the first of them, so a crash repeats rather than loses. */
  const held = new Set<number>();
  let position = webhook.cursor;
  let failures = 0;
  let lastError: string | null = null;
  let nextTryAt: number | null = null;
  let running: Promise<void> | null = null;
  let wanted = false;

  async function run(): Promise<void> {
    do {
      wanted = false;
      const { events } = readFeed(net.state, net.durableEvents(), webhook.company, position, BATCH);
      if (events.length === 0) break;
      const batch = sortOut(events);
      if (batch.length > 0) await deliver(batch);
      if (stop.signal.aborted) return;
      position = (events.at(-1) as Item).seq;
      saveCursor();
      wanted = true;
    } while (wanted);
  }

  /** What goes now; the rest is dropped, doubled or put aside, as the faults say. */
  function sortOut(events: Item[]): Item[] {
    const company = net.state.profiles.get(webhook.company)?.handle ?? "";
    const now: Item[] = [];
    let shuffle = false;
    for (const item of events) {
      if (faults.draw("webhook-drop", company)) continue;
      const delay = faults.draw("webhook-delay", company);
      const reorder = delay ? null : faults.draw("webhook-reorder", company);
      if (reorder) shuffle = true;
      const wait = delay ?? reorder;
      if (wait) putAside(item, reorder ? faults.pick(wait.ms + 1) : wait.ms);
      else now.push(item);
      if (faults.draw("webhook-duplicate", company)) putAside(item, 0);
    }
    return shuffle ? shuffled(now) : now;
  }

  function shuffled(items: Item[]): Item[] {
    const rest = [...items];
    const out: Item[] = [];
    while (rest.length > 0) out.push(...rest.splice(faults.pick(rest.length), 1));
    return out;
  }

  function putAside(item: Item, ms: number): void {
    held.add(item.seq);
    const aside = pause(ms, stop.signal)
      .then(() => deliver([item]))
      .then(() => {
        if (stop.signal.aborted) return;
        held.delete(item.seq);
        saveCursor();
      })
      .finally(() => asides.delete(aside));
    asides.add(aside);
  }

  function saveCursor(): void {
    const cursor = Math.min(position, ...[...held].map((seq) => seq - 1));
    if (cursor === webhook.cursor || !net.state.webhooks.has(webhook.id) || net.failure()) return;
    net.writeLazily({ via: "system", caller: null }, { type: "webhook.cursor", id: webhook.id, cursor });
  }

  /** Resolves when the subscriber has acknowledged, or when we stop. */
  async function deliver(items: Item[]): Promise<void> {
    for (let tries = 0; !stop.signal.aborted; tries++) {
      const outcome = await attempt(items);
      if (outcome.ok || stop.signal.aborted) {
        failures = 0;
        lastError = nextTryAt = null;
        return;
      }
      failures++;
      lastError = outcome.why;
      const back = Math.min(retry.firstMs * 2 ** Math.min(tries, 16), retry.maxMs);
      const wait = Math.max(back, Math.min(outcome.retryAfterMs, LONGEST_RETRY_AFTER_MS));
      nextTryAt = net.clock.now() + wait;
      await pause(wait, stop.signal);
    }
  }

  async function attempt(items: Item[]) {
    const { state } = net;
    const secret = state.companies.get(webhook.company)?.appSecret ?? "";
    const body = JSON.stringify({
      network: state.network,
      webhook: webhook.id,
      company: state.profiles.get(webhook.company)?.handle,
      events: items.map(({ seq, event }) => presentEvent(state, links, event, seq)),
    });
    const headers = {
      "content-type": "application/json",
      "user-agent": "playground-webhooks/1",
      "x-playground-delivery": `dl_${randomUUID()}`,
      "x-playground-signature": signWebhook(secret, Math.floor(net.clock.now() / 1000), body),
    };
    return post(webhook.url, headers, body, retry.timeoutMs, stop.signal);
  }

  return {
    wake() {
      wanted = true;
      running ??= run().finally(() => {
        running = null;
        if (wanted && !stop.signal.aborted) this.wake();
      });
    },
    status: () => ({ failures, lastError, nextTryAt: nextTryAt === null ? null : instantText(nextTryAt) }),
    async close() {
      stop.abort();
      await running;
      await Promise.all(asides);
    },
  };
}

/** Waits; comes back at once when stopped. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done);
  });
}
