import { createHmac, randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { type Playground, startPlayground } from "../../playground/index.ts";
import {
  type Adapter,
  type ChannelsOptions,
  connectChannel,
  enqueueDelivery,
  hooks,
  type Message,
  networkAdapters,
  type Permit,
  type RunningChannels,
  type SendIntent,
  startChannels,
} from "../../server/modules/channels/index.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import type { ManualClock } from "../../server/platform/clock.ts";
import { type Database, sql, type Tx } from "../../server/platform/db.ts";
import { problemHandler } from "../../server/platform/http/problem.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { type Log, silentLog } from "../../server/platform/log.ts";
import { makeAccount, openTestDatabase } from "./database.ts";
import { useTestBlobs } from "./test-blobs.ts";

export const SECRET = "app-secret-of-northwind";
const KEY = "simulator-key-for-tests";
// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes, and the tests look into them
type Json = any;

/** One database, one HTTP server, and a playground network, for the tests of a file. */
export interface Town {
  db: Database;
  clock: ManualClock;
  playground: Playground;
  sim(method: string, path: string, body?: unknown, as?: string): Promise<Json>;
  company(): Promise<Company>;
  close(): Promise<void>;
}

/** A company with its page on the playground and its channel here. */
export interface Company {
  accountId: AccountId;
  brandId: string;
  channelId: string;
  hookId: string;
  handle: string;
  profileId: string;
  app: FastifyInstance;
  channels: RunningChannels;
  /** Another process over the same database. */
  another(options?: {
    dark?: boolean;
    adapters?: Record<string, Adapter>;
    scanner?: ChannelsOptions["scanner"];
  }): RunningChannels;
  act<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** The network's feed of this company, from a sequence number on. */
  feed(since?: number): Promise<Json[]>;
  /** Signs and posts a body as the network does. */
  push(
    events: readonly unknown[],
    change?: { secret?: string; at?: number; header?: string; body?: string; hookId?: string },
  ): Promise<{ status: number; headers: Record<string, unknown>; body: Json }>;
  messages(): Promise<Message[]>;
  announced(type: string): Promise<Json[]>;
  /** What the network accepted from this company: the oracle. */
  accepted(): Promise<Json[]>;
  reply(
    to: { id: string; author: { handle: string; id: string }; rootId: string },
    text: string,
    change?: Partial<{
      permit: Permit;
      notAfter: number;
      intent: SendIntent;
      threadKey: string;
      notBefore: number;
      files: { id: string; alt: string }[];
    }>,
  ): Promise<string>;
}

export async function openTown(): Promise<Town> {
  useKeyRing(new Uint8Array(32).fill(7));
  const { db, clock } = openTestDatabase();
  useTestBlobs(db);
  const playground = await startPlayground({
    port: 0,
    clock,
    simulatorKey: KEY,
    webhookRetry: { firstMs: 1, maxMs: 5, timeoutMs: 2_000 },
  });
  const closers: (() => Promise<unknown>)[] = [];
  async function sim(method: string, path: string, body?: unknown, as?: string): Promise<Json> {
    const answer = await fetch(playground.url + path, {
      method,
      headers: {
        "x-playground-key": KEY,
        ...(body !== undefined && { "content-type": "application/json" }),
        ...(as && { "x-playground-as": as }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  }
  await sim("PUT", "/sim/v1/people", {
    people: [
      { handle: "carla", name: "Carla Ruiz", followers: 1240 },
      { handle: "bob", name: "Bob" },
    ],
  });
  let companies = 0;
  return {
    db,
    clock,
    playground,
    sim,
    company: async () => {
      const made = await openCompany({ db, clock, playground, sim }, `northwind${++companies}`);
      closers.push(() => made.close());
      return made.company;
    },
    async close() {
      for (const close of closers) await close();
      await playground.close();
      await db.close();
    },
  };
}

async function openCompany(
  { db, clock, playground, sim }: Pick<Town, "db" | "clock" | "playground" | "sim">,
  handle: string,
) {
  const { accountId, brandId } = await makeAccount(db, handle);
  const { profile, token } = await sim("PUT", `/admin/companies/${handle}`, {
    name: "Northwind Mobile",
    appSecret: SECRET,
    token: `token-of-${handle}-0001`,
  });
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const { channelId, hookId } = await act((tx) =>
    connectChannel(tx, {
      brandId,
      network: "playground",
      name: "Playground",
      externalId: profile.id,
      handle,
      config: { baseUrl: playground.url, network: playground.network },
      secret: { token, appSecret: SECRET },
    }),
  );
  const running: RunningChannels[] = [];
  const another: Company["another"] = ({ dark = false, adapters, scanner = null } = {}) => {
    const made = startChannels({
      accounts: [accountId],
      db,
      clock,
      log: silentLog,
      adapters: adapters ?? networkAdapters(clock),
      publicUrl: "http://127.0.0.1",
      watch: false,
      chance: () => 0,
      sendTimeoutMs: 1_000,
      dark,
      scanner,
    });
    running.push(made);
    return made;
  };
  const channels = another();
  const app = openHttp(silentLog);
  hooks({ app }, channels);
  await app.ready();

  const company: Company = {
    accountId,
    brandId,
    channelId,
    hookId,
    handle,
    profileId: profile.id,
    app,
    channels,
    another,
    act,
    async feed(since = 0) {
      const answer = await fetch(`${playground.url}/api/v1/events?since=${since}&limit=500`, {
        headers: { authorization: `Bearer ${token}` },
      });
      return ((await answer.json()) as Json).events;
    },
    async push(events, { secret = SECRET, at = clock.now(), header, body, hookId: to = hookId } = {}) {
      const payload = body ?? JSON.stringify({ network: playground.network, webhook: "wh_1", company: handle, events });
      const t = Math.floor(at / 1_000);
      const signature = header ?? `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${payload}`).digest("hex")}`;
      const answer = await app.inject({
        method: "POST",
        url: `/hooks/${to}`,
        payload,
        headers: { "content-type": "application/json", "x-playground-signature": signature },
      });
      return { status: answer.statusCode, headers: answer.headers, body: answer.json() };
    },
    messages: () =>
      act(async (tx) => {
        const { messagesById } = await import("../../server/modules/channels/index.ts");
        const ids = await sql<{
          id: string;
        }>`select id from message where account_id = ${accountId} order by id`.execute(tx.tables());
        return (
          await messagesById(
            tx,
            ids.rows.map((r) => r.id),
          )
        ).sort((a, b) => (a.id < b.id ? -1 : 1));
      }),
    announced: (type) =>
      act(
        async (tx) =>
          (
            await sql<Json>`select payload, key, entity_version from event where account_id = ${accountId} and type = ${type} order by ord`.execute(
              tx.tables(),
            )
          ).rows,
      ),
    async accepted() {
      return (await sim("GET", `/admin/accepted?caller=${handle}&limit=1000`)).accepted;
    },
    reply: (to, text, change = {}) =>
      act(async (tx) => {
        const line = "— Priya Nair, Northwind Mobile";
        const { deliveryId } = await enqueueDelivery(tx, {
          channelId,
          brandId,
          threadKey: change.threadKey ?? `post:${to.rootId}`,
          intent: change.intent ?? {
            op: "reply",
            toExternalId: to.id,
            toHandle: to.author.handle,
            toAuthorId: to.author.id,
          },
          text: change.permit?.audience === "private" ? text : `${text} ${line}`,
          agentId: brandId,
          conversationId: null,
          permit: "permit" in change ? change.permit! : permitOf("public", line),
          notBefore: change.notBefore ?? tx.now,
          notAfter: change.notAfter ?? null,
          ...(change.files && { files: { by: brandId, list: change.files } }),
        });
        return deliveryId;
      }),
  };
  return {
    company,
    async close() {
      await Promise.all(running.map((r) => r.close()));
      await app.close();
    },
  };
}

/** A server that answers problems as the real one does. */
export function openHttp(log: Log): FastifyInstance {
  const app = Fastify({ genReqId: () => randomUUID(), routerOptions: { maxParamLength: 400 } });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(problemHandler(log));
  return app;
}

export function permitOf(audience: "public" | "private", text = ""): Permit {
  return {
    policyVersion: 1,
    disclosure: { text, style: "full-name", agentId: null, agentName: "Priya Nair", brandName: "Northwind Mobile" },
    approval: null,
    preflightVersion: 1,
    audience,
  };
}
