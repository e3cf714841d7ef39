import { spawnSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blueskyChannel, connectChannel } from "../../../server/modules/channels/index.ts";
import { systemClock } from "../../../server/platform/clock.ts";
import type { ApiClient, Json } from "../../support/api-client.ts";
import { eventually } from "../../support/eventually.ts";
import { type Desk, openDesk } from "../../support/server.ts";
import { messagesOf } from "../../support/story.ts";
import { debianPostgres, type PeerServer, startDebianPostgres } from "../debian-postgres.ts";
import { type PeerNetwork, startPeerNetwork, startRedis, whyNot } from "./peer.ts";

const postgres = debianPostgres();
const missing = [
  ...(postgres ? [] : ["no PostgreSQL lies in /usr/lib/postgresql (Debian: apt install postgresql)"]),
  ...(spawnSync("redis-server", ["--version"]).error
    ? ["redis-server cannot be started (Debian: apt install redis-server)"]
    : []),
];
const why = missing.length > 0 ? missing.join(", and ") : await whyNot();
if (why) console.log(`bluesky-app-view: *not run*, because ${why}`);

const WAIT = 45_000;

describe.skipIf(why !== null)("Bluesky with its AppView: notifications, search, threads", () => {
  let redis: { host: string; stop(): Promise<void> };
  let cluster: PeerServer;
  let net: PeerNetwork;
  let desk: Desk;
  let priya: ApiClient;
  let us: Json;
  beforeAll(async () => {
    [redis, cluster] = await Promise.all([startRedis(), startDebianPostgres(postgres!.bin)]);
    net = await startPeerNetwork({ postgresUrl: cluster.url, redisHost: redis.host });
    us = await net.ask("join", { handle: "northwind.test", name: "Northwind Mobile" });
    await net.ask("join", { handle: "carla.test", name: "Carla Ruiz" });
    desk = await openDesk({ startsAt: Date.now() });
    const { accountId, brandId } = desk.company;
    const made = await blueskyChannel(systemClock, {
      ...{ brandId, name: "Bluesky", handle: us.handle, appPassword: us.appPassword, service: net.pds, plc: net.plc },
      // No stream: what is heard here is heard through the AppView.
      ...{ appView: true, stream: null, keywords: ["zeppelin"], languages: ["en"], privateNetwork: true },
    });
    if (!made.ok) throw new Error(made.why);
    const { channelId } = await desk.db.withAccount(accountId, (tx) => connectChannel(tx, made.channel));
    // The first look is where it begins.
    await eventually(
      "the first look",
      async () => {
        const found = await desk.database.query("select stream from channel_cursor where channel_id = $1", [channelId]);
        return found.length === 3;
      },
      WAIT,
    );
    priya = await desk.as("priya");
  }, 300_000);
  afterAll(async () => {
    await desk?.stop();
    await net?.stop();
    await cluster?.stop();
    await redis?.stop();
  });

  const stored = (uri: string) =>
    eventually(
      `${uri} is stored`,
      async () => {
        await net.ask("settle");
        desk.travel(5_000);
        return (await desk.database.query<Json>("select * from message where external_id = $1", [uri]))[0];
      },
      WAIT,
    );

  it("a mention comes as a notification; the answer stands once in the thread as the app shows it", {
    timeout: 120_000,
  }, async () => {
    const asked = await net.ask("post", {
      who: "carla.test",
      text: "@northwind.test my internet is down, when will it work again?",
    });
    expect(await stored(asked.uri)).toMatchObject({
      author_handle: "carla.test",
      author_name: "Carla Ruiz",
      why: ["mention"],
    });
    const offer: Json = await eventually(
      "an offer",
      async () => {
        const { offers } = await priya.get("/api/offers");
        return offers.find((o: Json) => o.row.customer.name === "Carla Ruiz");
      },
      WAIT,
    );
    await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
    const view = await priya.get(`/api/desk/conversations/${offer.row.conversationId}`);
    await net.ask("cut", { method: "putRecord" });
    await priya.do("POST", `/api/desk/conversations/${offer.row.conversationId}/replies`, {
      ...{ audience: "public", text: "By noon, @carla.test.", expectedVersion: view.work?.version ?? view.version },
      answersMessageId: messagesOf(view).findLast((m) => m.direction === "in").id,
      resolveWith: "solved",
    });
    const seen = () => net.ask("thread", { as: "carla.test", uri: asked.uri });
    await eventually(
      "the answer in the app",
      async () => {
        desk.travel(1_000);
        return (await seen()).replies.length > 0;
      },
      WAIT,
    );
    await desk.quiet();
    expect((await seen()).replies).toEqual([
      {
        uri: expect.stringContaining(us.did),
        handle: "northwind.test",
        text: "By noon, @carla.test. — Priya Nair, Northwind Mobile",
        replies: [],
      },
    ]);
  });

  it("a watched word is found by search", { timeout: 120_000 }, async () => {
    const post = await net.ask("post", { who: "carla.test", text: "my zeppelin has no signal up here" });
    expect(await stored(post.uri)).toMatchObject({ why: ["keyword"], direction: "in" });
  });
});
