import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { setStop } from "#modules/company";
import { type Company, openTown, permitOf, type Town } from "../../../../tests/support/channels-kit.ts";
import {
  type Adapter,
  deliveriesById,
  networkAdapters,
  retryDelivery,
  setChannelState,
  settleDelivery,
  withdrawDelivery,
} from "../index.ts";

let town: Town;
let us: Company;
// biome-ignore lint/suspicious/noExplicitAny: a post of the playground
let post: any;
beforeAll(async () => {
  town = await openTown();
});
beforeEach(async () => {
  us = await town.company();
  post = await town.sim("POST", "/sim/v1/posts", { text: `@${us.handle} where is my parcel` }, "carla");
  await us.push(await us.feed());
  await us.channels.drainInbound();
});
afterEach(() => town.sim("DELETE", "/admin/faults"));
afterAll(() => town.close());

const fault = (kind: string, more = {}) =>
  town.sim("POST", "/admin/faults", { kind, next: 1, company: us.handle, ...more });
const delivery = async (id: string) => (await us.act((tx) => deliveriesById(tx, [id]))).get(id)!;
const ours = async () => (await us.messages()).filter((m) => m.direction === "out");
const sentTexts = async () => (await us.accepted()).map((a) => a.text);

describe("a reply", () => {
  it("appears once under the post, becomes our message, and its echo is the same one", async () => {
    const id = await us.reply(post, "On its way.");
    await us.channels.drainOutbox();
    const done = await delivery(id);
    expect(done).toMatchObject({ state: "sent", error: null });
    expect(done.permalink).toContain("/posts/");
    expect(await us.accepted()).toMatchObject([
      {
        op: "post.create",
        parentId: post.id,
        text: "On its way. — Priya Nair, Northwind Mobile",
        idempotencyKey: `${id}.1`,
      },
    ]);
    await us.push(await us.feed(), { at: town.clock.advance(1_000) });
    await us.channels.drainInbound();
    expect(await ours()).toMatchObject([
      { deliveryId: id, externalId: done.parts[0]!.externalId, parentExternalId: post.id, revision: "1" },
    ]);
    expect(await us.announced("DeliverySent")).toMatchObject([
      { payload: { deliveryId: id, externalIds: [done.parts[0]!.externalId] } },
    ]);
    expect((await us.announced("MessageReceived")).filter((e) => e.payload.direction === "out")).toHaveLength(1);
  });

  it("belongs to its delivery also when the echo comes before the answer", async () => {
    const real = networkAdapters(town.clock).playground!;
    const slow: Adapter = {
      ...real,
      send: {
        ...real.send!,
        async sendPart(...args) {
          const outcome = await real.send!.sendPart(...args);
          await us.push(await us.feed(), { at: town.clock.advance(1_000) });
          await us.channels.drainInbound();
          return outcome;
        },
      },
    };
    const id = await us.reply(post, "Echo first.");
    await us.another({ adapters: { playground: slow } }).drainOutbox();
    expect(await ours()).toMatchObject([{ deliveryId: id }]);
    expect((await delivery(id)).state).toBe("sent");
  });

  it("is split into parts that hang under one another", async () => {
    const words = Array.from({ length: 150 }, (_, i) => `word${i}`).join(" ");
    const id = await us.reply(post, words);
    await us.channels.drainOutbox();
    const { parts, state } = await delivery(id);
    expect(state).toBe("sent");
    expect(parts.length).toBeGreaterThan(1);
    const accepted = await us.accepted();
    expect(accepted.map((a) => a.parentId)).toEqual([post.id, ...parts.slice(0, -1).map((p) => p.externalId)]);
    expect(accepted.at(-1).text).toMatch(/— Priya Nair, Northwind Mobile$/);
    expect(await ours()).toHaveLength(parts.length);
  });

  it("goes out in private as the post's one private answer", async () => {
    const id = await us.reply(post, "Please send us your number.", {
      permit: permitOf("private"),
      intent: { op: "private-reply", toExternalId: post.id, toHandle: "carla", toAuthorId: post.author.id },
    });
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
    expect(await us.accepted()).toMatchObject([{ op: "dm.create", text: "Please send us your number." }]);
    expect(await ours()).toMatchObject([{ kind: "dm", visibility: "private", deliveryId: id }]);
    const again = await us.reply(post, "And once more.", {
      permit: permitOf("private"),
      intent: { op: "private-reply", toExternalId: post.id, toHandle: "carla", toAuthorId: post.author.id },
    });
    await us.channels.drainOutbox();
    expect(await delivery(again)).toMatchObject({ state: "failed", error: { class: "window-closed" } });
    expect(await us.accepted()).toHaveLength(1);
  });

  it("answers a direct message in its thread, and never in public", async () => {
    await town.sim("POST", "/sim/v1/dms", { to: us.handle, text: "my number is 0123" }, "carla");
    const feed = await us.feed();
    const dm = feed.at(-1).dm;
    await us.push(feed, { at: town.clock.advance(1_000) });
    await us.channels.drainInbound();
    const to = { ...dm, author: dm.from, rootId: "" };
    const threadKey = `dm:${dm.threadId}`;
    const id = await us.reply(to, "Thank you.", { permit: permitOf("private"), threadKey });
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
    expect(await us.accepted()).toMatchObject([{ op: "dm.create", text: "Thank you." }]);
    expect(await ours()).toMatchObject([{ threadKey, visibility: "private", direction: "out" }]);
    const loud = await us.reply(to, "Your number is 0123.", { threadKey });
    await us.channels.drainOutbox();
    expect(await delivery(loud)).toMatchObject({ state: "failed", error: { code: "audience-mismatch" } });
    expect(await us.accepted()).toHaveLength(1);
  });

  it("keeps the order of its thread", async () => {
    const ids = [];
    for (const text of ["one", "two", "three"]) ids.push(await us.reply(post, text));
    await fault("api-503");
    await us.channels.drainOutbox();
    expect(await us.accepted()).toEqual([]);
    town.clock.advance(5_000);
    await us.channels.drainOutbox();
    expect((await sentTexts()).map((t: string) => t.split(" ")[0])).toEqual(["one", "two", "three"]);
  });

  it("waits as long as Retry-After says", async () => {
    await fault("api-429", { ms: 30_000 });
    const id = await us.reply(post, "Patience.");
    await us.channels.drainOutbox();
    expect(await delivery(id)).toMatchObject({ state: "pending", error: { class: "rate-limited" } });
    town.clock.advance(29_000);
    await us.channels.drainOutbox();
    expect(await us.accepted()).toEqual([]);
    town.clock.advance(1_000);
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
  });

  it("is sent once by two workers at the same time", async () => {
    for (let i = 0; i < 5; i++) await us.reply(post, `number ${i}`);
    const [a, b] = [us.another(), us.another()];
    await Promise.all([a.drainOutbox(), b.drainOutbox()]);
    await us.channels.drainOutbox();
    expect(await us.accepted()).toHaveLength(5);
  });
});

describe("an unknown outcome", () => {
  it.each(["api-500-after-write", "api-reset-after-write", "api-hang"])(
    "%s: is looked up, found, never sent twice",
    async (kind) => {
      await fault(kind);
      const id = await us.reply(post, "Did it arrive?");
      await us.channels.drainOutbox();
      expect(await delivery(id)).toMatchObject({ state: "unknown", parts: [{ state: "unknown" }] });
      expect(await us.announced("DeliveryUnknown")).toHaveLength(1);
      town.clock.advance(2_000);
      await us.channels.drainOutbox();
      expect((await delivery(id)).state).toBe("sent");
      expect(await us.accepted()).toHaveLength(1);
      expect(await ours()).toMatchObject([{ deliveryId: id }]);
    },
  );

  it("a sure not-found sends it again, once", async () => {
    await fault("api-503");
    const id = await us.reply(post, "Second try.");
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("unknown");
    town.clock.advance(2_000);
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
    expect(await us.accepted()).toHaveLength(1);
  });

  it("killed between the network's acceptance and our note: found at the next start, never twice", async () => {
    const real = networkAdapters(town.clock).playground!;
    const dying: Adapter = {
      ...real,
      send: {
        ...real.send!,
        async sendPart(...args) {
          await real.send!.sendPart(...args);
          return new Promise(() => {});
        },
      },
    };
    const id = await us.reply(post, "Sent, then killed.");
    const killed = us.another({ adapters: { playground: dying } }).drainOutbox();
    killed.catch(() => {});
    await expect.poll(async () => (await us.accepted()).length).toBe(1);
    expect((await delivery(id)).state).toBe("in-flight");
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("in-flight");
    town.clock.advance(10_000);
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("unknown");
    town.clock.advance(2_000);
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
    expect(await us.accepted()).toHaveLength(1);
    expect(await ours()).toHaveLength(1);
  });

  it("a late answer of a worker that lost its claim changes nothing that is known", async () => {
    const real = networkAdapters(town.clock).playground!;
    let wake = () => {};
    const gate = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const stalled: Adapter = {
      ...real,
      send: {
        ...real.send!,
        async sendPart(...args) {
          await real.send!.sendPart(...args);
          await gate;
          return { state: "failed", error: { class: "transient", retryable: true, message: "too late" } };
        },
      },
    };
    const id = await us.reply(post, "Taken over.");
    const late = us.another({ adapters: { playground: stalled } }).drainOutbox();
    await expect.poll(async () => (await us.accepted()).length).toBe(1);
    for (const ms of [10_000, 2_000]) {
      town.clock.advance(ms);
      await us.channels.drainOutbox();
    }
    const known = await delivery(id);
    expect(known.state).toBe("sent");
    wake();
    await late;
    expect(await delivery(id)).toEqual(known);
  });

  it("that the network cannot clear up waits for a person, who settles it", async () => {
    const real = networkAdapters(town.clock).playground!;
    const mute: Adapter = {
      ...real,
      send: {
        sendPart: async () => ({ state: "unknown", why: "timeout" }),
        reconcile: async () => ({ found: false, sure: false }),
      },
    };
    const worker = us.another({ adapters: { playground: mute } });
    const ids = [await us.reply(post, "Nobody knows."), await us.reply(post, "Behind it.")];
    for (let i = 0; i < 12; i++) {
      await worker.drainOutbox();
      town.clock.advance(400_000);
    }
    expect(await delivery(ids[0]!)).toMatchObject({ state: "unknown", error: { forHuman: true } });
    expect(await us.accepted()).toEqual([]);
    await us.act((tx) => settleDelivery(tx, ids[0]!, "it-was-sent"));
    expect((await delivery(ids[0]!)).state).toBe("sent");
    expect(await ours()).toMatchObject([{ deliveryId: ids[0], text: expect.stringContaining("Nobody knows.") }]);
    await us.act((tx) => settleDelivery(tx, ids[1]!, "it-was-not-sent-send-again"));
    await us.channels.drainOutbox();
    expect((await delivery(ids[1]!)).state).toBe("sent");
    expect(await sentTexts()).toEqual([expect.stringContaining("Behind it.")]);
    await expect(us.act((tx) => settleDelivery(tx, ids[1]!, "give-up"))).rejects.toMatchObject({ code: "not-now" });
  });

  it("settled as sent and seen later on the network: still one message", async () => {
    const real = networkAdapters(town.clock).playground!;
    const mute: Adapter = {
      ...real,
      send: {
        async sendPart(...args) {
          await real.send!.sendPart(...args);
          return { state: "unknown", why: "timeout" };
        },
        reconcile: async () => ({ found: false, sure: false }),
      },
    };
    const id = await us.reply(post, "Seen later.");
    await us.another({ adapters: { playground: mute } }).drainOutbox();
    await us.act((tx) => settleDelivery(tx, id, "it-was-sent"));
    await us.push(await us.feed(), { at: town.clock.advance(1_000) });
    await us.channels.drainInbound();
    const [message, ...more] = await ours();
    expect(more).toEqual([]);
    expect(message).toMatchObject({ deliveryId: id, externalId: (await us.accepted())[0].objectId });
    expect((await delivery(id)).parts[0]!.externalId).toBe(message!.externalId);
  });
});

describe("what holds a reply back", () => {
  it("the stop switch, until it is lifted", async () => {
    await us.act((tx) => setStop(tx, { brandId: us.brandId, on: true, reason: "wrong tone", by: null }));
    const id = await us.reply(post, "Not now.");
    await us.channels.drainOutbox();
    expect(await delivery(id)).toMatchObject({
      state: "held",
      error: { message: expect.stringContaining("wrong tone") },
    });
    town.clock.advance(1_000);
    await us.act((tx) => setStop(tx, { brandId: us.brandId, on: false, reason: "", by: null }));
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
    expect(await us.accepted()).toHaveLength(1);
  });

  it("a paused channel", async () => {
    const id = await us.reply(post, "Paused.");
    await us.act((tx) => setChannelState(tx, us.channelId, "paused", 1));
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("held");
    await us.act((tx) => setChannelState(tx, us.channelId, "on", 2));
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
  });

  it("a dark process", async () => {
    const id = await us.reply(post, "Dark.");
    await expect(us.another({ dark: true }).drainOutbox()).rejects.toThrow(/dark/);
    expect((await delivery(id)).state).toBe("pending");
    expect(await us.accepted()).toEqual([]);
  });

  it("its undo time, in which it is taken back", async () => {
    const id = await us.reply(post, "Oops.", { notBefore: town.clock.now() + 10_000 });
    await us.channels.drainOutbox();
    expect(await us.act((tx) => withdrawDelivery(tx, id))).toBe(true);
    town.clock.advance(20_000);
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("cancelled");
    expect(await us.accepted()).toEqual([]);
  });

  it("its end of validity", async () => {
    const id = await us.reply(post, "Too late.", {
      notBefore: town.clock.now() + 10_000,
      notAfter: town.clock.now() + 20_000,
    });
    town.clock.advance(30_000);
    await us.channels.drainOutbox();
    expect(await delivery(id)).toMatchObject({ state: "failed", error: { class: "window-closed", code: "expired" } });
    expect(await us.announced("DeliveryFailed")).toHaveLength(1);
    expect(await us.act((tx) => withdrawDelivery(tx, id))).toBe(false);
    // A person who sends it again has looked again.
    await us.act((tx) => retryDelivery(tx, id));
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("sent");
  });

  it("a missing or foreign permit, a missing disclosure, a deleted post", async () => {
    // biome-ignore lint/suspicious/noExplicitAny: a permit that the desk would never make
    await expect(us.reply(post, "No permit.", { permit: null as any })).rejects.toMatchObject({
      code: "preflight-refused",
    });
    const undisclosed = await us.reply(post, "By somebody else.", {
      permit: { ...permitOf("public"), disclosure: { ...permitOf("public").disclosure, agentName: "Other Person" } },
    });
    await us.channels.drainOutbox();
    expect(await delivery(undisclosed)).toMatchObject({
      state: "failed",
      error: { class: "policy", code: "disclosure-missing" },
    });
    await town.sim("DELETE", `/sim/v1/posts/${post.id}`, undefined, "carla");
    await us.push(await us.feed(), { at: town.clock.advance(1_000) });
    await us.channels.drainInbound();
    const gone = await us.reply(post, "Deleted meanwhile.");
    await us.channels.drainOutbox();
    expect(await delivery(gone)).toMatchObject({
      state: "failed",
      error: { class: "not-found", code: "target-deleted" },
    });
    expect(await us.accepted()).toEqual([]);
  });

  it("the network's own refusal, told by its code; a person may try again", async () => {
    await town.sim("DELETE", `/sim/v1/posts/${post.id}`, undefined, "carla");
    const id = await us.reply(post, "They deleted it and we do not know yet.");
    await us.channels.drainOutbox();
    expect(await delivery(id)).toMatchObject({ state: "failed", error: { class: "not-found", code: "deleted" } });
    await us.act((tx) => retryDelivery(tx, id));
    await us.channels.drainOutbox();
    expect((await delivery(id)).state).toBe("failed");
  });
});
