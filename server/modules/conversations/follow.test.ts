import { afterAll, describe, expect, test } from "vitest";
import { joinCustomers, partHandles, undoJoin } from "#modules/customers";
import { HOUR, MINUTE } from "#platform/clock";
import { sql, type Tx } from "#platform/db";
import { uuidv7 } from "#platform/ids";
import { openTowns, type Town } from "../../../tests/support/conversation-town.ts";
import type { Line } from "../../../tests/support/messages.ts";
import { followHandles } from "./follow.ts";
import { conversationsById } from "./read.ts";

const { db, found, say, read, journal, placesOf } = openTowns();
afterAll(() => db.close());

/** Says lines of which those whose name begins with `b` stand on another network, and reads them. */
async function hear(t: Town, lines: readonly Line[]): Promise<void> {
  await say(t, lines);
  await db.withAccount(t.accountId, (tx) =>
    sql`update message set network = 'bluesky' where account_id = ${t.accountId} and external_id like 'b%'`.execute(
      tx.tables(),
    ),
  );
  await read(t);
}
const post: Line = { ext: "a1", from: "mo_lamp", text: "@northwind my lamp A55102 is dark since monday", at: 0 };
const other: Line = {
  ext: "b1",
  from: "mo.example",
  text: "@northwind still dark, the lamp A55102, any news?",
  at: 2 * HOUR,
};
const claim: Line = {
  ext: "b2",
  from: "mo.example",
  to: "b1",
  thread: "b1",
  text: "I'm @mo_lamp on the playground",
  at: 3 * HOUR,
};

/** What belongs to whom: conversations by their messages, customers by their handles. */
async function state(t: Town): Promise<unknown> {
  return db.withAccount(t.accountId, async (tx) => {
    const rows = await sql<object>`
      select p.external_id, (select min(o.external_id) from placement o where o.account_id = p.account_id and o.conversation_id = p.conversation_id) as conversation,
        p.customer_id, c.customer_id as principal, h.customer_id as handles, p.role
      from placement p left join conversation c on c.account_id = p.account_id and c.id = p.conversation_id
      left join handle h on h.account_id = p.account_id and h.id = p.handle_id
      where p.account_id = ${t.accountId} order by p.external_id`.execute(tx.tables());
    const links = await sql<object>`
      select thread_key, handle_id, conversation_id, parted from conversation_thread where account_id = ${t.accountId} order by 1, 2`.execute(
      tx.tables(),
    );
    return JSON.stringify([rows.rows, links.rows]);
  });
}
const orders: readonly (readonly Line[])[] = [
  [post, other, claim],
  [claim, other, post],
  [other, post, claim],
  [claim, post, other],
];

describe("a customer's words join his handles", () => {
  test.each(orders.map((o) => [o.map((l) => l.ext).join(" "), o] as const))(
    "and his matter is one, in whatever order it comes: %s",
    async (_name, lines) => {
      const t = await found();
      for (const line of lines) await hear(t, [line]);
      const places = await placesOf(t, [post, other, claim]);
      expect(new Set([...places.values()].map((p) => p.customerId)).size).toBe(1);
      expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
    },
  );

  test("any set of words gives the same customers and matters, in any order and in any runs", async () => {
    const set: Line[] = [
      post,
      other,
      claim,
      { ext: "b3", from: "lee.example", text: "@northwind my parcel B77120 is late", at: HOUR },
      {
        ext: "a2",
        from: "lee",
        text: "@northwind where is my parcel B77120? I am @lee.example on Bluesky",
        at: 4 * HOUR,
      },
      { ext: "a3", from: "rita", text: "@northwind the same parcel B77120 never came to me", at: 5 * HOUR },
      {
        ext: "b4",
        from: "rita.example",
        text: "@northwind I'm @rita on the playground and I'm @lee on the playground",
        at: 6 * HOUR,
      },
    ];
    const seen = new Set<string>();
    for (let seed = 1; seed <= 7; seed++) {
      const t = await found();
      const order = set
        .map((line, i) => [Math.sin(seed * 37 + i * 11.7), line] as const)
        .sort((x, y) => x[0] - y[0])
        .map(([, line]) => line);
      const runs = (seed % 3) + 1;
      for (let i = 0; i < order.length; i += runs) await hear(t, order.slice(i, i + runs));
      const places = await placesOf(t, set);
      const groups = (key: "customerId" | "conversationId") =>
        [...Map.groupBy(places, ([, p]) => p[key]).values()]
          .map((g) =>
            g
              .map(([ext]) => ext)
              .sort()
              .join("+"),
          )
          .sort();
      seen.add(JSON.stringify([groups("customerId"), groups("conversationId")]));
    }
    expect([...seen]).toHaveLength(1);
    const [customers] = JSON.parse([...seen][0]!);
    expect(customers).toEqual(["a1+b1+b2", "a2+b3", "a3", "b4"]);
  }, 60_000);

  test("whoever speaks for somebody else and names the number belongs to that conversation, whichever comes first, and stays himself", async () => {
    const wife: Line = { ...other, text: "@northwind my husband wrote about A55102, any news?" };
    for (const order of [
      [post, wife],
      [wife, post],
    ]) {
      const t = await found();
      for (const line of order) await hear(t, [line]);
      const places = await placesOf(t, [post, wife]);
      expect(new Set([...places.values()].map((p) => p.customerId)).size).toBe(2);
      expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(1);
      if (order[0] === post) expect(places.get("b1")!.evidence[0]!.code).toBe("same-reference");
      expect((await journal(t, "EpisodeOpened")).length).toBeGreaterThan(0);
    }
  });

  test("a number alone, or with words of the same, leads to no other customer's conversation; a person is asked", async () => {
    const t = await found();
    const bare = other;
    await hear(t, [post]);
    await hear(t, [bare]);
    const places = await placesOf(t, [post, bare]);
    expect(places.get("b1")!.conversationId).not.toBe(places.get("a1")!.conversationId);
    expect(places.get("b1")!.alternatives[0]).toMatchObject({ conversationId: places.get("a1")!.conversationId });
    expect(places.get("b1")!.evidence.map((e) => e.code)).toContain("ask");
  });

  test("of a number that four people name nothing follows, and nobody is asked", async () => {
    const t = await found();
    const lines = ["mo", "jo", "bo", "al"].map(
      (from, i): Line => ({ ext: `r${i}`, from, text: "@northwind is this in recall 5510273?", at: i * HOUR }),
    );
    for (const line of lines) await hear(t, [line]);
    const places = await placesOf(t, lines);
    expect(new Set([...places.values()].map((p) => p.conversationId)).size).toBe(4);
    expect(places.get("r3")!.alternatives).toEqual([]);
  });

  test("what a person has dealt with stays where it is", async () => {
    const t = await found();
    await hear(t, [post, other]);
    const before = await placesOf(t, [post, other]);
    await db.withAccount(t.accountId, (tx) =>
      sql`update conversation set acted_at = ${new Date(tx.now + MINUTE)} where account_id = ${t.accountId}`.execute(
        tx.tables(),
      ),
    );
    await hear(t, [claim]);
    const after = await placesOf(t, [post, other]);
    for (const ext of ["a1", "b1"]) expect(after.get(ext)!.conversationId).toBe(before.get(ext)!.conversationId);
    expect(after.get("b1")!.customerId).toBe(after.get("a1")!.customerId);
  });
});

describe("an agent joins and parts", () => {
  const version = async (tx: Tx, id: string) =>
    (
      await sql<{
        v: number;
      }>`select version as v from customer where account_id = ${tx.accountId} and id = ${id}`.execute(tx.tables())
    ).rows[0]!.v;
  const agent = uuidv7(0);

  test("conversations and words follow the handles, and come back exactly", async () => {
    const t = await found();
    await hear(t, [post, other]);
    const before = await state(t);
    const places = await placesOf(t, [post, other]);
    const [a, b] = [places.get("a1")!.customerId!, places.get("b1")!.customerId!];
    const { actId, customerId } = await db.withAccount(t.accountId, async (tx) => {
      const done = await joinCustomers(tx, {
        ...{ customerId: a, otherId: b, by: agent, reason: "" },
        ...{ expectedVersion: await version(tx, a), otherVersion: await version(tx, b) },
      });
      await followHandles(tx, done.moved);
      return done;
    });
    const joined = await placesOf(t, [post, other]);
    expect([...joined.values()].map((p) => p.customerId)).toEqual([customerId, customerId]);
    expect(joined.get("b1")!.conversationId).toBe(places.get("b1")!.conversationId);
    expect(await journal(t, "ConversationCustomerChanged")).toHaveLength(1);
    await db.withAccount(t.accountId, async (tx) =>
      followHandles(tx, (await undoJoin(tx, { id: actId, by: agent })).moved),
    );
    expect(await state(t)).toBe(before);
  });

  test("whom an agent parted speaks in a conversation of his own from then on, and again in the old one when it is undone", async () => {
    const t = await found();
    await hear(t, [post, other, claim]);
    const before = await state(t);
    const places = await placesOf(t, [post, other]);
    const [handleId, customerId] = [places.get("b1")!.handleId!, places.get("b1")!.customerId!];
    const { actId } = await db.withAccount(t.accountId, async (tx) => {
      const done = await partHandles(tx, {
        ...{ customerId, handleIds: [handleId], by: agent, reason: "" },
        expectedVersion: await version(tx, customerId),
      });
      await followHandles(tx, done.moved);
      return done;
    });
    const parted = await placesOf(t, [post, other]);
    expect(parted.get("b1")!.customerId).not.toBe(parted.get("a1")!.customerId);
    const undo = () =>
      db.withAccount(t.accountId, async (tx) =>
        followHandles(tx, (await undoJoin(tx, { id: actId, by: agent })).moved),
      );
    await undo();
    expect(await state(t)).toBe(before);
  });

  test("a conversation that was merged into another goes along, and is the right customer's when it stands again", async () => {
    const t = await found();
    await hear(t, [post, other]);
    const places = await placesOf(t, [post, other]);
    const [one, two] = [places.get("a1")!, places.get("b1")!];
    const merge = (into: string, from: string | null) =>
      db.withAccount(t.accountId, async (tx) => {
        await sql`update placement set conversation_id = ${into}, home_id = ${two.conversationId} where account_id = ${t.accountId} and message_id = ${two.messageId}`.execute(
          tx.tables(),
        );
        await sql`update conversation set merged_into = ${from} where account_id = ${t.accountId} and id = ${two.conversationId}`.execute(
          tx.tables(),
        );
      });
    await merge(one.conversationId!, one.conversationId);
    const { customerId } = await db.withAccount(t.accountId, async (tx) => {
      const done = await joinCustomers(tx, {
        ...{ customerId: one.customerId!, otherId: two.customerId!, by: agent, reason: "" },
        ...{ expectedVersion: await version(tx, one.customerId!), otherVersion: await version(tx, two.customerId!) },
      });
      await followHandles(tx, done.moved);
      return done;
    });
    await merge(two.conversationId!, null);
    const stands = await db.withAccount(t.accountId, (tx) =>
      conversationsById(tx, [one.conversationId!, two.conversationId!]),
    );
    expect([...stands.values()].map((c) => c.customerId)).toEqual([customerId, customerId]);
  });

  test("while messages come in, nothing is left behind with the customer of before", async () => {
    const t = await found();
    await hear(t, [post, other]);
    const places = await placesOf(t, [post, other]);
    const [a, b] = [places.get("a1")!.customerId!, places.get("b1")!.customerId!];
    const acts = (async () => {
      for (let i = 0; i < 6; i++) {
        const { actId } = await db.withAccount(t.accountId, async (tx) => {
          const done = await joinCustomers(tx, {
            ...{ customerId: a, otherId: b, by: agent, reason: "" },
            ...{ expectedVersion: await version(tx, a), otherVersion: await version(tx, b) },
          });
          await followHandles(tx, done.moved);
          return done;
        });
        if (i < 5)
          await db.withAccount(t.accountId, async (tx) =>
            followHandles(tx, (await undoJoin(tx, { id: actId, by: agent })).moved),
          );
      }
    })();
    for (let i = 0; i < 8; i++)
      await hear(t, [
        { ext: `a-${i}`, from: "mo_lamp", text: `@northwind lamp number ${i}`, at: (6 + i) * HOUR },
        { ext: `b-${i}`, from: "mo.example", text: `@northwind lamp number ${i}`, at: (6 + i) * HOUR + 1 },
      ]);
    await acts;
    const strays = await db.withAccount(t.accountId, (tx) =>
      sql`select p.external_id from placement p join handle h on h.account_id = p.account_id and h.id = p.handle_id
        left join conversation c on c.account_id = p.account_id and c.id = p.conversation_id
        where p.account_id = ${t.accountId} and (p.customer_id <> h.customer_id or c.customer_id <> h.customer_id)`.execute(
        tx.tables(),
      ),
    );
    expect(strays.rows).toEqual([]);
  }, 60_000);

  test("a private line of a parted handle begins anew", async () => {
    const t = await found();
    const dm: Line = { ext: "b5", from: "mo.example", private: true, text: "my lamp A55102 is dark", at: 4 * HOUR };
    await hear(t, [post, claim, dm]);
    const places = await placesOf(t, [post, dm]);
    expect(places.get("b5")!.conversationId).toBe(places.get("a1")!.conversationId);
    const { handleId, customerId } = places.get("b5")!;
    await db.withAccount(t.accountId, async (tx) => {
      const done = await partHandles(tx, {
        ...{ customerId: customerId!, handleIds: [handleId!], by: agent, reason: "" },
        expectedVersion: await version(tx, customerId!),
      });
      await followHandles(tx, done.moved);
      await sql`update conversation set acted_at = ${new Date(tx.now + 9 * HOUR)} where account_id = ${t.accountId}`.execute(
        tx.tables(),
      );
    });
    const next: Line = { ext: "b6", from: "mo.example", private: true, text: "hello? is anybody there", at: 5 * HOUR };
    await hear(t, [next]);
    expect((await placesOf(t, [next])).get("b6")!.conversationId).not.toBe(places.get("a1")!.conversationId);
  });
});
