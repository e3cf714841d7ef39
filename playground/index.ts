import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Context } from "./context.ts";
import { createFaults } from "./domain/faults.ts";
import { createLimiter, DEFAULT_LIMITS } from "./domain/limits.ts";
import { openNetwork } from "./network.ts";
import type { PlaygroundOptions } from "./options.ts";
import { buildServer } from "./server.ts";
import { openMedia } from "./store/media.ts";
import { DEFAULT_RETRY } from "./webhooks/courier.ts";
import { startCouriers } from "./webhooks/couriers.ts";

export type { PlaygroundOptions } from "./options.ts";

export type Playground = {
  url: string;
  port: number;
  /** Changes only when the network was started with empty data. */
  network: string;
  simulatorKey: string;
  close(): Promise<void>;
};

/** Starts the playground network: opens its log, listens, and carries webhooks until closed. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { host = "127.0.0.1", dataDir, clock } = options;
  const seed = options.seed ?? (clock ? "playground" : undefined);
  const net = await openNetwork({ dataDir, clock: clock ?? { now: Date.now }, seed });
  const simulatorKey = options.simulatorKey ?? (await keptKey(dataDir));
  const links = { base: options.publicUrl?.replace(/\/+$/, "") ?? "" };
  const faults = createFaults();
  const couriers = startCouriers(net, links, faults, { ...DEFAULT_RETRY, ...options.webhookRetry });
  const context: Context = {
    net,
    links,
    faults,
    limiter: createLimiter({ ...DEFAULT_LIMITS, ...options.limits }),
    couriers,
    media: openMedia(dataDir),
    simulatorKey,
    allowWebhookHosts: options.allowWebhookHosts ?? [],
  };
  const app = buildServer(context);
  async function close(): Promise<void> {
    await app.close();
    await couriers.close();
    await net.close();
  }
  try {
    await app.listen({ port: options.port, host });
  } catch (error) {
    await close();
    throw error;
  }
  const { port } = app.server.address() as AddressInfo;
  const url = `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
  links.base ||= url;
  return { url, port, network: net.state.network, simulatorKey, close };
}

/** The simulator key of this data folder, made on the first start. */
async function keptKey(dataDir: string | undefined): Promise<string> {
  const fresh = randomBytes(24).toString("base64url");
  if (!dataDir) return fresh;
  const path = join(dataDir, "simulator-key");
  const kept = await readFile(path, "utf8").catch(() => "");
  if (kept.trim().length >= 16) return kept.trim();
  await writeFile(path, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}
