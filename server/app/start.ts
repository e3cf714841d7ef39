import {
  chatTokens,
  clamav,
  networkAdapters,
  scannerPlace,
  startChannels,
  startWebchat,
  useBlobs,
} from "#modules/channels";
import { useKeyRing } from "#modules/company";
import { inviteLinks } from "#modules/conversations";
import { sideLinks, startSideMail } from "#modules/desk";
import { createEars } from "#modules/listening";
import { authenticator } from "#modules/people";
import { ackLinks, ackPages, ROUTER_WANTED, startPager, useMail, useRouter } from "#modules/routing";
import { desksSeen, goOffline, presencesOf, setPresence, useDesks } from "#modules/workforce";
import { type Clock, systemClock } from "#platform/clock";
import { openDataDir } from "#platform/data-dir";
import { addressFromUrl } from "#platform/database-url";
import { type DatabaseAddress, openDatabase } from "#platform/db";
import { createRoutes } from "#platform/http/routes";
import { createHttp } from "#platform/http/server";
import { type News, newsOf, POSITIONS } from "#platform/journal/news";
import { runReaders } from "#platform/journal/run-readers";
import { noticeOfWrites, startSequencer } from "#platform/journal/sequencer";
import { createLog } from "#platform/log";
import { migrate } from "#platform/migrate";
import { startEmbeddedPostgres } from "#platform/postgres/index";
import { runTimers } from "#platform/timers";
import { openBlobFiles } from "./blob-files.ts";
import { blobRoutes, blobStore } from "./blob-store.ts";
import { chatPlaces } from "./chat-places.ts";
import type { Config } from "./config.ts";
import { type DemoAccount, roleOf, runDemo, seedDemo } from "./demo/demo.ts";
import { demoChat } from "./demo/demo-chat.ts";
import { demoShop } from "./demo/shop-page.ts";
import { keepHouse } from "./housekeeping.ts";
import { docsRoutes } from "./http/docs-page.ts";
import { Health, healthRoutes } from "./http/health.ts";
import { liveStreams } from "./http/live-stream.ts";
import { webFiles } from "./http/web-files.ts";
import { WIDGET_FRAME_FILE, widgetFiles } from "./http/widget-files.ts";
import { masterKey, nextMasterKey, rootKey } from "./master-key.ts";
import { liveMappings, liveWhere, readers, registerRoutes, timerHandlers } from "./modules.ts";
import { nodeId } from "./node-id.ts";
import { pageMail } from "./page-mail.ts";
import { startPlaygroundProcess } from "./playground-process.ts";
import { listenEarly } from "./starting-server.ts";

export interface RunningServer {
  url: string;
  port: number;
  playgroundUrl: string | null;
  dataDir: string;
  databaseIs: string;
  stop(): Promise<void>;
}

/**
 * Builds the house and opens the door. What was opened is closed in the other order, also when a later step fails or
 * `leaving` says in the middle that nobody wants it any more.
 */
export async function start(
  config: Config,
  env: NodeJS.ProcessEnv,
  tell: (step: string) => void,
  clock: Clock = systemClock,
  leaving?: AbortSignal,
): Promise<RunningServer> {
  const say = (step: string) => {
    leaving?.throwIfAborted();
    tell(step);
  };
  const log = createLog(env.HUBBUB_LOG);
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error) => log.warn({ err: error }, "stopping"));
  };
  try {
    const health = new Health();
    health.set("start", "The server is starting");
    const door = await listenEarly(config.host, config.port, health);
    closers.push(() => door.close());
    const dataDir = await openDataDir({ env });
    closers.push(async () => dataDir.release());

    const has = (role: "web" | "worker" | "ingest" | "scheduler") => config.roles.has(role);
    // Beside the database: neither needs the other.
    const playgroundComing =
      config.demo && has("worker")
        ? startPlaygroundProcess({ dataDir: dataDir.path, host: config.host, port: config.playgroundPort, log })
        : null;
    closers.push(async () => (await playgroundComing?.catch(() => null))?.stop());
    playgroundComing?.catch(() => null);

    health.set("database", "The database is starting");
    let address: DatabaseAddress;
    if (config.databaseUrl) {
      say("database (DATABASE_URL)");
      address = await addressFromUrl(config.databaseUrl);
    } else {
      say("database");
      const postgres = await startEmbeddedPostgres({ dataDir: dataDir.path, log });
      closers.push(() => postgres.stop());
      address = postgres.address;
    }
    leaving?.throwIfAborted();
    health.set("database", "Migrations run");
    const migrated = await migrate(address.owner, clock.now(), (name, n, of) => {
      if (n === 1) say(`migrations (${of})`);
      log.info({ name }, "migration");
    });
    if (migrated === 0) log.info("the database is up to date");
    health.set("database", null);

    leaving?.throwIfAborted();
    const master = masterKey(dataDir.path, env);
    const next = nextMasterKey(dataDir.path, env);
    if (next) log.warn("a rotation of the master key was begun and not ended: npm run hubbub -- rotate-key ends it");
    useKeyRing(master, next);
    const root = rootKey(dataDir.path, env, master, next);
    const db = openDatabase(address, clock, { onNoSpace: () => health.lackedSpace(clock.now()) });
    closers.push(() => db.close());
    const router = useRouter(db, clock, { is: has("worker") ? "router" : "desk", holder: nodeId(dataDir.path) });
    closers.push(() => router.close());
    const files = await openBlobFiles(env, dataDir.path, root, clock);
    closers.push(() => files.close());
    const blobs = blobStore(db, files, root);
    closers.push(() => blobs.settled());
    useBlobs(blobs);
    const scanner = scannerPlace(env);

    const publicUrl = config.port === 0 ? `http://localhost:${door.port}` : config.publicUrl;
    const local = `http://127.0.0.1:${door.port}`;
    let playground: Awaited<ReturnType<typeof startPlaygroundProcess>> | null = null;
    let demo: DemoAccount | null = null;
    if (config.demo && has("worker")) {
      say("playground");
      playground = await playgroundComing!;
      health.set("demo", "The demo company is being made");
      demo = await seedDemo(db, clock, playground);
      health.set("demo", null);
    }

    const adapters = networkAdapters(clock, { db });
    const channels = startChannels({
      db,
      clock,
      log,
      adapters,
      publicUrl,
      nearUrl: local,
      scanner: scanner && clamav(scanner),
      ears: createEars(db, clock),
      watch: has("ingest") || has("worker"),
      ...(config.sendTimeoutMs !== undefined && { sendTimeoutMs: config.sendTimeoutMs }),
      holder: nodeId(dataDir.path),
    });
    closers.push(() => channels.close());
    const chat = await startWebchat({
      ...{ db, clock, log, blobs, tokens: chatTokens(root), places: chatPlaces, publicUrl },
      stored: (accountId, channelId) => channels.stored(accountId, channelId),
    });
    closers.push(() => chat.close());

    const askLinks = sideLinks(root, publicUrl);
    const [mail, pageLinks, mayBeInside] = [pageMail(env), ackLinks(root, publicUrl), config.privateNetworks ?? false];
    useMail(mail !== null);
    const wakers: ((news?: readonly News[]) => void)[] = [];
    const wake = (news?: readonly News[]) => {
      for (const run of wakers) run(news);
    };
    if (has("scheduler")) {
      const sequencer = startSequencer(db, clock, log, nodeId(dataDir.path), wake);
      closers.push(() => sequencer.close());
    } else db.onJournalWrite(noticeOfWrites(db));
    if (has("worker")) {
      const running = runReaders(db, readers, clock, log);
      wakers.push((news) => running.wake(news));
      closers.push(() => running.close());
      const timers = runTimers(db, timerHandlers, clock, log);
      closers.push(() => timers.close());
      const pager = startPager({ db, clock, log, links: pageLinks, publicUrl, mail, mayBeInside });
      closers.push(() => pager.close());
      if (mail) {
        const asks = startSideMail({ db, clock, log, links: askLinks, mail });
        closers.push(() => asks.close());
      }
      // Another process has decided something by hand and leaves the serving to whoever leads: a timer says which account.
      const called = await db.listen(ROUTER_WANTED, (accountId) => {
        if (accountId) timers.fireDue().catch((error) => log.warn({ err: error }, "timers: will try again"));
      });
      closers.push(() => called.close());
    }
    if (has("scheduler")) {
      const housekeeping = keepHouse(db, address.owner, blobs, clock, log);
      closers.push(() => housekeeping.close());
    }

    const app = await createHttp(log, door.server, clock);
    const authenticate = authenticator(db, clock);
    const routes = createRoutes(app.fastify, db, authenticate, config.checkReplies);
    const streams = liveStreams(
      routes,
      db,
      authenticate,
      {
        ...{ mappings: liveMappings, whereOf: liveWhere },
        seen: (accountId, agentIds, open) => db.withAccount(accountId, (tx) => desksSeen(tx, agentIds, open)),
      },
      log,
      config.heartbeatMs,
    );
    useDesks(streams.has);
    wakers.push((news) => streams.wake(news));
    const wakeChat = (news?: readonly News[]) => chat.wake(news?.map((one) => one.accountId));
    wakers.push(wakeChat);
    const listener = await db.listen(POSITIONS, (payload) => {
      const news = newsOf(payload);
      streams.wake(news);
      wakeChat(news);
    });
    closers.push(() => listener.close());
    registerRoutes(routes, {
      channels: { running: channels, adapters, mayBeInside: config.privateNetworks ?? false },
      invites: { links: inviteLinks(root, publicUrl), clock },
      asks: { links: askLinks, mails: mail !== null, clock },
      chat: { publicUrl, types: (visitorId) => chat.types(visitorId) },
      session: {
        clock,
        demo: config.demo,
        secure: publicUrl.startsWith("https:"),
        playgroundUrl: playground?.url.replace("127.0.0.1", "localhost") ?? null,
        roleOf,
        // Whoever signs in is here; whoever's last session ended is gone.
        onCame: (accountId, agentId) =>
          db.withAccount(accountId, async (tx) => {
            const present = (await presencesOf(tx, [agentId])).get(agentId);
            if (!present || present.state === "offline" || present.state === "not-responding")
              await setPresence(tx, { agentId, state: "available", until: null, reason: "", by: agentId });
          }),
        onGone: (accountId, agentId) =>
          db.withAccount(accountId, async (tx) => void (await goOffline(tx, agentId, "signed out"))),
      },
    });
    ackPages(app.fastify, { db, clock, links: pageLinks });
    healthRoutes(app.fastify, db, health, () => streams.open(), clock);
    docsRoutes(app.fastify);
    blobRoutes(app.fastify, db, blobs, clock, log);
    chat.routes(app.fastify, { publicUrl, frameFile: WIDGET_FRAME_FILE });
    await widgetFiles(app.fastify);
    if (demo) {
      const { accountId } = demo;
      demoShop(app.fastify, () => demoChat(db, accountId));
    }
    await webFiles(app.fastify);
    await app.fastify.ready();
    closers.push(() => streams.close());
    door.handOver(app.handler);
    health.set("start", null);

    if (playground && demo) {
      const town = runDemo({ db, clock, log, playground, demo, channels, onPercent: tellPast(health, tell) });
      closers.push(() => town.stop());
    }
    leaving?.throwIfAborted();
    return {
      url: publicUrl,
      port: door.port,
      playgroundUrl: playground?.url.replace("127.0.0.1", "localhost") ?? null,
      dataDir: dataDir.path,
      databaseIs: config.databaseUrl ? "DATABASE_URL" : "embedded PostgreSQL",
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Says how far the demo town's past is: on `/healthz` always, on the terminal at each fifth. */
function tellPast(health: Health, tell: (step: string) => void): (percent: number | null) => void {
  let said = 0;
  return (percent) => {
    health.note("demo", percent === null ? null : `The demo town's past is being read in: ${percent} %`);
    if (percent === null && said > 0) tell("the demo town's past is read in");
    if (percent === null || percent < said + 20) return;
    said = percent - (percent % 20);
    tell(`the demo town's past is being read in: ${said} %`);
  };
}
