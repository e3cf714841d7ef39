import {
  type BlueskyAnswers,
  blueskyChannel,
  connectChannel,
  enqueueDelivery,
  type Message,
  messagesById,
  networkAdapters,
  type RunningChannels,
  startChannels,
} from "../../../server/modules/channels/index.ts";
import { useKeyRing } from "../../../server/modules/company/index.ts";
import { type Database, sql, type Tx } from "../../../server/platform/db.ts";
import type { AccountId } from "../../../server/platform/ids.ts";
import { silentLog } from "../../../server/platform/log.ts";
import { permitOf } from "../channels-kit.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../database.ts";
import { useTestBlobs } from "../test-blobs.ts";
import { TravelClock } from "../travel-clock.ts";
import { type FakePds, type Json, type Person, startFakePds } from "./index.ts";

/** A fake AT Protocol network, and companies with a Bluesky channel on it. */
export interface AtprotoTown {
  db: Database;
  clock: TravelClock;
  net: FakePds;
  company(handle: string, more?: Partial<BlueskyAnswers>): Promise<AtprotoCompany>;
  close(): Promise<void>;
}

export interface AtprotoCompany {
  us: Person;
  accountId: AccountId;
  brandId: string;
  channelId: string;
  channels: RunningChannels;
  act<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  messages(): Promise<Message[]>;
  /** The stored secret, opened. */
  row(): Promise<Json>;
  announced(type: string): Promise<Json[]>;
  gaps(): Promise<Json[]>;
  reply(to: { uri: string }, text: string, files?: { id: string; alt: string }[]): Promise<string>;
  delivery(id: string): Promise<{ state: string; error: Json; parts: Json[] }>;
  /** What the network accepted from us. */
  accepted(): Json[];
  /** Ends this process's channels and starts them again over the same data. */
  restart(meanwhile?: () => Promise<void>): Promise<void>;
}

export async function openAtprotoTown(): Promise<AtprotoTown> {
  useKeyRing(new Uint8Array(32).fill(7));
  const { db: still } = openTestDatabase();
  await still.close();
  const clock = new TravelClock(TEST_START);
  const { db } = openTestDatabase(clock as never);
  useTestBlobs(db);
  const net = await startFakePds(clock);
  const closers: (() => Promise<unknown>)[] = [];
  return {
    ...{ db, clock, net },
    async company(handle, more = {}) {
      const made = await openCompany(db, clock, net, handle, more);
      closers.push(() => made.channels.close());
      return made;
    },
    async close() {
      for (const close of closers) await close();
      await net.close();
      await db.close();
    },
  };
}

async function openCompany(
  db: Database,
  clock: TravelClock,
  net: FakePds,
  handle: string,
  more: Partial<BlueskyAnswers>,
): Promise<AtprotoCompany> {
  const us = await net.person(handle);
  const { accountId, brandId } = await makeAccount(db, handle);
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const made = await blueskyChannel(clock, {
    ...{ brandId, name: "Bluesky", handle, appPassword: us.password, service: net.url, plc: net.url },
    ...{ appView: false, stream: { kind: "repos", url: net.firehoseUrl }, keywords: [], languages: [] },
    ...{ privateNetwork: true, ...more },
  });
  if (!made.ok) throw new Error(made.why);
  const { channelId } = await act((tx) => connectChannel(tx, made.channel));
  const run = () =>
    startChannels({
      ...{ accounts: [accountId], db, clock, log: silentLog, adapters: networkAdapters(clock) },
      ...{ publicUrl: "http://127.0.0.1", chance: () => 0, sendTimeoutMs: 1_500, holder: "one" },
    });
  const rows = (query: ReturnType<typeof sql<Json>>) => act(async (tx) => (await query.execute(tx.tables())).rows);
  const company: AtprotoCompany = {
    ...{ us, accountId, brandId, channelId, act, channels: run() },
    messages: () =>
      act(async (tx) => {
        const ids = await sql<{ id: string }>`select id from message where account_id = ${accountId}`.execute(
          tx.tables(),
        );
        const all = await messagesById(
          tx,
          ids.rows.map((r) => r.id),
        );
        return all.sort((a, b) => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1));
      }),
    async row() {
      return (await rows(sql`select * from channel where account_id = ${accountId} and id = ${channelId}`))[0];
    },
    async announced(type) {
      const found = await rows(
        sql`select payload from event where account_id = ${accountId} and type = ${type} order by ord`,
      );
      return found.map((r) => r.payload);
    },
    gaps: () => rows(sql`select * from channel_gap where account_id = ${accountId} order by opened_at`),
    reply: (to, text, files = []) =>
      act(async (tx) => {
        const line = "— Priya Nair, Northwind Mobile";
        const message = (await company.messages()).find((m) => m.externalId === to.uri)!;
        const made = await enqueueDelivery(tx, {
          ...{ channelId, brandId, threadKey: message.threadKey, agentId: brandId, conversationId: null },
          intent: { op: "reply", toExternalId: to.uri, toHandle: message.authorHandle, toAuthorId: message.authorId },
          ...{ text: `${text} ${line}`, permit: permitOf("public", line), notBefore: tx.now, notAfter: null },
          files: { by: brandId, list: files },
        });
        return made.deliveryId;
      }),
    async delivery(id) {
      const [row] = await rows(sql`select state, error from delivery where account_id = ${accountId} and id = ${id}`);
      const parts = await rows(
        sql`select state, text, client_id, external_id from delivery_part where account_id = ${accountId} and delivery_id = ${id} order by idx`,
      );
      return { ...row, parts };
    },
    accepted: () => net.methods.accepted.filter((a) => a.did === us.did),
    async restart(meanwhile) {
      await company.channels.close();
      await meanwhile?.();
      company.channels = run();
    },
  };
  return company;
}
