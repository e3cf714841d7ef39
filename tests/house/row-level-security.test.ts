import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { makeAccount, openTestDatabase } from "../support/database.ts";

interface Relation {
  name: string;
  kind: "r" | "p" | "v" | "m";
  partition: boolean;
  secured: boolean;
  invoker: boolean;
  policies: { name: string; roles: string[]; qual: string | null; check: string | null }[];
  app: string[];
  system: string[];
  hasAccount: boolean;
}

/** Tables without an account, each with the reason. The application may not touch them. */
const WITHOUT_ACCOUNT: Record<string, string> = {
  schema_migration: "what was migrated; owner only",
  lease: "who leads; system only",
  sign_in_attempt: "before sign-in no account is known; system only",
  rate_window: "strangers who open a public page have no account yet; system only",
};
/** What crosses accounts, and why: the whole list of the system role. */
const SYSTEM_RIGHTS: Record<string, string> = {
  event: "SELECT,UPDATE", // the sequencer
  journal_head: "INSERT,SELECT,UPDATE", // the sequencer, readers looking for work
  lease: "INSERT,SELECT,UPDATE",
  reader_cursor: "SELECT", // metrics
  parked_event: "SELECT", // metrics
  timer: "SELECT", // which accounts have something due
  account: "SELECT",
  agent: "SELECT", // who has this e-mail address
  sign_in_attempt: "DELETE,INSERT,SELECT",
  rate_window: "DELETE,INSERT,SELECT,UPDATE",
  channel: "SELECT", // webhook address → channel
  invite: "SELECT", // an invitation's link → account
  raw_inbox: "SELECT", // which accounts have something to parse
  delivery: "SELECT", // which accounts have something to send
  moderation_act: "SELECT", // which accounts have something to do about a message on its network
  channel_attachment: "SELECT", // which accounts have a file to fetch
  escalation: "SELECT", // metrics
  page_delivery: "SELECT", // which accounts have a page to send
  side_question: "SELECT", // which accounts have a link of a side question to send
  outbound_file: "SELECT", // which accounts have a file to look through
};

async function relations(client: Client): Promise<Relation[]> {
  const found = await client.query<Relation>(`
    select c.relname as name, c.relkind as kind, c.relispartition as partition, c.relrowsecurity as secured,
      coalesce('security_invoker=true' = any(c.reloptions), false) as invoker,
      coalesce((select json_agg(json_build_object('name', p.policyname, 'roles', p.roles, 'qual', p.qual, 'check', p.with_check)) from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies,
      array(select v from unnest(array['SELECT','INSERT','UPDATE','DELETE','TRUNCATE']) v where has_table_privilege('hubbub_app', c.oid, v)) as app,
      array(select v from unnest(array['DELETE','INSERT','SELECT','TRUNCATE','UPDATE']) v where has_table_privilege('hubbub_system', c.oid, v)) as system,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'account_id' and not a.attisdropped) as "hasAccount"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm') order by 1`);
  return found.rows;
}

/** What is wrong with a relation, in words; empty when it keeps accounts apart. */
function faults(r: Relation): string[] {
  const wrong: string[] = [];
  const say = (text: string) => wrong.push(`${r.name}: ${text}`);
  if (r.app.includes("TRUNCATE") || r.system.includes("TRUNCATE")) say("may be truncated");
  if (r.partition) {
    if (r.app.length + r.system.length > 0)
      say("is a partition, and a partition is not protected by its parent's policy: grant nothing on it");
    return wrong;
  }
  if (r.kind === "v" && r.app.length > 0 && !r.invoker) say("is a view that reads with its owner's rights");
  if (r.kind === "m" && r.app.length > 0) say("is a materialised view, which has no policies");
  if (r.kind === "v" || r.kind === "m") return wrong;
  if (!r.hasAccount) {
    if (!WITHOUT_ACCOUNT[r.name]) say("has no account_id and no reason here");
    if (r.app.length > 0) say("has no account and may be used by the application");
    return wrong;
  }
  if (!r.secured) say("has no row-level security");
  const own = r.policies.filter((p) => p.roles.includes("hubbub_app") || p.roles.includes("public"));
  if (r.app.length > 0 && own.length !== 1) say(`has ${own.length} policies for the application instead of one`);
  for (const p of own)
    if (!p.qual?.includes("app_account()") || (p.check !== null && !p.check.includes("app_account()")))
      say(`policy ${p.name} does not compare with the account of the transaction`);
  if (r.system.length > 0 && r.system.join() !== (SYSTEM_RIGHTS[r.name] ?? ""))
    say(`gives the system role ${r.system.join()} instead of ${SYSTEM_RIGHTS[r.name] ?? "nothing"}`);
  return wrong;
}

const { db } = openTestDatabase();
const owner = new Client({ connectionString: inject("database").owner });
const app = new Client({ connectionString: inject("database").app });
beforeAll(async () => {
  await owner.connect();
  await app.connect();
});
afterAll(async () => {
  await Promise.all([owner.end(), app.end(), db.close()]);
});

describe("row-level security", () => {
  it("stands on every table, partition and view", async () => {
    const all = await relations(owner);
    expect(all.length).toBeGreaterThan(60);
    expect(all.flatMap(faults)).toEqual([]);
  });

  it.each([
    [
      "create table planted (account_id uuid); grant select on planted to hubbub_app",
      /planted: has no row-level security/,
    ],
    [
      "create table planted (account_id uuid); call protect('planted'); create policy wide on planted to hubbub_app using (true)",
      /2 policies/,
    ],
    ["create table planted (id uuid); grant select on planted to hubbub_app", /no account/],
    ["create view planted as select * from message; grant select on planted to hubbub_app", /owner's rights/],
    ["grant select on message_default to hubbub_app", /message_default: is a partition/],
    ["grant delete on agent to hubbub_system", /gives the system role/],
  ])("is missed where somebody forgets it: %s", async (statement, complaint) => {
    await owner.query("begin");
    try {
      await owner.query(statement);
      expect((await relations(owner)).flatMap(faults).join("\n")).toMatch(complaint);
    } finally {
      await owner.query("rollback");
    }
  });

  it("shows and takes no row of another account, in any table the application may use", async () => {
    const [mine, theirs] = [await makeAccount(db), await makeAccount(db)];
    const tables = (await relations(owner)).filter(
      (r) => r.hasAccount && !r.partition && r.app.length > 0 && r.kind !== "v",
    );
    expect(tables.length).toBeGreaterThan(40);
    for (const t of tables) {
      await app.query("begin");
      await app.query("select set_config('app.account', $1, true)", [mine.accountId]);
      if (t.app.includes("SELECT"))
        expect([
          t.name,
          (await app.query(`select 1 from ${t.name} where account_id <> $1 limit 1`, [mine.accountId])).rowCount,
        ]).toEqual([t.name, 0]);
      if (t.app.includes("UPDATE"))
        expect([
          t.name,
          (await app.query(`update ${t.name} set account_id = account_id where account_id = $1`, [theirs.accountId]))
            .rowCount,
        ]).toEqual([t.name, 0]);
      if (t.app.includes("DELETE"))
        expect([
          t.name,
          (await app.query(`delete from ${t.name} where account_id = $1`, [theirs.accountId])).rowCount,
        ]).toEqual([t.name, 0]);
      if (t.app.includes("INSERT"))
        await expect(
          app.query(`insert into ${t.name} (account_id) values ($1)`, [theirs.accountId]),
          t.name,
        ).rejects.toMatchObject({ code: "42501" });
      await app.query("rollback");
    }
  });

  it("shows nothing at all to a connection that names no account", async () => {
    await makeAccount(db);
    expect((await app.query("select 1 from account")).rowCount).toBe(0);
    await expect(
      app.query("insert into account (account_id, name, created_at) values (gen_random_uuid(), 'x', now())"),
    ).rejects.toMatchObject({ code: "42501" });
  });

  it("is not undone by the application's own rights: no ownership, no functions that run as their owner", async () => {
    const owned = await owner.query(
      "select relname from pg_class where relowner in ('hubbub_app'::regrole, 'hubbub_system'::regrole)",
    );
    expect(owned.rows).toEqual([]);
    const bypass = await owner.query(
      "select rolname from pg_roles where rolname in ('hubbub_app', 'hubbub_system') and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
    );
    expect(bypass.rows).toEqual([]);
    // A function that runs as its owner has to name the account in its own WHERE; each one is listed here once reviewed.
    const definers = await owner.query(
      "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'public' and p.prosecdef",
    );
    expect(definers.rows.map((r) => r.proname).toSorted()).toEqual([
      // Search: every table they read is compared with the account of the transaction.
      "search_forget",
      "search_messages",
      "search_people",
      "search_words",
    ]);
  });
});
