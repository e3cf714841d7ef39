import fc from "fast-check";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { MOST_SEARCH } from "#shared/search-query";
import { type Company, makeCompany, type Person } from "../../../../tests/support/company.ts";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { type Explained, explain, statementsOf } from "../../../../tests/support/explained.ts";
import { hostileText, seeded } from "../../../../tests/support/hostile-text.ts";
import { fillTown, type Town } from "../../../../tests/support/inbox-town.ts";
import { useKeyRing } from "../../company/index.ts";
import { staffOf } from "../../people/index.ts";
import { fillMessages, fillPeople } from "./fill.ts";
import { search } from "./find.ts";
import { forgetDocs } from "./store/doc-store.ts";

const { db } = openTestDatabase();
const owner = new Client({ connectionString: inject("database").owner });
const [FEW, MANY] = [400, 4_000];
const NETWORK = {
  ...{ baseUrl: "http://127.0.0.1:9", network: "playground", profileId: "pr_us", handle: "northwind" },
  ...{ token: "t", appSecret: "s" },
};

interface Side {
  company: Company;
  town: Town;
}
let small: Side;
let large: Side;

/** A town whose every message says a little more: how often a word stands there is known. */
async function settle(messages: number, domain: string): Promise<Side> {
  const company = await makeCompany(db, TEST_START, NETWORK, domain);
  const town = await fillTown(inject("database").owner, company, messages, TEST_START);
  await owner.query(
    `update message m set text = m.text || ' tick' || n || case when n % 3 = 0 then ' Übermorgen' else '' end
       || case when n % 100 = 0 then ' not the modem' else '' end || case when n in (5, 7, 9) then ' Kükenfütterung' else '' end
       || case when n in (6, 8) then ' 昨日東京タワーで壊れた' else '' end
     from (select id, row_number() over (order by id desc) - 1 as n from message where account_id = $1) r where m.account_id = $1 and m.id = r.id`,
    [company.accountId],
  );
  const ids = await owner.query("select id from message where account_id = $1 order by id", [company.accountId]);
  const people = await owner.query("select id from customer where account_id = $1", [company.accountId]);
  const all = (rows: { id: string }[]) => rows.map((row) => row.id);
  for (let from = 0; from < ids.rows.length; from += 1_000)
    await db.withAccount(company.accountId, (tx) => fillMessages(tx, all(ids.rows.slice(from, from + 1_000))));
  await db.withAccount(company.accountId, (tx) => fillPeople(tx, all(people.rows)));
  return { company, town };
}

beforeAll(async () => {
  useKeyRing(new Uint8Array(32).fill(7));
  await owner.connect();
  small = await settle(FEW, "northwind.example");
  large = await settle(MANY, "southwind.example");
  await owner.query("vacuum (analyze) search_doc, search_person, search_word");
}, 120_000);
afterAll(async () => {
  await owner.end();
  await db.close();
});

async function find(
  q: string,
  {
    as = "marek",
    on = small,
    cursor,
    limit = 20,
  }: {
    as?: Person;
    on?: Side;
    cursor?: string;
    limit?: number;
  } = {},
) {
  const { accountId, agents } = on.company;
  return db.withAccount(accountId, async (tx) => {
    const grants = [...((await staffOf(tx)).byId.get(agents[as])?.rights.grants ?? [])];
    const actor = { accountId, kind: "agent" as const, id: agents[as], name: as, csrf: null, grants };
    return search(tx, actor, { q, cursor, limit });
  });
}
/** Messages found, whatever page and box they stand in. */
async function count(q: string, as: Person = "marek", on = small): Promise<number> {
  let total = 0;
  const seen = new Set<string>();
  for (let cursor: string | undefined; ; ) {
    const page = await find(q, { as, on, limit: 50, ...(cursor === undefined ? {} : { cursor }) });
    for (const hit of [...(cursor === undefined ? page.own : []), ...page.items]) {
      expect(seen.has(hit.messageId)).toBe(false);
      seen.add(hit.messageId);
      total += 1 + hit.also;
    }
    if (page.next === null) return total;
    cursor = page.next;
  }
}

describe("what is found", () => {
  it.each([
    ["kükenfütterung", 3],
    ["KUKENFUTTERUNG", 3],
    ["kuken*", 3],
    ["*futter*", 3],
    ["ubermorgen", Math.ceil(FEW / 3)],
    ["modem", FEW / 100],
    ['"not the modem"', FEW / 100],
    ['"the not modem"', 0],
    ["東京タワー", 2],
    ["壊", 2],
    ["tick5", 1],
    ["tick39*", 11],
    ["modem ubermorgen", 2],
    ["modem -ubermorgen", 2],
    ["from:person0 -from:northwind modem", null],
    ["medium:public modem", FEW / 100],
    ["medium:email modem", 0],
    ["lang:en brand:northwind network:playground modem", FEW / 100],
    ["has:file", 0],
    ["nothing_of_the_kind", 0],
  ])("%s", async (q, expected) => {
    const found = await count(q);
    if (expected === null) expect(found).toBeLessThanOrEqual(FEW / 100);
    else expect(found).toBe(expected);
  });

  it("the newest first, in pages, each hit marked in its part of the text", async () => {
    const page = await find("ubermorgen", { limit: 10 });
    const told = [...page.items].map((hit) => hit.at);
    expect(told).toEqual(told.toSorted().toReversed());
    for (const { text, spans } of page.items)
      expect(spans.map(({ at, length }) => text.slice(at, at + length))).toContain("Übermorgen");
    expect(page.next).not.toBeNull();
  });

  it("the own box first, and not twice", async () => {
    const page = await find("tick*", { as: "priya" });
    expect(page.own.length).toBeGreaterThan(0);
    expect(page.own.every((hit) => hit.mine && hit.open)).toBe(true);
    const own = new Set(page.own.map((hit) => hit.messageId));
    expect(page.items.filter((hit) => own.has(hit.messageId))).toEqual([]);
    expect(page.items.length).toBeGreaterThan(0);
  });

  it("by where work stands and when it was said", async () => {
    const all = await count("tick*");
    const [open, done, mine] = [
      await count("is:open tick*"),
      await count("is:done tick*"),
      await count("is:mine", "priya"),
    ];
    expect(open + done).toBe(all);
    expect(open).toBeGreaterThan(0);
    expect(mine).toBeGreaterThan(0);
    expect(mine).toBeLessThanOrEqual(open);
    expect(await count("queue:care tick*")).toBe(all);
    expect((await count("after:30d tick*")) + (await count("before:30d tick*"))).toBe(all);
    expect(await count("after:today before:yesterday")).toBe(0);
    await expect(find("queue:nowhere x")).rejects.toMatchObject({ code: "invalid-request" });
  });

  it("in the own box to the end of a long conversation", async () => {
    const { accountId, agents } = large.company;
    const mine = `select conversation_id from work_item where account_id = $1 and owner_id = $2 and state not in ('done', 'withdrawn')`;
    const { rows } = await owner.query(`${mine} order by conversation_id limit 1`, [accountId, agents.priya]);
    await owner.query("create temp table stood as select message_id, conversation_id from placement where false");
    await owner.query(
      `insert into stood select message_id, conversation_id from placement
       where account_id = $1 and conversation_id not in (${mine}) and deleted_at is null order by message_id limit 1100`,
      [accountId, agents.priya],
    );
    const put = (to: string) =>
      owner.query(
        `update placement p set conversation_id = ${to} from stood s where p.account_id = $1 and p.message_id = s.message_id and $2::uuid is not null`,
        [accountId, rows[0].conversation_id],
      );
    const said = () =>
      Promise.all(["is:mine", "is:mine tick*", "is:mine tick39*"].map((q) => count(q, "priya", large)));
    const before = await said();
    await put("$2");
    const after = await said();
    await put("s.conversation_id");
    await owner.query("drop table stood");
    // The last words stand in the oldest hundred alone.
    expect(after.map((n, i) => n - before[i]!)).toEqual([1_100, 1_100, expect.toSatisfy((n) => n >= 90)]);
  });

  it("people by their names, and a conversation by its number", async () => {
    const page = await find("person 1*");
    expect(page.people.length).toBeGreaterThan(0);
    expect(page.people[0]).toMatchObject({ handles: [{ network: "playground" }] });
    expect((await find("C-7")).jump).toMatchObject({ number: "C-7" });
    expect((await find("")).items).toEqual([]);
  });
});

describe("what is not found", () => {
  it("by whom it may not be read", async () => {
    await expect(find("modem", { as: "noor" })).rejects.toMatchObject({ code: "not-permitted" });
    const { accountId, agents } = small.company;
    const look = (grants: { verb: string; scope: "queue" | "own" | "brand"; scopeId: string | null }[], q: string) =>
      db.withAccount(accountId, (tx) =>
        search(tx, { accountId, kind: "agent", id: agents.priya, name: "Priya", csrf: null, grants }, { q, limit: 50 }),
      );
    const read = (scope: "queue" | "own" | "brand", scopeId: string | null) =>
      ["conversation.read", "customer.read"].map((verb) => ({ verb, scope, scopeId }));
    const elsewhere = await look(read("queue", agents.dana), "modem");
    expect([...elsewhere.items, ...elsewhere.own]).toEqual([]);
    expect((await look(read("queue", agents.dana), "person")).people).toEqual([]);
    const here = await look(read("queue", small.company.queueId), "modem");
    expect(here.items.length).toBeGreaterThan(0);
    expect((await look(read("brand", small.company.brandId), "modem")).items.length).toBe(here.items.length);
    expect((await look(read("brand", small.company.brandId), "person")).people.length).toBeGreaterThan(0);
    const own = await look(read("own", null), "tick*");
    expect([...own.own, ...own.items].length).toBeGreaterThan(0);
    expect([...own.own, ...own.items].every((hit) => hit.mine)).toBe(true);
  });

  it("of another account, and without any", async () => {
    const [mine] = (await find("tick5")).items;
    const other = await find("tick5", { on: large });
    expect(other.items.map((hit) => hit.messageId)).not.toContain(mine!.messageId);
    const app = new Client({ connectionString: inject("database").app });
    await app.connect();
    const ask =
      "select * from search_messages(null, null, null, null, null, null, null, true, '{}', '{}', null, 10, 10)";
    expect((await app.query(ask)).rows).toEqual([]);
    expect((await app.query("select * from search_people('''~person''', true, '{}', '{}', null, 5)")).rows).toEqual([]);
    await app.end();
  });

  it("by hostile words: nothing breaks, and nothing is said that was not meant to be", async () => {
    for (const text of [
      ...fc.sample(hostileText(), seeded(30)),
      "'",
      "\\",
      "~",
      "'~x'",
      ":*",
      "a & b | !c",
      "((",
      "\u0000",
      "x".repeat(300),
      "*".repeat(300),
    ]) {
      const asked = find(text.slice(0, MOST_SEARCH)).catch((error) => {
        expect(error, text).toMatchObject({ code: "invalid-request" });
        return null;
      });
      expect((await asked)?.next ?? null, text).toSatisfy((next) => next === null || typeof next === "string");
    }
    await expect(find("x", { cursor: "' or 1" })).rejects.toMatchObject({ code: "invalid-request" });
  });

  it("where two accounts share a mark: the account is compared in every table", async () => {
    const [ours, theirs] = [small.company.accountId, large.company.accountId];
    const as = async (account: string) => {
      await owner.query("select set_config('app.account', $1, true)", [account]);
      const all = "true, '{}', '{}', null";
      const { rows } = await owner.query(
        `select (select count(*)::int from search_messages('''~shared''', null, null, null, null, null, null, ${all}, 10, 100) where message_id is not null) as messages,
          (select count(*)::int from search_words('''~edw''', 'edw', 10)) as words,
          (select count(*)::int from search_people('''~shared''', ${all}, 10)) as people`,
      );
      return rows[0];
    };
    await owner.query("begin");
    // What is theirs stands under our mark.
    const under = "replace($2, '~', search_mark($1, search_slice(message_id)))::tsvector";
    await owner.query(`update search_doc set words = ${under} where account_id = $3`, [ours, "'~shared':1", theirs]);
    await owner.query(
      "update search_person set words = replace($2, '~', search_mark($1, null))::tsvector where account_id = $3",
      [ours, "'~shared'", theirs],
    );
    await owner.query(
      "insert into search_word select $3, 'sharedword', replace($2, '~', search_mark($1, null))::tsvector",
      [ours, "'~edw'", theirs],
    );
    expect(await as(ours)).toEqual({ messages: 0, words: 0, people: 0 });
    // Were it ours, it would be there: the mark leads to it.
    for (const table of ["search_person", "search_word", "search_doc", "placement", "customer"])
      await owner.query(`delete from ${table} where account_id = $1`, [ours]);
    for (const table of ["search_person", "search_word", "search_doc", "placement", "customer"])
      await owner.query(`update ${table} set account_id = $1 where account_id = $2`, [ours, theirs]);
    expect(await as(ours)).toEqual({ messages: 10, words: 1, people: 10 });
    await owner.query("rollback");
  });

  it("once it is gone, by a part of it neither", async () => {
    const hits = (await find("kuken*")).items;
    const gone = hits.map((hit) => hit.messageId);
    await db.withAccount(small.company.accountId, (tx) => forgetDocs(tx, gone.slice(1)));
    expect(await count("kuken*")).toBe(1);
    expect(await count("*futter*")).toBe(1);
    await db.withAccount(small.company.accountId, (tx) => forgetDocs(tx, gone));
    expect(await count("*futter*")).toBe(0);
    const left = await owner.query("select 1 from search_word where account_id = $1 and word like 'kuken%'", [
      small.company.accountId,
    ]);
    expect(left.rowCount).toBe(0);
    // The others have kept theirs.
    expect(await count("*futter*", "marek", large)).toBe(3);
    await db.withAccount(small.company.accountId, (tx) => fillMessages(tx, gone));
    expect(await count("*futter*")).toBe(3);
  });
});

describe("what it costs, as the application role", () => {
  const asked = async (q: string, on: Side) => {
    const statements = await statementsOf(() => find(q, { on }));
    const looks = statements.filter((one) => one.text.includes("search_"));
    const plan = await explain(db.address.app, on.company.accountId, looks, { small: true });
    return {
      statements: statements.length,
      buffers: plan.reduce((sum: number, one: Explained) => sum + one.buffers, 0),
    };
  };
  // Ten times the history: the newest page of a common word costs the same, a rare one a look into each further slice.
  it.each([
    ["common", "ubermorgen"],
    ["mid", "modem"],
    ["rare", "kukenfutterung"],
    ["two words", "modem ubermorgen"],
    ["phrase", '"not the modem"'],
    ["prefix", "uberm*"],
    ["CJK", "東京タワー"],
    ["filter and word", "is:open modem"],
    ["from", "from:person3 tick*"],
    ["part", "*futter*"],
  ])("%s: a longer history is not read through", async (_, q) => {
    const [few, many] = [await asked(q, small), await asked(q, large)];
    expect(many.buffers).toBeLessThan(2 * few.buffers + 1_500);
    expect(many.statements).toBeLessThanOrEqual(12);
  });
});
