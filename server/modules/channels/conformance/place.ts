import { randomBytes, randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { seal } from "#modules/company";
import { type Database, json, sql, type Tx } from "#platform/db";
import { problemHandler } from "#platform/http/problem";
import { type AccountId, uuidv7 } from "#platform/ids";
import { newTrace } from "#platform/trace";
import { disclosureLine } from "#shared/disclosure";
import { makeAccount } from "../../../../tests/support/database.ts";
import { hookRoutes } from "../api/hooks.ts";
import { isKnownNetwork } from "../capabilities.ts";
import { connectChannel, type NewChannel } from "../channels.ts";
import type { Adapter, SendIntent } from "../domain/adapter.ts";
import type { Message } from "../domain/message.ts";
import type { Permit } from "../domain/permit.ts";
import { messagesById } from "../messages.ts";
import { type Delivery, deliveriesById, enqueueDelivery } from "../outbox/deliveries.ts";
import { type ChannelsOptions, type RunningChannels, startChannels } from "../start.ts";
import { type ChannelRow, findChannel, insertChannel } from "../store/channel-store.ts";
import { insertRaw } from "../store/raw-store.ts";
import { mainAudience, spokenAudience } from "./cases.ts";
import type { Counterpart, House, Ours, Said, Saying, Stranger, Told } from "./kit.ts";

// biome-ignore lint/suspicious/noExplicitAny: rows and payloads of many shapes, and the cases look into them
type Json = any;

const AGENT = "Priya Nair";
const BRAND = "Northwind Mobile";
export const CLOSING = disclosureLine("signature", AGENT, BRAND, "en");

export interface Answering {
  permit?: Permit;
  intent?: SendIntent;
  notBefore?: number;
  notAfter?: number | null;
  /** As it is: without the disclosure's line behind it. */
  bare?: boolean;
}

/** An account with one channel on the network, run by the real receiver, parser, pulls and outbox. */
export interface Place {
  readonly house: House;
  readonly adapter: Adapter;
  readonly counterpart: Counterpart;
  readonly ours: Ours;
  readonly accountId: AccountId;
  readonly brandId: string;
  readonly channelId: string;
  readonly hookId: string;
  readonly channels: RunningChannels;
  readonly app: FastifyInstance;
  /** Another process over the same data, with another adapter or database when wanted. */
  another(change?: Partial<ChannelsOptions> & { adapter?: Adapter }): RunningChannels;
  act<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  stranger(): Promise<Stranger>;
  /** A stranger says something where strangers speak; it is not here yet. */
  say(text: string, more?: Partial<Saying> & { who?: Stranger }): Promise<Said>;
  /** Brings in what the network tells, as it comes: a signed push by HTTP, or a page with its source. */
  take(told: Told, at?: number): Promise<void>;
  /** Signs and posts a body; answers the status. */
  push(body: Uint8Array, change?: PushChange): Promise<{ status: number; headers: Record<string, unknown> }>;
  drain(): Promise<void>;
  /** Said, brought in and stored. */
  heard(text: string, more?: Partial<Saying> & { who?: Stranger }): Promise<Message>;
  messages(): Promise<Message[]>;
  message(externalId: string): Promise<Message | undefined>;
  announced(type: string): Promise<Json[]>;
  rows(query: (accountId: string) => ReturnType<typeof sql<Json>>): Promise<Json[]>;
  row(): Promise<ChannelRow>;
  quarantined(): Promise<number>;
  stored(): Promise<number>;
  reply(to: Message, text: string, how?: Answering): Promise<string>;
  delivery(id: string): Promise<Delivery>;
  /** Moves the clock in steps and sends what is due, until the delivery has come to an end or waits for a person. */
  settle(id: string, channels?: RunningChannels): Promise<Delivery>;
  close(): Promise<void>;
}

export interface PushChange {
  at?: number;
  hookId?: string;
  headers?: Readonly<Record<string, string>>;
}

export interface PlaceDeps {
  house: House;
  adapter: Adapter;
  counterpart: Counterpart;
  number(): number;
}

export async function openPlace(deps: PlaceDeps, log = deps.house.log): Promise<Place> {
  const { house, adapter, counterpart } = deps;
  const { db, clock } = house;
  const n = deps.number();
  const ours = await counterpart.join(n);
  const { accountId, brandId } = await makeAccount(db, `company ${n}`);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const { channelId, hookId } = await act((tx) => connect(tx, { ...ours.channel, brandId }, adapter));
  const running: RunningChannels[] = [];
  const another: Place["another"] = ({ adapter: own = adapter, ...change } = {}) => {
    const made = startChannels({
      ...{ accounts: [accountId], db, clock, log, adapters: { [own.network]: own } },
      ...{ publicUrl: "http://127.0.0.1", watch: false, chance: () => 0, sendTimeoutMs: 2_500, ...change },
    });
    running.push(made);
    return made;
  };
  const channels = another();
  const app = await openHooks(channels, log);
  const rows: Place["rows"] = (query) => act(async (tx) => (await query(accountId).execute(tx.tables())).rows);

  const place: Place = {
    ...{ house, adapter, counterpart, ours, accountId, brandId, channelId, hookId, channels, app, another, act, rows },
    stranger: () => counterpart.stranger(deps.number()),
    async say(text, { who, ...more } = {}) {
      const audience = more.audience ?? spokenAudience(adapter.capabilities);
      return ours.say(who ?? (await place.stranger()), { text, audience, ...more });
    },
    async take(told, at = clock.now()) {
      if (told.source !== "webhook") return storePage(place, told);
      const answer = await place.push(told.body, { at });
      if (answer.status !== 200) throw new Error(`a push was answered with ${answer.status}`);
    },
    async push(body, { at = clock.now(), hookId: to = hookId, headers } = {}) {
      const answer = await app.inject({
        ...{ method: "POST", url: `/hooks/${to}`, payload: Buffer.from(body) },
        headers: { "content-type": "application/json", ...(headers ?? ours.sign?.(body, at)) },
      });
      return { status: answer.statusCode, headers: answer.headers };
    },
    async drain() {
      await channels.drainInbound();
    },
    async heard(text, more) {
      const said = await place.say(text, more);
      await place.take(said.told);
      await place.drain();
      const message = await place.message(said.externalId);
      if (!message) throw new Error(`what a stranger said is not here: ${said.externalId}`);
      return message;
    },
    async messages() {
      const ids = await rows((id) => sql`select id from message where account_id = ${id}`);
      const all = await act((tx) =>
        messagesById(
          tx,
          ids.map((r) => r.id),
        ),
      );
      return all.sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
    },
    message: async (externalId) => (await place.messages()).find((m) => m.externalId === externalId),
    announced: async (type) =>
      (await rows((id) => sql`select payload from event where account_id = ${id} and type = ${type} order by ord`)).map(
        (r) => r.payload,
      ),
    async row() {
      const row = await act((tx) => findChannel(tx, channelId));
      if (!row) throw new Error("the channel is gone");
      return row;
    },
    quarantined: async () =>
      (
        await rows(
          (id) => sql`select count(*)::int as n from raw_inbox where account_id = ${id} and state = 'quarantined'`,
        )
      )[0].n,
    stored: async () =>
      (await rows((id) => sql`select count(*)::int as n from raw_inbox where account_id = ${id}`))[0].n,
    reply: (to, text, how) => act((tx) => enqueueReply(tx, place, to, text, how)),
    async delivery(id) {
      const found = (await act((tx) => deliveriesById(tx, [id]))).get(id);
      if (!found) throw new Error(`there is no delivery ${id}`);
      return found;
    },
    async settle(id, by = channels) {
      for (let i = 0; i < 40; i++) {
        await by.drainOutbox();
        const now = await place.delivery(id);
        if (!["pending", "in-flight", "unknown"].includes(now.state) || now.error?.forHuman) return now;
        clock.advance(SETTLE_STEPS[Math.min(i, SETTLE_STEPS.length - 1)]!);
      }
      return place.delivery(id);
    },
    async close() {
      await Promise.all(running.map((r) => r.close()));
      await app.close();
    },
  };
  return place;
}

/** A network that this build does not know yet brings its capabilities with its channel. */
async function connect(tx: Tx, made: NewChannel, { capabilities }: Adapter) {
  if (isKnownNetwork(made.network)) return connectChannel(tx, made);
  const [channelId, hookId] = [uuidv7(tx.now), randomBytes(24).toString("base64url")];
  const { brandId, network, name, externalId, handle, config = {} } = made;
  const secret = made.secret ? await seal(tx, Buffer.from(JSON.stringify(made.secret))) : null;
  await insertChannel(tx, {
    ...{ id: channelId, hookId, brandId, network, name, externalId, handle, config, secret, state: "on" },
    overrides: { ...capabilities, ...made.capabilities },
  });
  return { channelId, hookId };
}

/** Short steps first, so that a claim that runs out is seen to run out; then as long as the longest wait. */
const SETTLE_STEPS = [2_000, 10_000, 2_000, 6_000, 20_000, 70_000, 310_000];

export async function openHooks(channels: RunningChannels, log: House["log"]): Promise<FastifyInstance> {
  const app = Fastify({ genReqId: () => randomUUID(), routerOptions: { maxParamLength: 400 } });
  app.setValidatorCompiler(validatorCompiler);
  app.setErrorHandler(problemHandler(log));
  hookRoutes({ app } as Parameters<typeof hookRoutes>[0], channels.receiver);
  await app.ready();
  return app;
}

/** As `keepPage` does it, without a cursor. */
async function storePage({ act, channelId }: Place, told: Told): Promise<void> {
  await act(async (tx) =>
    insertRaw(tx, [
      {
        ...{ id: uuidv7(tx.now), channelId, source: told.source, receivedAt: tx.now, head: json(told.head ?? {}) },
        ...{ body: await seal(tx, told.body), traceId: newTrace(tx.now), replayKey: null },
      },
    ]),
  );
}

export function permitFor(audience: "public" | "private"): Permit {
  return {
    ...{ policyVersion: 1, preflightVersion: 1, approval: null, audience },
    disclosure: { text: CLOSING, style: "full-name", agentId: null, agentName: AGENT, brandName: BRAND },
  };
}

/** The words as the desk hands them over: in public with the disclosure's line behind them. */
export const signed = (text: string, audience: "public" | "private"): string =>
  audience === "public" ? `${text} ${CLOSING}` : text;

/** What the desk does when an agent sends. */
export async function enqueueReply(
  tx: Tx,
  place: Place,
  to: Message,
  text: string,
  how: Answering = {},
): Promise<string> {
  const permit =
    how.permit ?? permitFor(to.visibility === "private" ? "private" : mainAudience(place.adapter.capabilities));
  const intent = how.intent ?? {
    ...{ op: "reply" as const, toExternalId: to.externalId, toHandle: to.authorHandle, toAuthorId: to.authorId },
  };
  const { deliveryId } = await enqueueDelivery(tx, {
    ...{ channelId: place.channelId, brandId: place.brandId, threadKey: to.threadKey, intent, permit },
    ...{ text: how.bare ? text : signed(text, permit.audience), agentId: place.brandId, conversationId: null },
    ...{ notBefore: how.notBefore ?? tx.now, notAfter: how.notAfter ?? null },
  });
  return deliveryId;
}

/** Reaches the database as any other, until told that the process dies in its next transaction. */
export function mortal(db: Database): { db: Database; die(): void } {
  let dying = false;
  const withAccount: Database["withAccount"] = (accountId, run, ...rest) =>
    dying
      ? db.withAccount(
          accountId,
          async (tx) => {
            await run(tx);
            dying = false;
            throw new Error("the process dies before the commit");
          },
          ...rest,
        )
      : db.withAccount(accountId, run, ...rest);
  return {
    db: Object.create(db, { withAccount: { value: withAccount } }) as Database,
    die: () => {
      dying = true;
    },
  };
}
