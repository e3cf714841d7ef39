import { createHmac } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { type Company, openTown, SECRET, type Town } from "../../../../tests/support/channels-kit.ts";
import { sql } from "../../../platform/db.ts";
import { type Adapter, networkAdapters, reparseChannel, revisionsOf } from "../index.ts";
import { parsePlayground } from "../playground/parse.ts";

let town: Town;
let us: Company;
beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  us = await town.company();
});
afterAll(() => town.close());

const speak = (text: string, more = {}) => town.sim("POST", "/sim/v1/posts", { text, ...more }, "carla");
async function since<T>(run: () => Promise<T>) {
  const before = (await us.feed()).at(-1)?.seq ?? 0;
  await run();
  return us.feed(before);
}

describe("webhooks", () => {
  it("stores a post, redacts it and announces it once", async () => {
    const events = await since(() => speak(`@${us.handle} my card 4111 1111 1111 1111 was charged twice #help`));
    expect((await us.push(events)).status).toBe(200);
    await us.channels.drainInbound();
    const [message] = await us.messages();
    expect(message).toMatchObject({
      direction: "in",
      kind: "post",
      visibility: "public",
      authorHandle: "carla",
      redactions: 1,
      why: ["mention"],
      state: "live",
    });
    expect(message!.text).toContain("[card …1111]");
    expect(message!.entities.map((e) => message!.text.slice(e.start, e.end))).toEqual([`@${us.handle}`, "#help"]);
    expect(message!.author).toMatchObject({ followers: 1240, isSelf: false });
    expect(await us.announced("MessageReceived")).toMatchObject([
      { payload: { messageId: message!.id, backfilled: false, direction: "in" } },
    ]);
  });

  it("makes one message of the same post fifty times at once", async () => {
    const events = await since(() => speak("fifty times"));
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => us.push(events, { at: town.clock.now() + i * 1_000 })),
    );
    expect(new Set(answers.map((a) => a.status))).toEqual(new Set([200]));
    await Promise.all([us.channels.drainInbound(), us.another().drainInbound()]);
    expect(await us.messages()).toHaveLength(1);
    expect(await us.announced("MessageReceived")).toHaveLength(1);
  });

  it("acknowledges a replayed request and stores it once", async () => {
    const events = await since(() => speak("replayed"));
    await us.push(events);
    expect((await us.push(events)).status).toBe(200);
    const rows = await us.act((tx) =>
      sql<{ n: number }>`select count(*)::int as n from raw_inbox where account_id = ${us.accountId}`.execute(
        tx.tables(),
      ),
    );
    expect(rows.rows[0]!.n).toBe(1);
  });

  it.each([
    ["another secret", { secret: "wrong-secret-000000" }],
    ["no header", { header: "" }],
    ["another scheme", { header: `t=1,v0=${"0".repeat(64)}` }],
    ["too old", { at: -301_000 }],
    ["from the future", { at: 301_000 }],
  ])("refuses %s and keeps nothing", async (_, change) => {
    const at = "at" in change ? town.clock.now() + change.at : town.clock.now();
    expect(await us.push([], { ...change, at })).toMatchObject({ status: 401, body: { code: "bad-signature" } });
    const rows = await us.act((tx) =>
      sql`select 1 from raw_inbox where account_id = ${us.accountId}`.execute(tx.tables()),
    );
    expect(rows.rows).toEqual([]);
  });

  it("takes clocks that are 299 seconds apart", async () => {
    for (const skew of [-299_000, 299_000])
      expect((await us.push([], { at: town.clock.now() + skew })).status).toBe(200);
  });

  it("verifies the bytes as they came, not as a parser would write them again", async () => {
    const body = '{ "network":"n",  "events" : [], "note": "w\\u00f6rld ö 👍" }';
    expect((await us.push([], { body })).status).toBe(200);
  });

  it("knows no hook of a guessed name, and refuses another tenant's signature", async () => {
    expect(await us.push([], { hookId: "A".repeat(32) })).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect((await us.push([], { hookId: "..%2f..%2f" })).status).toBe(404);
    const them = await town.company();
    const events = await since(() => speak("for us"));
    await us.push(events, { hookId: them.hookId });
    await us.channels.drainInbound();
    expect(await us.messages()).toEqual([]);
  });

  it("answers 405 to a GET, because this network knows no handshake", async () => {
    expect((await us.app.inject({ method: "GET", url: `/hooks/${us.hookId}` })).statusCode).toBe(405);
  });

  it("puts what it cannot read into quarantine, sealed, and goes on", async () => {
    const events = await since(() => speak("before the poison"));
    await us.push([...events, { type: "post.created", post: { id: 7 } }, "?"]);
    await us.push([], { body: "this is not JSON" });
    await us.channels.drainInbound();
    expect((await us.messages()).map((m) => m.text)).toEqual(["before the poison"]);
    const raw = await us.act((tx) =>
      sql<{
        state: string;
        body: Buffer;
        error: string;
      }>`select state, body, error from raw_inbox where account_id = ${us.accountId} order by id`.execute(tx.tables()),
    );
    expect(raw.rows.map((r) => r.state)).toEqual(["quarantined", "quarantined"]);
    expect(raw.rows.some((r) => r.body.includes("before the poison"))).toBe(false);
    expect(raw.rows.map((r) => r.error).sort()).toEqual([
      "1 events in it could not be read",
      "2 events in it could not be read",
    ]);
  });

  it("says 503 and when to come again, when input is not durable within a third of the network's deadline", async () => {
    const real = networkAdapters(town.clock).playground!;
    const hurried = us.another({
      adapters: { playground: { ...real, webhook: { ...real.webhook!, deadlineMs: 60 } } },
    });
    const body = Buffer.from(JSON.stringify({ network: "n", events: await since(() => speak("in a hurry")) }));
    const t = Math.floor(town.clock.now() / 1_000);
    const signature = createHmac("sha256", SECRET).update(`${t}.`).update(body).digest("hex");
    const request = {
      method: "POST",
      query: {},
      body,
      headers: { "x-playground-signature": `t=${t},v1=${signature}` },
    };
    // Somebody holds the table: no commit can end.
    const owner = new Client({ connectionString: inject("database").owner });
    await owner.connect();
    await owner.query("begin; lock table hook_replay in access exclusive mode");
    await expect(hurried.receiver.take(us.hookId, request, "trace")).rejects.toMatchObject({
      code: "overloaded",
      status: 503,
      headers: { "retry-after": "5" },
    });
    await owner.query("rollback");
    await owner.end();
    await hurried.receiver.drain();
    expect(
      (await us.app.inject({ method: "POST", url: `/hooks/${us.hookId}`, payload: body, headers: request.headers }))
        .statusCode,
    ).toBe(200);
    await us.channels.drainInbound();
    expect((await us.messages()).map((m) => m.text)).toEqual(["in a hurry"]);
  });

  it("lets one event that the database refuses hold up no other, not even in the same body", async () => {
    const real = networkAdapters(town.clock).playground!;
    const bent: Adapter = {
      ...real,
      parse(input, context) {
        const read = parsePlayground(input, context);
        for (const event of read.events)
          if ("item" in event && event.item.text === "poison") Object.assign(event.item, { visibility: "nowhere" });
        return read;
      },
    };
    for (const texts of [["a"], ["b", "poison", "c"], ["d"], ["poison"], ["e"]]) {
      const events = await since(async () => {
        for (const text of texts) await speak(text);
      });
      await us.push(events, { at: town.clock.advance(1_000) });
    }
    await us.another({ adapters: { playground: bent } }).drainInbound();
    expect((await us.messages()).map((m) => m.text).sort()).toEqual(["a", "b", "c", "d", "e"]);
    expect(await us.announced("MessageReceived")).toHaveLength(5);
    const raw = await us.act((tx) =>
      sql<{ state: string }>`select state from raw_inbox where account_id = ${us.accountId} order by state, id`.execute(
        tx.tables(),
      ),
    );
    expect(raw.rows.map((r) => r.state)).toEqual(["parsed", "parsed", "parsed", "quarantined", "quarantined"]);
    // The parser is mended: what lay in quarantine is read again.
    await us.act((tx) => reparseChannel(tx, us.channelId));
    await us.channels.drainInbound();
    expect(await us.messages()).toHaveLength(7);
  });

  it("stores hostile texts: NUL, half characters, mark-up, 64 KiB, __proto__", async () => {
    const hostile = [
      "\u0000zero",
      "half \ud800 pair",
      "<script>alert(1)</script>",
      "x".repeat(60_000),
      "\u202eright to left",
    ];
    const events = await since(async () => {
      for (const text of hostile) await speak(text, { raw: true });
    });
    const tricky = events.map((e) => ({ ...e, post: { ...e.post, ["__proto__"]: { id: "x" } } }));
    await us.push(tricky);
    await us.channels.drainInbound();
    expect((await us.messages()).map((m) => m.text.length)).toHaveLength(hostile.length);
    expect((await us.messages()).some((m) => m.text === "\ufffdzero")).toBe(true);
  });
});

describe("edits and deletions", () => {
  async function story() {
    const events = await since(async () => {
      const post = await speak("first words");
      await town.sim("PATCH", `/sim/v1/posts/${post.id}`, { text: "second words" }, "carla");
      await town.sim("PATCH", `/sim/v1/posts/${post.id}`, { text: "third words" }, "carla");
    });
    return events;
  }

  it("keeps former texts as revisions, in whatever order they come", async () => {
    const events = await story();
    for (const event of [events[2], events[0], events[1]]) {
      await us.push([event], { at: town.clock.advance(1_000) });
      await us.channels.drainInbound();
    }
    const [message] = await us.messages();
    expect(message).toMatchObject({ text: "third words", revision: "3" });
    const former = await us.act((tx) => revisionsOf(tx, [message!.id]));
    expect(
      former
        .get(message!.id)!
        .map((r) => r.text)
        .sort(),
    ).toEqual(["first words", "second words"]);
    expect(await us.announced("MessageReceived")).toHaveLength(1);
  });

  it("lets a deletion that came first win, and wipes every text", async () => {
    const events = await story();
    const id = events[0]!.post.id;
    const gone = {
      seq: 99,
      id: "ev_x",
      type: "post.deleted",
      at: new Date(town.clock.now()).toISOString(),
      post: { ...events[0]!.post, text: null, deletedAt: new Date(town.clock.now()).toISOString() },
    };
    await us.push([gone]);
    await us.channels.drainInbound();
    expect(await us.messages()).toEqual([]);
    await us.push([...events].reverse(), { at: town.clock.advance(1_000) });
    await us.channels.drainInbound();
    const [message] = await us.messages();
    expect(message).toMatchObject({ externalId: id, state: "tombstone", text: "" });
    expect((await us.act((tx) => revisionsOf(tx, [message!.id]))).size).toBe(0);
    expect(await us.announced("MessageDeleted")).toHaveLength(1);
  });

  it("wipes what was stored before when the deletion comes last", async () => {
    const events = await since(async () => {
      const post = await speak("said and regretted");
      await town.sim("PATCH", `/sim/v1/posts/${post.id}`, { text: "said otherwise" }, "carla");
    });
    for (const event of events) {
      await us.push([event], { at: town.clock.advance(1_000) });
      await us.channels.drainInbound();
    }
    const [message] = await us.messages();
    expect((await us.act((tx) => revisionsOf(tx, [message!.id]))).get(message!.id)).toHaveLength(1);
    await us.push(await since(() => town.sim("DELETE", `/sim/v1/posts/${message!.externalId}`, undefined, "carla")));
    await us.channels.drainInbound();
    expect(await us.messages()).toMatchObject([{ state: "tombstone", text: "", entities: [], version: 3 }]);
    expect((await us.act((tx) => revisionsOf(tx, [message!.id]))).size).toBe(0);
  });

  it("finds a card number spread over two messages, and takes it out of the stored one too", async () => {
    const first = await since(() => speak("my number is 4111 1111"));
    await us.push(first);
    await us.channels.drainInbound();
    const post = first[0]!.post;
    const second = await since(() => speak("1111 1111 thanks", { parentId: post.id }));
    await us.push(second);
    await us.channels.drainInbound();
    const texts = (await us.messages()).map((m) => m.text).join(" | ");
    expect(texts).not.toMatch(/4111|1111 1111/);
    expect(await us.announced("MessageEdited")).toHaveLength(1);
    const raw = await us.act((tx) =>
      sql<{ n: number }>`select count(*)::int as n from raw_inbox where account_id = ${us.accountId}`.execute(
        tx.tables(),
      ),
    );
    expect(raw.rows[0]!.n).toBe(1);
  });
});

describe("raw copies", () => {
  it("are replaced by their redacted form and can be parsed again without an effect", async () => {
    const { unseal } = await import("#modules/company");
    await us.push(await since(() => speak("4111 1111 1111 1111 is my card")));
    await us.channels.drainInbound();
    const before = await us.messages();
    const copy = await us.act(async (tx) => {
      const row = (
        await sql<{
          body: Buffer;
          state: string;
        }>`select body, state from raw_inbox where account_id = ${us.accountId}`.execute(tx.tables())
      ).rows[0]!;
      return { state: row.state, text: (await unseal(tx, row.body)).toString() };
    });
    expect(copy.state).toBe("parsed");
    expect(copy.text).toContain("[card …1111]");
    expect(copy.text).not.toContain("4111 1111 1111 1111");
    expect(await us.act((tx) => reparseChannel(tx, us.channelId, "all"))).toBe(1);
    await us.channels.drainInbound();
    expect(await us.messages()).toEqual(before);
    expect(await us.announced("MessageReceived")).toHaveLength(1);
  });

  it("go after a day, quarantine after seven", async () => {
    const { timers } = await import("../index.ts");
    await us.push(await since(() => speak("short-lived")));
    await us.push([], { body: "broken" });
    await us.channels.drainInbound();
    const left = async () =>
      (
        await us.act((tx) =>
          sql<{ state: string }>`select state from raw_inbox where account_id = ${us.accountId}`.execute(tx.tables()),
        )
      ).rows.map((r) => r.state);
    const purge = () =>
      us.act((tx) =>
        timers["channels-purge"]!(tx, { kind: "channels-purge", ref: us.channelId, dueAt: tx.now, payload: {} }),
      );
    town.clock.advance(25 * 3_600_000);
    await purge();
    expect(await left()).toEqual(["quarantined"]);
    town.clock.advance(7 * 86_400_000);
    await purge();
    expect(await left()).toEqual([]);
  });
});

describe("statements", () => {
  it("do not grow with the batch: 150 posts need as many as 30", async () => {
    const counted = async (n: number) => {
      const events = await since(async () => {
        for (let i = 0; i < n; i++) await speak(`plain words ${"abc"[i % 3]} number none`);
      });
      for (let i = 0; i < events.length; i += 100)
        await us.push(events.slice(i, i + 100), { at: town.clock.advance(1_000) });
      const { rows } = await us.act((tx) => sql<{ n: number }>`select pg_backend_pid() as n`.execute(tx.tables()));
      expect(rows).toHaveLength(1);
      const log: string[] = [];
      const client = Client.prototype as unknown as { query: (...a: unknown[]) => unknown };
      const original = client.query;
      client.query = function (this: unknown, ...args: unknown[]) {
        log.push(String((args[0] as { text?: string })?.text ?? args[0]));
        return original.apply(this, args);
      };
      await us.channels.drainInbound();
      client.query = original;
      return log.filter((q) => /\b(insert|update|delete|select)\b/i.test(q)).length;
    };
    const small = await counted(30);
    expect(await counted(150)).toBe(small);
    expect(small).toBeGreaterThan(5);
    expect(small).toBeLessThan(20);
  });
});
