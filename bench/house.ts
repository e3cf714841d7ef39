import { createHmac } from "node:crypto";
import { join } from "node:path";
import { makeCompany } from "../server/app/cli/make-company.ts";
import { connectChannel } from "../server/modules/channels/index.ts";
import { brandsOf, useKeyRing } from "../server/modules/company/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import { type Database, openDatabase } from "../server/platform/db.ts";
import { type AccountId, uuidv7 } from "../server/platform/ids.ts";
import { silentLog } from "../server/platform/log.ts";
import { migrate } from "../server/platform/migrate.ts";
import { createDatabase, type EmbeddedPostgres, startEmbeddedPostgres } from "../server/platform/postgres/index.ts";

export const SECRET = "app-secret-of-the-bench";
export const HANDLE = "northwind";

/** The real PostgreSQL with the settings of the product, in a temporary folder. */
export async function withPostgres<T>(folder: string, run: (server: EmbeddedPostgres) => Promise<T>): Promise<T> {
  useKeyRing(new Uint8Array(32).fill(1));
  const server = await startEmbeddedPostgres({ dataDir: join(folder, "data"), log: silentLog });
  try {
    return await run(server);
  } finally {
    await server.destroy();
  }
}

/** A migrated database of its own: what one round leaves does not weigh on the next. */
export async function withFreshDatabase<T>(server: EmbeddedPostgres, run: (db: Database) => Promise<T>): Promise<T> {
  const address = await createDatabase(server.cluster, `bench_${uuidv7(systemClock.now()).replaceAll("-", "")}`);
  await migrate(address.owner, systemClock.now());
  const db = openDatabase(address, systemClock);
  try {
    return await run(db);
  } finally {
    await db.close();
  }
}

export interface BenchCompany {
  accountId: AccountId;
  channelId: string;
  hookId: string;
}

/** An account with a queue and the playground's kind of channel; nobody listens at its address. */
export async function company(db: Database): Promise<BenchCompany> {
  const wanted = { name: "Northwind", brand: "Northwind", agent: "Priya Nair", zone: "UTC", language: "en" };
  const email = `${uuidv7(systemClock.now())}@northwind.example`;
  const { accountId } = await makeCompany(db, { ...wanted, email }, "a password for the bench");
  const channel = await db.withAccount(accountId, async (tx) =>
    connectChannel(tx, {
      brandId: (await brandsOf(tx))[0]!.id,
      network: "playground",
      name: "Playground",
      externalId: "pr_us",
      handle: HANDLE,
      config: { baseUrl: "http://127.0.0.1:9", network: "nw_1" },
      secret: { token: "token-of-the-bench", appSecret: SECRET },
    }),
  );
  return { accountId, ...channel };
}

/** What people write who need help. */
export const pleas = [
  "my line is down since this morning and nobody answers. What is going on?",
  "I was charged twice this month. Please help me, this is the third time I ask.",
  "why does my parcel with the new router not arrive? I have waited for nine days now.",
  "the app throws me out whenever I try to pay my bill. Can somebody fix this?",
];

/** A signed webhook request with one post in it: person `n` names us with a trouble, so that it opens work. */
export function webhook(
  n: number,
  now: number,
): { method: string; headers: Record<string, string>; query: Record<string, string>; body: Uint8Array } {
  const at = new Date(now).toISOString();
  const author = {
    id: `pr_${n}`,
    handle: `person${n}`,
    name: `Person ${n}`,
    followers: n % 500,
    verified: false,
    url: `http://p/@person${n}`,
  };
  const post = {
    ...{
      id: `po_${n}`,
      url: `http://p/posts/po_${n}`,
      author,
      text: `@${HANDLE} ${pleas[n % pleas.length]}`,
      language: "en",
    },
    ...{ createdAt: at, editedAt: null, deletedAt: null, revision: 1, rootId: `po_${n}`, parentId: null },
    mentions: [{ handle: HANDLE, profileId: "pr_us" }],
  };
  const events = [{ seq: n + 1, id: `ev_${n}`, type: "post.created", at, post }];
  const body = JSON.stringify({ network: "nw_1", webhook: "wh_1", company: HANDLE, events });
  const t = Math.floor(now / 1_000);
  const v1 = createHmac("sha256", SECRET).update(`${t}.${body}`).digest("hex");
  const headers = { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` };
  return { method: "POST", headers, query: {}, body: Buffer.from(body) };
}
