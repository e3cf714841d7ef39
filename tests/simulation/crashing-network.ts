import { createHmac } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { createFaults } from "../../playground/domain/faults.ts";
import { createLimiter, DEFAULT_LIMITS } from "../../playground/domain/limits.ts";
import { type Network, openNetwork } from "../../playground/network.ts";
import { buildServer } from "../../playground/server.ts";
import { openMedia } from "../../playground/store/media.ts";
import { DEFAULT_RETRY } from "../../playground/webhooks/courier.ts";
import { startCouriers } from "../../playground/webhooks/couriers.ts";
import type { Clock } from "../../server/platform/clock.ts";
import type { Json } from "../support/api-client.ts";
import { type Fate, type Life, NEVER } from "./fate.ts";

const KEY = "simulator-key-of-the-simulation";
const TOKEN = "token-of-northwind-0001";
const SECRET = "app-secret-of-northwind";
const HANDLE = "northwind";
export const BASE = "http://playground.simulated";

export interface SimulatedNetwork {
  net: Network;
  facts: { baseUrl: string; network: string; profileId: string; handle: string; token: string; appSecret: string };
  /** A person does something; never fails by chance. */
  person(who: string, method: "POST" | "PATCH" | "DELETE" | "PUT", path: string, body?: object): Promise<Json>;
  /** The company's feed after a position, as the network tells it. */
  feed(since: number): Promise<{ seq: number }[]>;
  /** A webhook request with these events, signed now. */
  signed(events: readonly unknown[]): { body: Uint8Array; headers: Record<string, string> };
  /** What the house's calls meet: the network, and the line to it. */
  fetchOf(life: Life): typeof fetch;
  close(): Promise<void>;
}

/** The real playground inside this process: its pages and log as ever, the wire replaced by a seam that can fail. */
export async function simulatedNetwork(clock: Clock, seed: string, fate: Fate): Promise<SimulatedNetwork> {
  const net = await openNetwork({ clock, seed });
  const links = { base: BASE };
  const faults = createFaults();
  const couriers = startCouriers(net, links, faults, DEFAULT_RETRY);
  const many = { max: 1_000_000, windowMs: 60_000 };
  const app = buildServer({
    ...{ net, links, faults, couriers, simulatorKey: KEY, allowWebhookHosts: [], media: openMedia(undefined) },
    limiter: createLimiter({ ...DEFAULT_LIMITS, read: many, write: many }),
  });
  await app.ready();
  const call = caller(app);
  const { profile } = await call("PUT", `/admin/companies/${HANDLE}`, {
    body: { name: "Northwind Mobile", token: TOKEN, appSecret: SECRET },
  });
  return {
    net,
    facts: {
      ...{ baseUrl: BASE, network: net.state.network, profileId: profile.id, handle: HANDLE },
      ...{ token: TOKEN, appSecret: SECRET },
    },
    person: (who, method, path, body) => call(method, `/sim/v1${path}`, { as: who, ...(body && { body }) }),
    feed: async (since) =>
      (await call("GET", `/api/v1/events?since=${since}&limit=500`, { token: TOKEN })).events as { seq: number }[],
    signed(events) {
      const body = Buffer.from(
        JSON.stringify({ network: net.state.network, webhook: "wh_1", company: HANDLE, events }),
      );
      const t = Math.floor(clock.now() / 1_000);
      const v1 = createHmac("sha256", SECRET).update(`${t}.`).update(body).digest("hex");
      return { body, headers: { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` } };
    },
    fetchOf: (life) => crashingFetch(app, fate, life),
    async close() {
      await app.close();
      await couriers.close();
      await net.close();
    },
  };
}

function caller(app: FastifyInstance) {
  return async (
    method: "GET" | "POST" | "PATCH" | "DELETE" | "PUT",
    url: string,
    { as, token, body }: { as?: string; token?: string; body?: object } = {},
  ): Promise<Json> => {
    const answer = await app.inject({
      ...{ method, url },
      headers: {
        ...(token ? { authorization: `Bearer ${token}` } : { "x-playground-key": KEY }),
        ...(as && { "x-playground-as": as }),
      },
      ...(body && { payload: body }),
    });
    if (answer.statusCode >= 400) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
    return answer.body === "" ? null : answer.json();
  };
}

const lineFault = (code: string) => Object.assign(new TypeError("fetch failed"), { cause: { code, message: code } });
const refused = (status: number, code: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify({ code, detail: code }), {
    ...{ status, headers: { "content-type": "application/problem+json", ...headers } },
  });

function crashingFetch(app: FastifyInstance, fate: Fate, life: Life): typeof fetch {
  return async (input, init = {}) => {
    if (life.dead) return NEVER;
    const url = new URL(String(input));
    if (url.origin !== BASE) throw lineFault("ENOTFOUND");
    const answer = await fate.inTurn(async (): Promise<Response | Error | "crash"> => {
      const leaves = fate.cross(life, "call");
      if (leaves === "crash") return "crash";
      if (leaves === "fail") return beforeIt(fate.draw());
      const given = await app.inject({
        method: (init.method ?? "GET") as "GET",
        url: url.pathname + url.search,
        headers: init.headers as Record<string, string>,
        ...(init.body != null && { payload: String(init.body) }),
      });
      const comes = fate.cross(life, "answered");
      if (comes === "crash") return "crash";
      // The write has happened, and the caller cannot know.
      if (comes === "fail") return fate.draw() < 0.5 ? refused(503, "server-error") : lineFault("ECONNRESET");
      return new Response([204, 304].includes(given.statusCode) ? null : given.body, {
        status: given.statusCode,
        headers: given.headers as Record<string, string>,
      });
    });
    if (answer === "crash" || life.dead) return NEVER;
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

/** Nothing was written: the line was down, the network busy, or it says so itself. */
function beforeIt(drawn: number): Response | Error {
  if (drawn < 0.4) return lineFault("ECONNREFUSED");
  if (drawn < 0.6) return lineFault("ECONNRESET");
  if (drawn < 0.8) return refused(429, "rate-limited", { "retry-after": "20" });
  return refused(503, "unavailable");
}
