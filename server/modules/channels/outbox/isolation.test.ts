import { createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Company, openTown, permitOf, type Town } from "../../../../tests/support/channels-kit.ts";
import { eventually } from "../../../../tests/support/eventually.ts";
import { silentLog } from "../../../platform/log.ts";
import { connectChannel, deliveriesById, enqueueDelivery, networkAdapters, startChannels } from "../index.ts";

let town: Town;
let us: Company;
const sockets = new Set<Socket>();
/** Takes every connection and never says a word. */
const mute = createServer((socket) => {
  sockets.add(socket);
  socket.on("error", () => {});
});
beforeAll(async () => {
  town = await openTown();
  us = await town.company();
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => mute.close(resolve));
  await town.close();
});

const LINE = "— Priya Nair, Northwind Mobile";

it("a network that hangs holds up nobody but itself: all others' replies go while its calls are still open", async () => {
  const { port } = mute.address() as { port: number };
  const hanging = await us.act((tx) =>
    connectChannel(tx, {
      ...{ brandId: us.brandId, network: "playground", name: "Hanging", externalId: "pr_mute", handle: "mute" },
      config: { baseUrl: `http://127.0.0.1:${port}`, network: "nw_mute" },
      secret: { token: "token-of-the-mute-one", appSecret: "secret-of-the-mute-one" },
    }),
  );
  const enqueue = (channelId: string, n: number) =>
    us.act((tx) =>
      enqueueDelivery(tx, {
        ...{ channelId, brandId: us.brandId, threadKey: `post:stuck-${n}`, agentId: us.brandId, conversationId: null },
        intent: { op: "reply", toExternalId: `stuck-${n}`, toHandle: "carla", toAuthorId: "pr_carla" },
        ...{ text: `Number ${n}. ${LINE}`, permit: permitOf("public", LINE), notBefore: tx.now, notAfter: null },
      }),
    );
  const stuck: string[] = [];
  for (let n = 0; n < 40; n++) stuck.push((await enqueue(hanging.channelId, n)).deliveryId);
  const posts = [];
  for (let n = 0; n < 20; n++) posts.push(await town.sim("POST", "/sim/v1/posts", { text: `question ${n}` }, "carla"));
  await us.push(await us.feed());
  await us.channels.drainInbound();
  for (const post of posts) await us.reply(post, "On its way.");

  const running = startChannels({
    ...{ accounts: [us.accountId], db: town.db, clock: town.clock, log: silentLog, publicUrl: "http://127.0.0.1" },
    ...{ adapters: networkAdapters(town.clock), watch: false, chance: () => 0, sendTimeoutMs: 8_000 },
  });
  const draining = running.drainOutbox();
  draining.catch(() => {});
  try {
    await eventually("all replies of the well one are there", async () => (await us.accepted()).length === 20);
    const states = await us.act(async (tx) => [...(await deliveriesById(tx, stuck)).values()].map((d) => d.state));
    // As many as one channel may have open at once; the others wait their turn behind them and nobody else's.
    expect(Map.groupBy(states, (s) => s).get("in-flight")).toHaveLength(16);
    expect(new Set(states)).toEqual(new Set(["in-flight", "pending"]));
  } finally {
    mute.on("connection", (socket) => socket.destroy());
    for (const socket of sockets) socket.destroy();
    await running.close();
  }
  await draining;
});
