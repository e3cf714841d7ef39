import { createServer, type Socket } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { startPlayground } from "../playground/index.ts";
import {
  type Adapter,
  connectChannel,
  enqueueDelivery,
  networkAdapters,
  startChannels,
} from "../server/modules/channels/index.ts";
import { brandsOf } from "../server/modules/company/index.ts";
import { systemClock } from "../server/platform/clock.ts";
import type { Database } from "../server/platform/db.ts";
import { silentLog } from "../server/platform/log.ts";
import { company, withFreshDatabase, withPostgres } from "./house.ts";
import { type Bench, latency } from "./measure.ts";

const REPLIES = 200;
const EVERY_MS = 25;
const ROUNDS = 3;
/** So many replies wait for the network that hangs: more than may be under way on one channel. */
const STUCK = 100;
const KEY = "simulator-key-of-the-bench";
const PLENTY = { max: 10_000_000, windowMs: 60_000 };
const LINE = "— Priya Nair, Northwind";

/** Times from the moment a reply was put into the outbox to the network's answer. */
async function measured(db: Database, hangs: boolean): Promise<number[]> {
  const playground = await startPlayground({ port: 0, simulatorKey: KEY, limits: { write: PLENTY, read: PLENTY } });
  const sockets = new Set<Socket>();
  const mute = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const mutePort = (mute.address() as { port: number }).port;
  const { accountId } = await company(db);
  const call = async (method: string, path: string, body: object, as?: string) =>
    (await (
      await fetch(playground.url + path, {
        method,
        headers: { "x-playground-key": KEY, "content-type": "application/json", ...(as && { "x-playground-as": as }) },
        body: JSON.stringify(body),
      })
    ).json()) as { id: string; profile: { id: string }; token: string };
  const { profile, token } = await call("PUT", "/admin/companies/northwind", { name: "Northwind" });
  await call("PUT", "/sim/v1/people", { people: [{ handle: "carla", name: "Carla" }] });
  const connect = (name: string, baseUrl: string, externalId: string) =>
    db.withAccount(accountId, async (tx) => {
      const brandId = (await brandsOf(tx))[0]!.id;
      const made = { brandId, network: "playground", name, externalId, handle: "northwind" };
      const config = { baseUrl, network: playground.network };
      return { brandId, ...(await connectChannel(tx, { ...made, config, secret: { token, appSecret: token } })) };
    });
  const well = await connect("Well", playground.url, profile.id);
  const ill = await connect("Hanging", `http://127.0.0.1:${mutePort}`, "pr_mute");

  const began = new Map<string, number>();
  const took: number[] = [];
  const real = networkAdapters(systemClock).playground!;
  const adapter: Adapter = {
    ...real,
    send: {
      ...real.send!,
      async sendPart(access, delivery, part, ...rest) {
        const outcome = await real.send!.sendPart(access, delivery, part, ...rest);
        const start = began.get(delivery.id);
        if (start !== undefined) took.push(performance.now() - start);
        return outcome;
      },
    },
  };
  const running = startChannels({
    ...{ db, clock: systemClock, log: silentLog, adapters: { playground: adapter }, publicUrl: "http://bench.invalid" },
    accounts: [accountId],
  });
  const enqueue = async (to: typeof well, postId: string, n: number) => {
    const start = performance.now();
    return db.withAccount(accountId, async (tx) => {
      const { deliveryId } = await enqueueDelivery(tx, {
        ...{ channelId: to.channelId, brandId: to.brandId, threadKey: `post:${postId}`, agentId: to.brandId },
        ...{ conversationId: null, text: `Number ${n}. ${LINE}`, notBefore: tx.now, notAfter: null },
        intent: { op: "reply", toExternalId: postId, toHandle: "carla", toAuthorId: "pr_carla" },
        permit: {
          ...{ policyVersion: 1, preflightVersion: 1, approval: null, audience: "public" },
          disclosure: {
            text: LINE,
            style: "full-name",
            agentId: null,
            agentName: "Priya Nair",
            brandName: "Northwind",
          },
        },
      });
      if (to === well) began.set(deliveryId, start);
    });
  };
  try {
    if (hangs) for (let n = 0; n < STUCK; n++) await enqueue(ill, `stuck-${n}`, n);
    for (let n = 0; n < REPLIES; n++) {
      const post = await call("POST", "/sim/v1/posts", { text: `question ${n}` }, "carla");
      await enqueue(well, post.id, n);
      await after(EVERY_MS);
    }
    const deadline = performance.now() + 30_000;
    while (took.length < REPLIES && performance.now() < deadline) await after(20);
    if (took.length < REPLIES) throw new Error(`${took.length} of ${REPLIES} replies were sent`);
    return took;
  } finally {
    mute.on("connection", (socket) => socket.destroy());
    for (const socket of sockets) socket.destroy();
    await running.close();
    await new Promise((resolve) => mute.close(resolve));
    await playground.close();
  }
}

export const channelIsolation: Bench = {
  about: `${REPLIES} replies on one channel, from the outbox to the network's answer, while ${STUCK} wait for another network of the same account that hangs. Baseline: nobody hangs.`,
  run: ({ folder, say }) =>
    withPostgres(folder, async (server) => {
      const calm: number[] = [];
      const beside: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        for (const hangs of round % 2 === 0 ? [false, true] : [true, false]) {
          const took = await withFreshDatabase(server, (db) => measured(db, hangs));
          (hangs ? beside : calm).push(...took);
          say(`round ${round + 1}, ${hangs ? "one hangs" : "all are well"}: ${took.length} sent`);
        }
      const baseline = { what: "with nobody hanging", values: calm };
      return [
        latency("a reply beside a network that hangs, median", beside, 0.5, baseline),
        latency("a reply beside a network that hangs, p95", beside, 0.95, baseline),
      ];
    }),
};
