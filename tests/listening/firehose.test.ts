import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, test } from "vitest";
import { monitorBody } from "../../contracts/monitors.ts";
import { listen } from "../../server/app/cli/listen.ts";
import {
  connectChannel,
  messagesHeard,
  networkAdapters,
  type RunningChannels,
  startChannels,
} from "../../server/modules/channels/index.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { createEars } from "../../server/modules/listening/index.ts";
import { makeMonitor } from "../../server/modules/listening/monitors/monitors.ts";
import { tryQuery } from "../../server/modules/listening/monitors/try-query.ts";
import { type Database, sql, type Tx } from "../../server/platform/db.ts";
import { silentLog } from "../../server/platform/log.ts";
import { makeAccount, openTestDatabase, TEST_START } from "../support/database.ts";
import { eventually } from "../support/eventually.ts";
import { type FakeJetstream, startFakeJetstream } from "../support/fake-jetstream.ts";
import { TravelClock } from "../support/travel-clock.ts";

let db: Database;
let clock: TravelClock;
let jet: FakeJetstream;
const closers: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  useKeyRing(new Uint8Array(32).fill(7));
  clock = new TravelClock(TEST_START);
  ({ db } = openTestDatabase(clock as never));
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});
afterAll(() => db.close());

interface House {
  act: <T>(run: (tx: Tx) => Promise<T>) => Promise<T>;
  texts: () => Promise<string[]>;
  rows: (table: string) => Promise<Record<string, unknown>[]>;
  accountId: string;
  channelId: string;
  channels: RunningChannels;
  restart: (meanwhile?: () => void) => Promise<void>;
}
async function open(network: string, config: Record<string, unknown>, query = "zeppelin"): Promise<House> {
  const { accountId, brandId } = await makeAccount(db);
  const act: House["act"] = (run) => db.withAccount(accountId, run);
  await act((tx) => makeMonitor(tx, monitorBody.parse({ name: query, query }), null, 0));
  const { channelId } = await act((tx) =>
    connectChannel(tx, { brandId, network, name: "All", externalId: String(config.url), handle: "all", config }),
  );
  const start = () =>
    startChannels({
      ...{ accounts: [accountId], db, clock, log: silentLog, adapters: networkAdapters(clock) },
      ...{ publicUrl: "http://127.0.0.1", chance: () => 0, holder: "one", ears: createEars(db, clock) },
    });
  const house: House = {
    ...{ act, accountId, channelId, channels: start() },
    texts: async () => (await act((tx) => messagesHeard(tx, 0, 1_000))).map((m) => m.text).sort(),
    rows: (table) =>
      act(async (tx) => {
        const found = await sql<
          Record<string, unknown>
        >`select * from ${sql.table(table)} where account_id = ${accountId}`.execute(tx.tables());
        return found.rows;
      }),
    async restart(meanwhile) {
      await house.channels.close();
      meanwhile?.();
      house.channels = start();
    },
  };
  closers.push(() => house.channels.close());
  return house;
}
async function jetstream(query?: string): Promise<House> {
  jet = await startFakeJetstream();
  closers.push(() => jet.close());
  const house = await open("bluesky-network", { url: jet.url, privateNetwork: true }, query);
  await eventually("the line is open", () => jet.listeners === 1);
  return house;
}
const heard = (house: House, texts: string[]) =>
  eventually(`${texts.length} posts are kept`, async () => {
    expect(await house.texts()).toEqual(texts.toSorted());
    return true;
  });

test("what a monitor catches is kept, the rest costs no row; deletions are honoured", async () => {
  const house = await jetstream();
  const at = clock.now();
  const rkey = jet.post("did:plc:carla", "my zeppelin is late", at);
  for (let n = 0; n < 300; n++) jet.post("did:plc:bob", `nothing of interest ${n}`, at + n);
  jet.post("did:plc:dora", "the Zeppelin again", at + 400, { langs: ["cy"] });
  await heard(house, ["my zeppelin is late", "the Zeppelin again"]);
  const [message] = await house.act((tx) => messagesHeard(tx, 0, 1));
  expect(message).toMatchObject({
    network: "bluesky-network",
    language: "cy",
    authorId: "did:plc:dora",
    why: ["keyword"],
  });
  expect(await house.rows("inbound_key")).toHaveLength(2);
  jet.gone("did:plc:carla", rkey, at + 500);
  jet.gone("did:plc:bob", "3k000002", at + 501);
  await heard(house, ["the Zeppelin again"]);
  // What was only heard is there to try queries on.
  const tried = await house.act((tx) =>
    tryQuery(tx, { query: "interest", accents: "fold", languages: [], brandId: null, examples: 2 }, () => true),
  );
  expect(tried).toMatchObject({
    hits: 300,
    of: { heard: 302 },
    examples: [{ messageId: null, author: "did:plc:bob" }, {}],
  });
});

test("a broken line, doubles, another order, garbage and frames of any size lose and double nothing", async () => {
  const house = await jetstream();
  const at = clock.now();
  jet.post("did:plc:a", "zeppelin one", at);
  jet.say("{not json");
  jet.say(Buffer.from([0xff, 0xfe, 0x00]));
  jet.say(JSON.stringify({ did: 7, time_us: "soon", commit: [] }));
  jet.say(JSON.stringify({ __proto__: { kind: "commit" }, time_us: at * 1_000 }));
  // Later by the network's clock, earlier on the line.
  jet.post("did:plc:b", "zeppelin three", at + 900);
  jet.post("did:plc:c", "zeppelin two", at + 400);
  jet.again(3);
  await heard(house, ["zeppelin one", "zeppelin three", "zeppelin two"]);
  jet.cut();
  await eventually("the break was seen", () => jet.listeners === 0);
  jet.post("did:plc:d", "zeppelin four, said while we were away", at + 1_000);
  clock.jump(60_000);
  await heard(house, ["zeppelin four, said while we were away", "zeppelin one", "zeppelin three", "zeppelin two"]);
  // It rewound a little: what may have been in flight came twice and was kept once.
  expect(Number(jet.asked.at(-1)?.searchParams.get("cursor"))).toBeLessThan((at + 900) * 1_000);
  expect(await house.rows("channel_gap")).toEqual([]);
  // The largest frame there is, and one beyond: the line is begun again at the present, and the gap is told.
  jet.post("did:plc:e", `zeppelin ${"x".repeat(900_000)}`, clock.now());
  await eventually("the long one is kept", async () => (await house.texts()).length === 5);
  jet.say(Buffer.alloc(7 * 1_048_576, "x"));
  const [gap] = await eventually("the gap is told", async () => {
    const gaps = await house.rows("channel_gap");
    return gaps.length > 0 && gaps;
  });
  expect(gap?.reason).toMatch(/too large/);
  clock.jump(60_000);
  await eventually(
    "the line is open again",
    () => jet.listeners === 1 && jet.asked.at(-1)?.searchParams.get("cursor") === null,
  );
  jet.post("did:plc:f", "zeppelin six", clock.now());
  await eventually("it listens on", async () => (await house.texts()).includes("zeppelin six"));
});

test("a restart goes on where it was, and a cursor that is too old is a gap", async () => {
  const house = await jetstream();
  const at = clock.now();
  jet.post("did:plc:a", "zeppelin one", at);
  await heard(house, ["zeppelin one"]);
  await house.restart(() => void jet.post("did:plc:b", "zeppelin two", at + 1));
  await heard(house, ["zeppelin one", "zeppelin two"]);
  jet.keptFrom = (at + 3_600_000) * 1_000;
  await house.restart(() => void jet.post("did:plc:c", "zeppelin three", at + 3_600_001));
  await heard(house, ["zeppelin one", "zeppelin three", "zeppelin two"]);
  expect((await house.rows("channel_gap")).map((gap) => gap.reason)).toEqual([
    expect.stringMatching(/reaches no further back/),
  ]);
});

test("lines of JSON over HTTP are heard alike; without a way to go on, a break is a gap", async () => {
  const listeners: ServerResponse[] = [];
  const asked: string[] = [];
  const server = createServer((request, answer) => {
    asked.push(request.url ?? "");
    answer.writeHead(200, { "content-type": "application/x-ndjson" });
    answer.write("\n");
    listeners.push(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise<void>((done) => void server.close(() => done()));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/stream`;
  const [plain, resuming] = [
    await open("json-lines", { url, privateNetwork: true }),
    await open("json-lines", { url: `${url}?b`, privateNetwork: true, resumeBy: "since" }),
  ];
  await eventually("both lines are open", () => listeners.length === 2);
  const say = (line: unknown) => {
    for (const one of listeners) one.write(`${typeof line === "string" ? line : JSON.stringify(line)}\n`);
  };
  const at = new Date(clock.now()).toISOString();
  const carla = { id: "u1", handle: "carla", name: "Carla", followers: 1_200 };
  say({ id: "p1", text: "my zeppelin is late", at, author: carla, lang: "en", url: "https://forum.example/p1" });
  say({ id: "p2", text: "nothing", at, author: "bob" });
  say("garbage");
  say({ id: "p3", text: "zeppelin!", at, author: "bob", reply_to: "p1", cursor: "c3" });
  for (const house of [plain, resuming]) await heard(house, ["my zeppelin is late", "zeppelin!"]);
  const [last] = await plain
    .act((tx) => messagesHeard(tx, 0, 5))
    .then((all) => all.filter((m) => m.text === "zeppelin!"));
  expect(last).toMatchObject({ parentExternalId: "p1", authorHandle: "bob", kind: "comment" });
  say({ id: "p3", deleted: true });
  for (const house of [plain, resuming]) await heard(house, ["my zeppelin is late"]);
  const before = asked.length;
  for (const one of listeners.splice(0)) one.destroy();
  await eventually("both opened again", () => {
    clock.jump(5_000);
    return asked.length >= before + 2 && listeners.length === 2;
  });
  expect(asked.slice(before).sort()).toEqual(["/stream", expect.stringMatching(/^\/stream\?b=&since=/)]);
  say({ id: "p4", text: "zeppelin four", at, author: "bob" });
  for (const house of [plain, resuming]) await heard(house, ["my zeppelin is late", "zeppelin four"]);
  expect((await plain.rows("channel_gap")).map((gap) => gap.reason)).toEqual([expect.stringMatching(/cannot go on/)]);
  expect(await resuming.rows("channel_gap")).toEqual([]);
});

/** Who may prepare the database of the run, as the command line does. */
function administrator(): string {
  const url = new URL(inject("template").admin);
  url.pathname = new URL(inject("database").owner).pathname;
  return url.href;
}

test("posts that are handed in by a file are asked about alike, and once", async () => {
  const house = await open("json-lines", { url: "" });
  const file = join(await mkdtemp(join(tmpdir(), "hubbub-listen-")), "posts.jsonl");
  closers.push(() => rm(dirname(file), { recursive: true }));
  const line = (id: string, text: string) => JSON.stringify({ id, text, author: "bob", at: clock.now() });
  await writeFile(
    file,
    [line("a", "the zeppelin"), "garbage", line("b", "nothing"), line("c", "Zeppelins")].join("\n"),
  );
  const said: string[] = [];
  const io = {
    env: { DATABASE_URL: administrator(), HUBBUB_MASTER_KEY: "07".repeat(32) },
    out: (text: string) => void said.push(text),
    err: () => {},
  };
  const names = ["--channel", house.channelId, "--account", house.accountId];
  for (let turn = 0; turn < 2; turn++) expect(await listen.run([file, ...names], io)).toBe(0);
  expect(said).toEqual(Array(2).fill("3 posts heard, 1 kept, 1 lines could not be read."));
  await heard(house, ["the zeppelin"]);
  await expect(listen.run([file, "--channel", "nobody", "--account", house.accountId], io)).rejects.toThrow(
    /no such channel/,
  );
});

test("an address inside of our own network is refused unless the operator allows it", async () => {
  for (const network of ["bluesky-network", "json-lines"]) {
    const { connect } = networkAdapters(clock)[network]!;
    const scheme = network === "json-lines" ? "http" : "ws";
    const answer = await connect!.prepare({ address: `${scheme}://127.0.0.1:9/x` }, AbortSignal.timeout(5_000));
    expect(answer).toMatchObject({ ok: false, need: "address", fault: "private-address" });
    const wrong = await connect!.prepare({ address: "gopher://x.example" }, AbortSignal.timeout(5_000));
    expect(wrong).toMatchObject({ ok: false, fault: "refused" });
  }
});
