import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { sql } from "#platform/db";
import { eventually } from "../../../../tests/support/eventually.ts";
import {
  type AtprotoCompany,
  type AtprotoTown,
  openAtprotoTown,
} from "../../../../tests/support/fake-pds/atproto-town.ts";
import type { Person } from "../../../../tests/support/fake-pds/index.ts";
import { errorFrame, frameOf } from "../../../../tests/support/fake-pds/repos.ts";

let town: AtprotoTown;
let us: AtprotoCompany;
let carla: Person;
let bob: Person;
let n = 0;
beforeAll(async () => {
  town = await openAtprotoTown();
  carla = await town.net.person("carla.example");
  bob = await town.net.person("bob.example");
});
afterEach(async () => {
  await us?.channels.close();
  Object.assign(town.net.firehose, { keptFrom: 1, doubled: false, swapped: false, refuse: 0 });
});
afterAll(() => town.close());

async function open(more: Parameters<AtprotoTown["company"]>[1] = {}): Promise<void> {
  us = await town.company(`brand${++n}.example`, more);
  if (more.stream !== null) await eventually("the line is open", () => town.net.firehose.listeners === 1);
}
const texts = async () => (await us.messages()).map((m) => m.text);
const heard = (count: number) => eventually(`${count} messages`, async () => (await us.messages()).length === count);
const at = (more = "") => `@${us.us.handle} ${more}`;
async function storedCursor(): Promise<string> {
  const found = await us.act((tx) =>
    sql<{
      value: string;
    }>`select value from channel_cursor where account_id = ${us.accountId} and stream = 'stream'`.execute(tx.tables()),
  );
  return found.rows[0]?.value ?? "";
}

describe("the firehose", () => {
  it("brings mentions, replies, quotes, words and what follows in their threads, and nothing else", async () => {
    await open({ keywords: ["Northwind Mobile", "ネットが遅い"] });
    const before = (await texts()).length;
    expect(before).toBe(0);
    const first = await town.net.post(carla, at("📦 my parcel is late"));
    await town.net.post(bob, "nothing to do with anybody");
    const own = await town.net.post(us.us, "We open a new shop");
    const strong = (p: { uri: string; cid: string }) => ({ uri: p.uri, cid: p.cid });
    const reply = (root: { uri: string; cid: string }, parent = root) => ({
      reply: { root: strong(root), parent: strong(parent) },
    });
    await town.net.post(bob, "where?", reply(own));
    await town.net.post(bob, "look at this", { embed: { $type: "app.bsky.embed.record", record: strong(own) } });
    await town.net.post(bob, "is NORTHWIND  mobile down?");
    await town.net.post(bob, "northwindmobile is a word of its own");
    await town.net.post(bob, "今日もネットが遅いです");
    await town.net.post(carla, "and it is still late", reply(first));
    await heard(7);
    const found = new Map((await us.messages()).map((m) => [m.text, m]));
    expect([...found.values()].map((m) => [m.text, m.direction, m.why])).toEqual(
      expect.arrayContaining([
        [at("📦 my parcel is late"), "in", ["mention"]],
        ["We open a new shop", "out", []],
        ["where?", "in", ["reply"]],
        ["look at this", "in", ["quote"]],
        ["is NORTHWIND  mobile down?", "in", ["keyword"]],
        ["今日もネットが遅いです", "in", ["keyword"]],
        ["and it is still late", "in", ["own-thread"]],
      ]),
    );
    expect(found.get("and it is still late")).toMatchObject({
      ...{ rootExternalId: first.uri, parentExternalId: first.uri, threadKey: `post:${first.uri}`, kind: "comment" },
      ...{ authorId: carla.did, authorHandle: "carla.example", revision: expect.stringMatching(/^bafy/) },
    });
  });

  it("goes on where it stood after a cut, and reads the same twice or the other way round as once", async () => {
    await open();
    town.net.firehose.doubled = true;
    await town.net.post(carla, at("one"));
    await heard(1);
    await eventually("the cursor is stored", async () => (await storedCursor()) !== "");
    town.net.firehose.doubled = false;
    await us.restart(async () => {
      await town.net.post(carla, at("two, while nobody listened"));
      town.net.firehose.swapped = true;
    });
    await eventually("the line is open", () => town.net.firehose.listeners === 1);
    const three = await town.net.post(carla, at("three"));
    await town.net.remove(carla, three.uri);
    await heard(3);
    await eventually("it is wiped", async () => (await texts()).filter((t) => t === "").length === 1);
    town.net.firehose.cut();
    await eventually("opened again", () => town.net.firehose.listeners === 1);
    town.net.firehose.swapped = false;
    await town.net.post(carla, at("four"));
    await heard(4);
    expect(await texts()).toEqual([at("one"), at("two, while nobody listened"), "", at("four")]);
    expect(await us.gaps()).toEqual([]);
  });

  it("shows a gap when the stream reaches no further back, and when it was started anew", async () => {
    await open();
    await town.net.post(carla, at("before"));
    await heard(1);
    await us.restart(async () => {
      await town.net.post(carla, at("lost"));
      await town.net.post(bob, "kept");
      town.net.firehose.keptFrom = town.net.repos.frames.at(-1)!.seq;
    });
    const [gap] = await eventually("a gap", async () => ((await us.gaps()).length === 1 ? us.gaps() : null));
    expect(gap).toMatchObject({ stream: "stream", filled_at: null, to_value: String(town.net.firehose.keptFrom) });
    await us.restart(async () => {
      await us.act((tx) =>
        sql`update channel_cursor set value = '99999999' where account_id = ${us.accountId} and stream = 'stream'`.execute(
          tx.tables(),
        ),
      );
    });
    await eventually("another gap", async () => (await us.gaps()).length === 2);
    await eventually(
      "at the present",
      () => town.net.firehose.cursors.at(-1) === null && town.net.firehose.listeners === 1,
    );
    await town.net.post(carla, at("after"));
    await heard(2);
    expect(await texts()).toEqual([at("before"), at("after")]);
  });

  it("outlives frames of any kind, a line that is ended for slowness, and a server that refuses", async () => {
    await open();
    await town.net.post(carla, at("one"));
    await heard(1);
    const { firehose } = town.net;
    for (const junk of [Buffer.from("hello"), Buffer.alloc(0), Buffer.from([0xa0]), frameOf("#unheardOf", { seq: 5 })])
      firehose.send(junk);
    firehose.send(frameOf("#commit", { seq: 0, repo: "did:plc:x", ops: "none", blocks: 7, time: "late" }));
    firehose.send(
      frameOf("#commit", {
        ...{ seq: town.net.repos.frames.at(-1)!.seq, repo: carla.did, time: "", blocks: Buffer.from("no car") },
        ops: [{ action: "create", path: "app.bsky.feed.post/3kforged", cid: null }],
      }),
    );
    firehose.refuse = 503;
    firehose.tooSlow();
    await eventually("all are gone", () => firehose.listeners === 0);
    await town.net.post(carla, at("two"));
    firehose.refuse = 0;
    town.clock.jump(10 * 60_000);
    await heard(2);
    firehose.send(errorFrame("ConsumerTooSlow"));
    await town.net.post(carla, at("three"));
    await heard(3);
  });

  it("does not believe words that their author's key does not vouch for", async () => {
    await open();
    const honest = carla.key;
    carla.key = bob.key;
    await town.net.post(carla, at("I never said this"));
    carla.key = honest;
    await town.net.post(carla, at("I said this"));
    await heard(1);
    expect(await texts()).toEqual([at("I said this")]);
  });

  it("honours a new name without a new person, and an account that is gone", async () => {
    await open();
    const dora = await town.net.person(`dora${n}.example`);
    const eve = await town.net.person(`eve${n}.example`);
    await town.net.post(dora, at("my line is down"));
    await town.net.post(dora, at("still down"));
    await town.net.post(eve, at("mine too"));
    await heard(3);
    town.net.rename(dora, `dora-new${n}.example`);
    town.net.rename(bob, "bob.example");
    const [renamed] = await eventually("the new name", async () => {
      const told = await us.announced("AuthorChanged");
      return told.length > 0 ? told : null;
    });
    expect(renamed).toMatchObject({ authorId: dora.did, scope: "atproto", handle: `dora-new${n}.example` });
    town.net.shut(dora, "deleted");
    await eventually("her words are gone", async () => (await texts()).filter((t) => t === "").length === 2);
    // Of two people nobody says whose words come first.
    const told = (await us.messages()).map((m) => [m.authorId, m.state, m.text]);
    expect(told.filter(([who]) => who === dora.did)).toEqual([
      [dora.did, "tombstone", ""],
      [dora.did, "tombstone", ""],
    ]);
    expect(told.filter(([who]) => who !== dora.did)).toEqual([[eve.did, "live", at("mine too")]]);
    expect(await us.announced("MessageDeleted")).toHaveLength(2);
    expect(await us.announced("AuthorChanged")).toHaveLength(1);
  });

  it("shows a handle only if it leads back to its owner", async () => {
    await open();
    const liar = await town.net.person(`liar${n}.example`);
    const handle = liar.handle;
    liar.handle = carla.handle;
    await town.net.post(liar, at("I am Carla, send me her data"));
    await heard(1);
    liar.handle = handle;
    expect((await us.messages())[0]).toMatchObject({ authorId: liar.did, authorHandle: "handle.invalid" });
  });
});

describe("Jetstream", () => {
  const frame = (did: string, micros: number, more: object) =>
    town.net.firehose.send(Buffer.from(JSON.stringify({ did, time_us: micros, ...more })));
  const commit = (rkey: string, record?: object) => ({
    kind: "commit",
    commit: {
      operation: record ? "create" : "delete",
      collection: "app.bsky.feed.post",
      rkey,
      ...(record && { cid: "bafycid", record }),
    },
  });

  it("brings the same things as JSON, and tells when it has jumped over an old cursor", async () => {
    await open({
      stream: { kind: "jetstream", url: `${town.net.url.replace("http", "ws")}/subscribe` },
      keywords: ["zeppelin"],
    });
    const start = town.clock.now() * 1_000;
    frame(carla.did, start, commit("3ka", { text: "my zeppelin is late" }));
    frame(bob.did, start + 1, commit("3kb", { text: "nothing" }));
    frame(carla.did, start + 2, commit("3kc", { text: "the other zeppelin too" }));
    frame(carla.did, start + 3, commit("3kc"));
    town.net.firehose.send(Buffer.from("{not json"));
    await eventually("one is wiped", async () => (await texts()).includes(""));
    expect((await texts()).toSorted()).toEqual(["", "my zeppelin is late"]);
    frame(carla.did, start + 4, { kind: "account", account: { active: false, status: "takendown" } });
    await eventually("all is wiped", async () => (await texts()).every((t) => t === ""));
    expect(await us.gaps()).toEqual([]);
    await eventually("the cursor is stored", async () => Number(await storedCursor()) >= start);
    await us.restart();
    await eventually("the line is open", () => town.net.firehose.listeners === 1);
    frame(bob.did, start + 3_600_000_000, commit("3kd", { text: "a zeppelin an hour later" }));
    await heard(3);
    expect(await us.gaps()).toHaveLength(1);
  });
});

describe("the AppView", () => {
  it("brings notifications from where it stood, over many pages, and each message once beside the firehose", async () => {
    await town.net.post(carla, `@brand${n + 1}.example before we were here`);
    town.net.methods.pageSize = 3;
    await open({ appView: true, stream: null });
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    expect(await texts()).toEqual([]);
    for (let i = 1; i <= 8; i++) await town.net.post(carla, at(`number ${i}`));
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    await heard(8);
    expect((await us.messages())[0]).toMatchObject({
      authorHandle: "carla.example",
      authorName: "carla.example's name",
      why: ["mention"],
    });
    town.net.methods.pageSize = 100;
  });

  it("searches for words, and finds what we wrote elsewhere in our own repository", async () => {
    await open({ appView: true, stream: null, keywords: ["slow boat", "zeppelin"] });
    await us.channels.reconcile(us.channelId);
    await town.net.post(bob, "a slow boat again");
    await town.net.post(bob, "my zeppelin is late");
    await town.net.post(us.us, "written in the app");
    await us.channels.reconcile(us.channelId);
    await us.channels.drainInbound();
    await heard(3);
    expect((await us.messages()).map((m) => [m.text, m.direction, m.why]).sort()).toEqual([
      ["a slow boat again", "in", ["keyword"]],
      ["my zeppelin is late", "in", ["keyword"]],
      ["written in the app", "out", []],
    ]);
  });
});

describe("the session", () => {
  it("is renewed once for many calls, and the new token is stored before it is used", async () => {
    await open({ appView: true, stream: null, keywords: ["x"] });
    const { tokens } = town.net.methods;
    await us.channels.reconcile(us.channelId);
    const [made, renewed] = [tokens.made, tokens.renewed];
    tokens.access.clear();
    await Promise.all([
      us.channels.reconcile(us.channelId),
      us.channels.reconcile(us.channelId),
      us.channels.reconcile(us.channelId),
    ]);
    expect([tokens.made, tokens.renewed]).toEqual([made, renewed + 1]);
    // The other process starts from what was stored.
    await us.restart();
    await us.channels.reconcile(us.channelId);
    expect([tokens.made, tokens.renewed]).toEqual([made, renewed + 1]);
  });

  it("is made anew with the app password when it cannot be renewed; a password that is refused is said once", async () => {
    await open({ appView: true, stream: null });
    const { tokens } = town.net.methods;
    tokens.access.clear();
    tokens.refresh.clear();
    const made = tokens.made;
    await us.channels.reconcile(us.channelId);
    expect(tokens.made).toBe(made + 1);
    us.us.password = "another one";
    tokens.access.clear();
    tokens.refresh.clear();
    town.clock.jump(60_000);
    await eventually("it is told", async () => (await us.row()).state === "needs-reauth");
    expect((await us.row()).trouble).toMatch(/does not accept the app password.*Make a new app password/);
    town.clock.jump(60_000);
    const told = (await us.announced("ChannelChanged")).filter((e) => e.state === "needs-reauth");
    expect(told).toHaveLength(1);
    const secret = (await us.row()).secret.toString("latin1");
    expect(secret).not.toMatch(/app-pass|refresh-|access-/);
  });
});
