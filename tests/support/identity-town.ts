import {
  type Heard,
  handleKey,
  type Identity,
  identityOf,
  joinCustomers,
  learnIdentities,
  meetHandles,
  previewJoin,
} from "#modules/customers";
import { addAgent } from "#modules/people";
import { type Database, sql } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { makeAccount, TEST_START } from "./database.ts";

/** An account with one agent who says who is who. */
export interface Town {
  accountId: AccountId;
  brandId: string;
  bea: string;
}
export interface Says {
  from: Identity;
  text?: string;
  private?: boolean;
  verified?: Heard["verified"];
}
export const who = (network: string, handle: string, more: Partial<Identity> = {}): Identity => ({
  ...{ network, scope: "*", externalId: `${network}:${handle}`, handle, name: "", at: TEST_START },
  ...more,
});

/** What tests of joins do again and again. */
export function identityTowns(db: Database) {
  async function found(): Promise<Town> {
    const { accountId, brandId } = await makeAccount(db);
    const email = `bea-${accountId}@northwind.example`;
    const bea = await db.withAccount(accountId, (tx) =>
      addAgent(tx, { name: "Bea", initials: "B", email, password: "a password of twelve words" }),
    );
    return { accountId, brandId, bea };
  }
  /** A run of messages as the pipeline hands them over. Returns each writer's handle and customer by network and handle. */
  async function hear(t: Town, ...said: Says[]): Promise<Map<string, { handleId: string; customerId: string }>> {
    return db.withAccount(t.accountId, async (tx) => {
      const met = await meetHandles(
        tx,
        said.map((s) => s.from),
      );
      const heard = said.map(
        (s): Heard => ({
          ...{ handleId: met.get(handleKey(s.from))!.handleId, messageId: crypto.randomUUID(), brandId: t.brandId },
          ...{ text: s.text ?? "", language: "en", public: !s.private, isBot: false, at: s.from.at },
          verified: s.verified,
        }),
      );
      const moved = new Map((await learnIdentities(tx, met.values(), heard)).map((m) => [m.handleId, m.to]));
      return new Map(
        said.map((s) => {
          const { handleId, customerId } = met.get(handleKey(s.from))!;
          return [`${s.from.network}:${s.from.handle}`, { handleId, customerId: moved.get(handleId) ?? customerId }];
        }),
      );
    });
  }
  const look = (t: Town, customerId: string) => db.withAccount(t.accountId, (tx) => identityOf(tx, customerId));
  async function pair(t: Town): Promise<[string, string]> {
    const met = await hear(
      t,
      { from: who("x", "mo_lamp", { name: "Mo Lamp" }) },
      { from: who("bluesky", "mo.example", { name: "Mo" }) },
    );
    return [met.get("x:mo_lamp")!.customerId, met.get("bluesky:mo.example")!.customerId];
  }
  const join = async (t: Town, a: string, b: string) =>
    db.withAccount(t.accountId, async (tx) => {
      const seen = (await previewJoin(tx, a, b))!;
      const version = (id: string) => seen.versions.find((v) => v.id === id)!.version;
      return joinCustomers(tx, {
        ...{ customerId: a, otherId: b, by: t.bea, reason: "", expectedVersion: version(a), otherVersion: version(b) },
      });
    });
  /** Who is who, as every other module sees it; no versions, no history. */
  async function state(t: Town): Promise<string> {
    return db.withAccount(t.accountId, async (tx) => {
      const handles = await sql<object>`
        select h.id, h.customer_id, h.name, j.evidence, j.confidence, j.author_kind from handle h
        left join handle_join j on j.account_id = h.account_id and j.handle_id = h.id and j.undone_at is null
        where h.account_id = ${t.accountId} order by h.id, j.id`.execute(tx.tables());
      const customers = await sql<object>`
        select id, name, merged_into, state, first_seen_at, last_seen_at from customer where account_id = ${t.accountId} order by id`.execute(
        tx.tables(),
      );
      return JSON.stringify([handles.rows, customers.rows]);
    });
  }
  return { found, hear, look, pair, join, state };
}
