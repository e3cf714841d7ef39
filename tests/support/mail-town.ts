import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { blobStore } from "../../server/app/blob-store.ts";
import {
  type Adapter,
  connectChannel,
  enqueueDelivery,
  type Message,
  messagesById,
  networkAdapters,
  type RunningChannels,
  startChannels,
  useBlobs,
} from "../../server/modules/channels/index.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { diskFiles } from "../../server/platform/blobs/disk-files.ts";
import { type Database, sql, type Tx } from "../../server/platform/db.ts";
import type { AccountId } from "../../server/platform/ids.ts";
import { silentLog } from "../../server/platform/log.ts";
import { permitOf } from "./channels-kit.ts";
import { makeAccount, openTestDatabase } from "./database.ts";
import { TravelClock } from "./travel-clock.ts";

// biome-ignore lint/suspicious/noExplicitAny: rows of many shapes, and the tests look into them
type Json = any;

export const KEY_RING = new Uint8Array(32).fill(7);

/** A company with a mailbox that somebody else serves. */
export interface MailCompany {
  accountId: AccountId;
  brandId: string;
  channelId: string;
  clock: TravelClock;
  db: Database;
  channels: RunningChannels;
  act<T>(run: (tx: Tx) => Promise<T>): Promise<T>;
  /** In the order in which they were said. */
  messages(): Promise<Message[]>;
  rows(query: ReturnType<typeof sql<Json>>): Promise<Json[]>;
  row(): Promise<Json>;
  cursor(): Promise<Json>;
  reply(to: Message, text: string, change?: object): Promise<string>;
  delivery(id: string): Promise<{ state: string; error: Json; parts: Json[] }>;
  /** Ends this process's channels and starts them again over the same data. */
  restart(adapter?: Adapter): Promise<void>;
}

export interface MailTown {
  db: Database;
  clock: TravelClock;
  company(mailbox: Mailbox): Promise<MailCompany>;
  close(): Promise<void>;
}

export interface Mailbox {
  address: string;
  config: Record<string, unknown>;
  secret: Record<string, string>;
  adapter?: Adapter;
}

export async function openMailTown(at: number): Promise<MailTown> {
  useKeyRing(KEY_RING);
  const { db: still } = openTestDatabase();
  await still.close();
  const clock = new TravelClock(at);
  const { db } = openTestDatabase(clock as never);
  const folder = mkdtempSync(join(tmpdir(), "hubbub-mail-"));
  useBlobs(blobStore(db, diskFiles(folder), KEY_RING));
  const running: MailCompany[] = [];
  return {
    ...{ db, clock },
    async company(mailbox) {
      const made = await openCompany(db, clock, mailbox);
      running.push(made);
      return made;
    },
    async close() {
      for (const company of running) await company.channels.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openCompany(db: Database, clock: TravelClock, mailbox: Mailbox): Promise<MailCompany> {
  const { accountId, brandId } = await makeAccount(db, "Northwind");
  const act = <T>(run: (tx: Tx) => Promise<T>) => db.withAccount(accountId, run);
  const { channelId } = await act((tx) =>
    connectChannel(tx, {
      ...{ brandId, network: "email", name: "Support", externalId: mailbox.address, handle: mailbox.address },
      ...{ config: mailbox.config, secret: mailbox.secret },
    }),
  );
  const run = (adapter: Adapter | undefined) =>
    startChannels({
      ...{ accounts: [accountId], db, clock, log: silentLog, publicUrl: "http://127.0.0.1", chance: () => 0 },
      adapters: { ...networkAdapters(clock), ...(adapter && { email: adapter }) },
      holder: "one",
    });
  const rows = (query: ReturnType<typeof sql<Json>>) => act(async (tx) => (await query.execute(tx.tables())).rows);
  const company: MailCompany = {
    ...{ accountId, brandId, channelId, clock, db, act, rows, channels: run(mailbox.adapter) },
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
    async cursor() {
      const [found] = await rows(
        sql`select value from channel_cursor where account_id = ${accountId} and channel_id = ${channelId} and stream = 'mailbox'`,
      );
      return found && JSON.parse(found.value);
    },
    reply: (to, text, change = {}) =>
      act(async (tx) => {
        const made = await enqueueDelivery(tx, {
          ...{ channelId, brandId, threadKey: to.threadKey, agentId: brandId, conversationId: null },
          intent: { op: "message", toHandle: to.authorHandle, toAuthorId: to.authorId },
          ...{ text, permit: permitOf("private", ""), notBefore: tx.now, notAfter: null },
          ...change,
        });
        return made.deliveryId;
      }),
    async delivery(id) {
      const [row] = await rows(sql`select state, error from delivery where account_id = ${accountId} and id = ${id}`);
      const parts = await rows(
        sql`select state, text, client_id, external_id, receipt from delivery_part where account_id = ${accountId} and delivery_id = ${id} order by idx`,
      );
      return { ...row, parts };
    },
    async restart(adapter) {
      await company.channels.close();
      company.channels = run(adapter ?? mailbox.adapter);
    },
  };
  return company;
}
