import { afterAll, describe, expect, test } from "vitest";
import { setSetting } from "#modules/company";
import { DAY } from "#platform/clock";
import { sql } from "#platform/db";
import { openTestDatabase, TEST_START } from "../../../../tests/support/database.ts";
import { identityTowns, who } from "../../../../tests/support/identity-town.ts";
import { customersById } from "../customers.ts";
import { factsOf } from "../facts/facts.ts";
import { statementsSetting } from "../settings.ts";
import { answerSuggestion, joinCustomers, partHandles, undoJoin } from "./acts.ts";
import { joinHandles, suggestJoin } from "./learn.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());
const { found, hear, look, pair, join } = identityTowns(db);

describe("what customers say of themselves", () => {
  test("joins their handles, whoever is met first", async () => {
    const t = await found();
    const claims = { from: who("bluesky", "mo.example"), text: "I'm @mo_lamp on Twitter, my lamp is dark" };
    await hear(t, claims);
    const after = await hear(t, { from: who("x", "mo_lamp") });
    const seen = (await look(t, after.get("x:mo_lamp")!.customerId))!;
    expect(seen.handles.map((h) => h.handle).sort()).toEqual(["mo.example", "mo_lamp"]);
    expect(seen.handles.flatMap((h) => h.joins)[0]).toMatchObject({
      rung: "stated",
      confidence: expect.closeTo(0.95),
      by: null,
    });
    const other = await found();
    await hear(other, { from: who("x", "mo_lamp") });
    const then = await hear(other, claims);
    expect((await look(other, then.get("bluesky:mo.example")!.customerId))!.handles).toHaveLength(2);
  });

  test("is a suggestion where the brand asks first, and with consent it is the customer's own word", async () => {
    const t = await found();
    await db.withAccount(t.accountId, (tx) =>
      setSetting(tx, statementsSetting, { otherwise: "join", networks: { bluesky: "ask" } }, null, {
        brandId: t.brandId,
      }),
    );
    await hear(t, { from: who("x", "mo_lamp") });
    const met = await hear(t, { from: who("bluesky", "mo.example"), text: "I'm @mo_lamp on Twitter" });
    const { customerId } = met.get("bluesky:mo.example")!;
    const [asked] = (await look(t, customerId))!.suggestions;
    expect(asked).toMatchObject({ kind: "consent", state: "open" });
    const done = await db.withAccount(t.accountId, (tx) =>
      answerSuggestion(tx, { suggestionId: asked!.id, as: "accepted", by: t.bea }),
    );
    const seen = (await look(t, done.customerId))!;
    expect(seen.handles.flatMap((h) => h.joins)[0]).toMatchObject({ rung: "stated", code: "consented", by: t.bea });
    const facts = await db.withAccount(t.accountId, (tx) => factsOf(tx, done.customerId));
    expect(facts.consents.find((c) => c.purpose === "joining")!.said).toMatchObject({ given: true, by: t.bea });
  });

  test("a shared address parts again whom it had joined, and asks", async () => {
    const t = await found();
    const mail = who("email", "lee@post.example");
    const ann = { from: who("x", "ann"), text: "my mail is lee@post.example" };
    const first = await hear(t, { from: mail }, ann);
    expect(first.get("x:ann")!.customerId).toBe(first.get("email:lee@post.example")!.customerId);
    const second = await hear(t, { from: who("x", "bob"), text: "write to lee@post.example, it is my mail" });
    const customers = new Set(
      await Promise.all(
        [first.get("x:ann")!, first.get("email:lee@post.example")!, second.get("x:bob")!].map(async ({ handleId }) =>
          db.withAccount(
            t.accountId,
            async (tx) =>
              (
                await sql<{
                  c: string;
                }>`select customer_id as c from handle where account_id = ${t.accountId} and id = ${handleId}`.execute(
                  tx.tables(),
                )
              ).rows[0]!.c,
          ),
        ),
      ),
    );
    expect(customers.size).toBe(3);
    expect((await look(t, second.get("x:bob")!.customerId))!.suggestions[0]!.reasons.map((r) => r.code)).toContain(
      "shared",
    );
  });

  test("an address that came back as somebody else is another customer's, and says so", async () => {
    const t = await found();
    const mail = who("email", "lamp@post.example", { name: "Ann Lee" });
    await hear(t, { from: who("x", "ann", { name: "Ann Lee" }), text: "my mail is lamp@post.example" }, { from: mail });
    const back = await hear(t, { from: { ...mail, name: "Bob Ray", at: TEST_START + 300 * DAY } });
    const { customerId, handleId } = back.get("email:lamp@post.example")!;
    const seen = (await look(t, customerId))!;
    expect(seen.handles.find((h) => h.id === handleId)!.recycledAt).toBe(TEST_START + 300 * DAY);
    expect(seen.handles).toHaveLength(1);
  });
});

describe("an address that came to somebody else", () => {
  test("is his alone, in whatever order and runs the words come, also in one", async () => {
    const mail = (name: string, day: number) => who("email", "lamp@post.example", { name, at: TEST_START + day * DAY });
    const ann = { from: who("x", "ann", { name: "Ann Lee" }), text: "my mail is lamp@post.example" };
    const all = [
      ann,
      { from: mail("Ann Lee", 0) },
      { from: mail("Ann L.", 100) },
      { from: mail("Bob Ray", 400) },
      { from: mail("Bob Ray", 420) },
    ];
    const seen = new Set<string>();
    for (let seed = 1; seed <= 8; seed++) {
      const t = await found();
      const order = all
        .map((one, i) => [Math.sin(seed * 29 + i * 7.3), one] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, one]) => one);
      const run = [1, 2, all.length][seed % 3]!;
      for (let i = 0; i < order.length; i += run) await hear(t, ...order.slice(i, i + run));
      const { customerId, handleId } = (await hear(t, { from: mail("Bob Ray", 420) })).get("email:lamp@post.example")!;
      const is = (await look(t, customerId))!;
      const handle = is.handles.find((h) => h.id === handleId)!;
      seen.add(JSON.stringify([handle.recycledAt, is.handles.map((h) => h.handle).sort()]));
    }
    expect([...seen]).toEqual([JSON.stringify([TEST_START + 400 * DAY, ["lamp@post.example"]])]);
  }, 60_000);
});

test("an address of a site that the network has verified is asked about, whichever is heard first; a verified account is theirs", async () => {
  const mo = {
    from: who("bluesky", "mo-lamps.example", { name: "Mo" }),
    verified: [{ kind: "site" as const, domain: "mo-lamps.example" }],
  };
  const mail = { from: who("email", "mo@mo-lamps.example", { name: "Mo" }) };
  for (const order of [
    [mo, mail],
    [mail, mo],
  ]) {
    const t = await found();
    const met = [];
    for (const one of order) met.push(await hear(t, one));
    const { customerId } = met[0]!.values().next().value!;
    const seen = (await look(t, customerId))!;
    expect(seen.handles).toHaveLength(1);
    expect(seen.suggestions.map((s) => s.reasons.map((r) => r.code))).toEqual([["verified-site"]]);
    expect(seen.suggestions[0]!.reasons[0]!.text).toContain("mo@mo-lamps.example is an address of it");
  }
  const t = await found();
  await hear(t, { from: who("mastodon", "mo@social.example") });
  const elsewhere = [{ kind: "account" as const, network: "mastodon", handle: "mo@social.example" }];
  const met = await hear(t, { ...mo, verified: elsewhere });
  const seen = (await look(t, met.get("bluesky:mo-lamps.example")!.customerId))!;
  expect(seen.handles.map((h) => h.handle).sort()).toEqual(["mo-lamps.example", "mo@social.example"]);
  expect(seen.handles.find((h) => h.joins.length > 0)!.joins[0]).toMatchObject({ rung: "network", code: "network" });
});

test("whoever asks for a customer who was joined gets the one he became", async () => {
  const t = await found();
  const [a, b] = await pair(t);
  const { customerId } = await join(t, a, b);
  const both = await db.withAccount(t.accountId, (tx) => customersById(tx, [a, b]));
  expect([...both.keys()].sort()).toEqual([a, b].sort());
  expect([...both.values()].map((c) => c.id)).toEqual([customerId, customerId]);
});

describe("what is too weak", () => {
  test("is asked and never joins; refused it stays refused, taken back it is asked again", async () => {
    const t = await found();
    const a = { from: who("x", "jsmith", { name: "John Smith" }), text: "order number A-55102 never came" };
    const b = { from: who("email", "js@post.example", { name: "John Smith" }), text: "Where is order A-55102?" };
    const met = await hear(t, a, b);
    const { customerId } = met.get("x:jsmith")!;
    expect(met.get("email:js@post.example")!.customerId).not.toBe(customerId);
    const [asked] = (await look(t, customerId))!.suggestions;
    expect(asked!.reasons.map((r) => r.code)).toEqual(["same-reference", "same-name", "same-language"]);
    const answer = () =>
      db.withAccount(t.accountId, (tx) => answerSuggestion(tx, { suggestionId: asked!.id, as: "refused", by: t.bea }));
    const { actId } = await answer();
    await hear(t, a, b);
    expect((await look(t, customerId))!.suggestions).toEqual([]);
    await expect(answer()).rejects.toThrow("Bea decided this meanwhile.");
    await db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: actId, by: t.bea }));
    expect((await look(t, customerId))!.suggestions).toHaveLength(1);
  });

  test("a refusal stands against stronger evidence: that becomes a question, too", async () => {
    const t = await found();
    const [a, b] = await pair(t);
    const done = await join(t, a, b);
    await db.withAccount(t.accountId, (tx) => undoJoin(tx, { id: done.actId, by: t.bea }));
    const again = await join(t, a, b);
    const seen = (await look(t, again.customerId))!;
    const part = await db.withAccount(t.accountId, (tx) =>
      partHandles(tx, {
        ...{ customerId: again.customerId, handleIds: [seen.handles[1]!.id], by: t.bea, reason: "" },
        expectedVersion: seen.customer.version,
      }),
    );
    expect(part.moved).toHaveLength(1);
    await hear(t, { from: who("bluesky", "mo.example", { at: TEST_START + 5 }), text: "I'm @mo_lamp on Twitter" });
    const [x, y] = [(await look(t, a))!, (await look(t, b))!];
    expect([x.handles.length, y.handles.length]).toEqual([1, 1]);
    expect(x.suggestions[0]!.reasons.map((r) => r.code)).toEqual(["stated-handle", "said-apart"]);
  });
});

describe("evidence from elsewhere", () => {
  test("a token joins at once and says so; saying it twice changes nothing", async () => {
    const t = await found();
    const met = await hear(t, { from: who("x", "ann") }, { from: who("email", "ann@post.example") });
    const say = () =>
      db.withAccount(t.accountId, (tx) =>
        joinHandles(tx, {
          ...{ handleId: met.get("email:ann@post.example")!.handleId, withHandleId: met.get("x:ann")!.handleId },
          ...{ by: "invite", text: "Came by the invitation.", at: TEST_START },
        }),
      );
    expect(await say()).toHaveLength(1);
    expect(await say()).toEqual([]);
    const seen = (await look(t, [...met.values()].map((m) => m.customerId).sort()[0]!))!;
    expect(seen.handles.flatMap((h) => h.joins)[0]).toMatchObject({ rung: "verified", code: "invite" });
  });

  test("an account sees nothing of another's", async () => {
    const [one, two] = [await found(), await found()];
    const met = await hear(one, { from: who("x", "mo_lamp") });
    await hear(two, { from: who("bluesky", "mo.example"), text: "I'm @mo_lamp on Twitter" });
    expect((await look(one, met.get("x:mo_lamp")!.customerId))!.handles).toHaveLength(1);
    expect(await look(two, met.get("x:mo_lamp")!.customerId)).toBeNull();
    const [a, b] = await pair(one);
    await expect(
      db.withAccount(two.accountId, (tx) =>
        joinCustomers(tx, { customerId: a, otherId: b, by: two.bea, reason: "", expectedVersion: 1, otherVersion: 1 }),
      ),
    ).rejects.toMatchObject({ code: "not-found" });
  });

  test("what another part of the house thinks is asked once, and not of one customer", async () => {
    const t = await found();
    const met = await hear(t, { from: who("x", "ann") }, { from: who("email", "ann@post.example") });
    const [a, b] = [...met.values()];
    const ask = () =>
      db.withAccount(t.accountId, (tx) =>
        suggestJoin(tx, {
          handleId: a!.handleId,
          withHandleId: b!.handleId,
          reason: "Their conversations were merged.",
        }),
      );
    await ask();
    await ask();
    expect((await look(t, a!.customerId))!.suggestions.map((s) => s.reasons[0]!.text)).toEqual([
      "Their conversations were merged.",
    ]);
    await join(t, a!.customerId, b!.customerId);
    expect((await look(t, [a!.customerId, b!.customerId].sort()[0]!))!.suggestions).toEqual([]);
  });

  test("hostile words are kept harmless", async () => {
    const t = await found();
    const met = await hear(t, {
      from: who("x", "a\u0000b\ud800", { externalId: "u1" }),
      text: "I am @__proto__ my mail is a\u0000@b.example I am @\ud800xx",
    });
    expect(met.size).toBe(1);
  });
});
