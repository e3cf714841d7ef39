import { Writable } from "node:stream";
import { pino } from "pino";
import { networkAdapters, type RunningChannels, routes, startChannels } from "../../server/modules/channels/index.ts";
import type { Actor } from "../../server/platform/http/actor.ts";
import { createRoutes } from "../../server/platform/http/routes.ts";
import { type Company, openHttp, type Town } from "./channels-kit.ts";

export interface ChannelsApi {
  /** Where it listens, for webhooks. */
  url: string;
  running: RunningChannels;
  call(
    method: "GET" | "PUT" | "POST" | "DELETE",
    url: string,
    body?: object,
    verbs?: readonly string[],
    commandId?: string,
    // biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes
  ): Promise<{ status: number; body: any }>;
  /** Everything that was logged so far, so that what must not be in a log can be looked for. */
  logged(): string;
  close(): Promise<void>;
}

/** The addresses of `channels` over HTTP, with everything running, for one company. */
export async function openChannelsApi(
  town: Pick<Town, "db" | "clock">,
  us: Pick<Company, "accountId" | "brandId">,
  more: { mayBeInside?: boolean; watch?: boolean } = {},
): Promise<ChannelsApi> {
  let log = "";
  const noisy = pino(
    { level: "trace" },
    new Writable({
      write(chunk, _encoding, done) {
        log += String(chunk);
        done();
      },
    }),
  );
  const adapters = networkAdapters(town.clock);
  const app = openHttp(noisy);
  let url = "";
  const running = startChannels({
    ...{ accounts: [us.accountId], db: town.db, clock: town.clock, log: noisy, adapters },
    ...{ chance: () => 0, watch: more.watch ?? true },
    get publicUrl() {
      return url || "http://127.0.0.1";
    },
  });
  let verbs: readonly string[] = [];
  const actor = (): Actor => ({
    ...{ accountId: us.accountId, kind: "agent", id: us.brandId, name: "Priya Nair", csrf: null },
    grants: verbs.map((verb) => ({ verb, scope: "account", scopeId: null })),
  });
  routes(
    createRoutes(app, town.db, async () => actor(), true),
    { running, adapters, mayBeInside: more.mayBeInside ?? false },
  );
  url = await app.listen({ port: 0, host: "127.0.0.1" });
  let command = 0;
  return {
    ...{ url, running, logged: () => log },
    async call(method, path, body, as = ["channel.read", "channel.manage"], commandId) {
      verbs = as;
      const answer = await app.inject({
        ...{ method, url: path },
        ...(body && { payload: body }),
        headers: { "idempotency-key": commandId ?? `command-${++command}` },
      });
      return { status: answer.statusCode, body: answer.json() };
    },
    async close() {
      await app.close();
      await running.close();
    },
  };
}
