import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { seeded } from "../../scenarios/random.ts";
import { useKeyRing } from "../../server/modules/company/index.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { addressFromUrl } from "../../server/platform/database-url.ts";
import { openDatabase } from "../../server/platform/db.ts";
import { type Answer, ApiClient, type Json } from "../support/api-client.ts";
import { type Company, emailOf, makeCompany, PASSWORD } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { type Network, openNetwork, type Post } from "../support/network.ts";
import { makeDatabase, type OwnDatabase } from "../support/own-database.ts";
import { MASTER_KEY } from "../support/server.ts";
import { freePort, runServer, type ServerProcess } from "../support/server-process.ts";
import { messagesOf, OUTAGE } from "../support/story.ts";

const KILLS = 5;
const folder = mkdtempSync(join(tmpdir(), "hubbub-kill-"));
let database: OwnDatabase;
let network: Network;
let company: Company;
let port: number;
let server: ServerProcess;
let priya: ApiClient;

beforeAll(async () => {
  [database, network, port] = await Promise.all([makeDatabase(), openNetwork(), freePort()]);
  useKeyRing(Buffer.from(MASTER_KEY, "hex"));
  const db = openDatabase(await addressFromUrl(database.url), systemClock, { appConnections: 1, systemConnections: 1 });
  const { playground, ...facts } = network;
  company = await makeCompany(db, systemClock.now(), {
    baseUrl: playground.url,
    network: playground.network,
    ...facts,
  });
  await db.close();
  priya = new ApiClient(`http://127.0.0.1:${port}`);
});
afterAll(async () => {
  server?.kill("SIGKILL");
  await server?.ended;
  await network?.close();
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function startServer(): Promise<void> {
  server = runServer({
    ...{ DATABASE_URL: database.url, PORT: String(port), HUBBUB_MASTER_KEY: MASTER_KEY },
    HUBBUB_DATA_DIR: join(folder, "data"),
  });
  await server.ready();
}

/** As a good client does: the same key until there is an answer, however often the server dies meanwhile. */
function insist(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { "idempotency-key": randomUUID() };
  return eventually(
    `an answer to ${method} ${path}`,
    async () => {
      const answer = await priya.send(method, path, body, headers);
      return answer.status < 500 && answer;
    },
    20_000,
  ).catch((error: Error) => {
    throw new Error(`${error.message}; the server: ${server.end() ?? "runs"}\n${server.out()}${server.err()}`, {
      cause: error,
    });
  });
}

interface Answered {
  conversationId: string;
  replyId: string;
  text: string;
}

it("killed at five moments while posts come in and an agent answers, it loses nothing and sends nothing twice", async () => {
  const random = seeded("five kills");
  const posts: Post[] = [];
  const answered: Answered[] = [];
  const notes: { conversationId: string; id: string }[] = [];

  async function speak(): Promise<void> {
    const handle = `guest_${posts.length}`;
    await network.people([{ handle, name: `Guest ${posts.length}`, followers: 5 }]);
    posts.push(await network.post(handle, OUTAGE));
  }
  /** Somebody speaks; what waits longest is answered and resolved. */
  async function turn(): Promise<void> {
    await speak();
    const next = await eventually("work", async () => {
      const answer = await insist("POST", "/api/work/next");
      return answer.status === 200 && answer.body;
    });
    const path = `/api/desk/conversations/${next.conversationId}`;
    const note = await insist("POST", `${path}/notes`, { text: "Looked at" });
    notes.push({ conversationId: next.conversationId, id: note.body.id });
    const view = await eventually("the conversation", async () => (await priya.get(path)) as Json);
    const text = `It works again by noon, I promise (${answered.length}).`;
    const reply = await insist("POST", `${path}/replies`, {
      ...{ audience: "public", text, answersMessageId: messagesOf(view)[0].id, resolveWith: "solved" },
      expectedVersion: view.work.version,
    });
    expect(reply.status, reply.text).toBe(201);
    answered.push({ conversationId: next.conversationId, replyId: reply.body.replyId, text });
  }
  async function allThatWasSaidIsThere(): Promise<void> {
    for (const { conversationId, text } of answered) {
      const { timeline } = await priya.get(`/api/desk/conversations/${conversationId}`);
      const found = timeline.filter((e: Json) => ["message", "reply"].includes(e.type) && e.text.includes(text));
      expect(
        found.map((e: Json) => e.type),
        text,
      ).toHaveLength(1);
    }
    for (const { conversationId, id } of notes) {
      const { timeline } = await priya.get(`/api/desk/conversations/${conversationId}`);
      expect(timeline.some((e: Json) => e.type === "note" && e.id === id)).toBe(true);
    }
  }

  await startServer();
  await network.subscribe(`${priya.url()}/hooks/${company.hookId}`);
  await priya.signIn(emailOf("priya"), PASSWORD);
  await speak();
  await turn();
  // A network that takes its time: kills fall into calls that are under way.
  await network.fault({ kind: "api-slow", ms: 120, rate: 1 });
  for (let kill = 0; kill < KILLS; kill++) {
    for (let n = random.int(2); n > 0; n--) await turn();
    const underWay = turn();
    // The seeded moment, anywhere in the turn that is under way.
    await new Promise((resolve) => setTimeout(resolve, random.int(220)));
    server.kill("SIGKILL");
    await server.ended;
    await startServer();
    await underWay;
    await allThatWasSaidIsThere();
  }
  await network.noFaults();

  const ours = await eventually(
    "every answer stands on the network",
    async () => {
      const accepted = (await network.accepted()).filter((a) => a.op === "post.create");
      return accepted.length >= answered.length && accepted;
    },
    30_000,
  );
  await eventually(
    "every answer is known as sent",
    async () => {
      const rows = await database.query("select 1 from reply where state <> 'sent'");
      return rows.length === 0;
    },
    30_000,
  );
  const byText = ours.map((a) => answered.findIndex(({ text }) => a.text.startsWith(text))).sort((a, b) => a - b);
  expect(byText).toEqual(answered.map((_, i) => i));
  const postIds = new Set(posts.map((p) => p.id));
  for (const { parentId } of ours) expect(postIds.has(parentId!)).toBe(true);

  const heard = await eventually("every post is heard", async () => {
    const rows = await database.query<{ external_id: string }>(
      "select external_id from message where direction = 'in'",
    );
    return rows.length >= posts.length && rows;
  });
  expect(heard.map((m) => m.external_id).sort()).toEqual(posts.map((p) => p.id).sort());
  await eventually("every answered conversation is resolved", async () => {
    const rows = await database.query("select 1 from episode where state = 'done'");
    return rows.length === answered.length;
  });
  await allThatWasSaidIsThere();
  server.kill("SIGTERM");
  expect(await server.ended).toBe(0);
}, 90_000);
