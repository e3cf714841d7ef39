import type { Instant } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import type { CustomerTables } from "./handle-store.ts";

/** A person or organisation, who speaks through many handles. Instants are epoch milliseconds. */
export interface Customer {
  id: string;
  name: string;
  kind: "person" | "organisation";
  language: string | null;
  /** The customer whom this one was found to be; null for one that stands for itself. */
  mergedInto: string | null;
  state: "live" | "erased";
  firstSeenAt: Instant;
  lastSeenAt: Instant;
  version: number;
}
/** An identity on one network. `evidence` says in a sentence why it belongs to its customer. */
export interface Handle {
  id: string;
  customerId: string;
  network: string;
  scope: string;
  externalId: string;
  handle: string;
  name: string;
  avatarUrl: string | null;
  profileUrl: string | null;
  followers: number | null;
  followersAt: Instant | null;
  verified: boolean;
  isBot: boolean;
  evidence: string;
  version: number;
}

export async function selectCustomers(tx: Tx, ids: readonly string[]): Promise<Customer[]> {
  const rows = await tx
    .tables<CustomerTables>()
    .selectFrom("customer")
    .selectAll()
    .where("account_id", "=", tx.accountId)
    .where("id", "=", sql<string>`any(${[...ids]}::uuid[])`)
    .execute();
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    kind: r.kind,
    language: r.language,
    mergedInto: r.merged_into,
    state: r.state,
    firstSeenAt: r.first_seen_at,
    lastSeenAt: r.last_seen_at,
    version: r.version,
  }));
}

/** Handles with the join that holds now, oldest handle first. */
export async function selectHandles(tx: Tx, by: "id" | "customer_id", ids: readonly string[]): Promise<Handle[]> {
  const rows = await tx
    .tables<CustomerTables>()
    .selectFrom("handle as h")
    .leftJoin("handle_join as j", (join) =>
      join
        .onRef("j.account_id", "=", "h.account_id")
        .onRef("j.handle_id", "=", "h.id")
        .onRef("j.customer_id", "=", "h.customer_id")
        .on("j.undone_at", "is", null),
    )
    .selectAll("h")
    .select("j.evidence")
    .where("h.account_id", "=", tx.accountId)
    .where(`h.${by}`, "=", sql<string>`any(${[...ids]}::uuid[])`)
    .where("h.state", "=", "live")
    .orderBy("h.first_seen_at")
    .orderBy("h.id")
    .execute();
  const byId = new Map<string, Handle>();
  for (const r of rows)
    byId.set(r.id, {
      id: r.id,
      customerId: r.customer_id,
      network: r.network,
      scope: r.scope,
      externalId: r.external_id,
      handle: r.handle,
      name: r.name,
      avatarUrl: r.avatar_url,
      profileUrl: r.profile_url,
      followers: r.followers,
      followersAt: r.followers_at,
      verified: r.verified,
      isBot: r.is_bot,
      evidence: r.evidence?.map((e) => e.text).join(" ") ?? "",
      version: r.version,
    });
  return [...byId.values()];
}
