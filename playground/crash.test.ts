import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Json, KEY, startKit, startSubscriber, TOKEN } from "./test-support.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "playground-crash-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

test("after a restart everything is as before, torn line and stale accepted file included", async () => {
  const before = await startKit({ dataDir });
  const question = await before.post("alice", "@acme #help");
  await before.acme("POST", "/posts", { text: "yes", parentId: question.id }, { "idempotency-key": "k1" });
  await before.as("bob", "POST", "/dms", { to: "acme", text: "hi" });
  await before.as("bob", "PUT", `/posts/${question.id}/like`);
  const feed = (await before.acme("GET", "/events")).body;
  const accepted = (await before.admin("GET", "/accepted?via=all")).body;
  await before.close();
  await appendFile(join(dataDir, "network.jsonl"), '{"n":99,"at":1,"by":{"via":"api"');
  await writeFile(join(dataDir, "accepted.jsonl"), "stale\n");

  const after = await startKit({ dataDir });
  expect(after.network).toBe(before.network);
  const { events, ...rest } = (await after.acme("GET", "/events")).body;
  const bare = (text: string, url: string) => JSON.parse(text.replaceAll(url, ""));
  expect(bare(JSON.stringify({ events, ...rest }), after.url)).toEqual(bare(JSON.stringify(feed), before.url));
  expect((await after.admin("GET", "/accepted?via=all")).body).toEqual(accepted);
  const lines = (await readFile(join(dataDir, "accepted.jsonl"), "utf8")).trim().split("\n");
  expect(lines.map((l) => JSON.parse(l))).toEqual(accepted.accepted);
  const again = await after.acme("POST", "/posts", { text: "yes", parentId: question.id }, { "idempotency-key": "k1" });
  expect(again.status).toBe(200);
  await after.close();
});

test("kill -9 in the middle of writing: what was answered is there, once", async () => {
  const first = await startProgram(dataDir);
  const admin = { "x-playground-key": KEY, "content-type": "application/json" };
  await fetch(`${first.url}/admin/companies/acme`, {
    method: "PUT",
    headers: admin,
    body: JSON.stringify({ name: "Acme", token: TOKEN }),
  });
  const limits = JSON.stringify({ write: { max: 1_000_000, windowMs: 60_000 } });
  await fetch(`${first.url}/admin/limits`, { method: "PUT", headers: admin, body: limits });
  const answered = new Map<string, string>();
  let sent = 0;
  async function sender(): Promise<void> {
    for (;;) {
      const key = `key-${sent++}`;
      const id = await sendPost(first.url, key).catch(() => null);
      if (!id) return;
      answered.set(key, id);
      if (answered.size === 60) first.child.kill("SIGKILL");
    }
  }
  await Promise.all(Array.from({ length: 8 }, sender));
  await first.exited;

  const second = await startProgram(dataDir);
  for (const [key, id] of answered) expect(await sendPost(second.url, key)).toBe(id);
  const response = await fetch(`${second.url}/admin/accepted?limit=1000`, { headers: { "x-playground-key": KEY } });
  const { accepted } = (await response.json()) as Json;
  const keys = accepted.map((a: Json) => a.idempotencyKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys).toEqual(expect.arrayContaining([...answered.keys()]));
  second.child.kill("SIGTERM");
  expect(await second.exited).toBe(0);
}, 60_000);

test("a subscriber that was down hears everything after a restart", async () => {
  const subscriber = await startSubscriber();
  const before = await startKit({ dataDir });
  await before.acme("POST", "/webhooks", { url: subscriber.url });
  subscriber.answers.push(...Array.from({ length: 1000 }, () => ({ status: 503 })));
  const { id } = await before.post("alice", "are you there?");
  await before.close();
  subscriber.answers.length = 0;
  const after = await startKit({ dataDir });
  await subscriber.until(() => subscriber.events().length > 0);
  expect(subscriber.events()[0].post.id).toBe(id);
  await after.close();
  await subscriber.close();
});

test("an event held back by a fault is not lost by a restart", async () => {
  const subscriber = await startSubscriber();
  const before = await startKit({ dataDir });
  await before.admin("PUT", "/faults", { faults: [{ kind: "webhook-delay", next: 1, ms: 600_000 }] });
  await before.acme("POST", "/webhooks", { url: subscriber.url });
  const held = await before.post("alice", "held back");
  const later = await before.post("alice", "overtakes");
  await subscriber.until(() => subscriber.events().length === 1);
  expect(subscriber.events()[0].post.id).toBe(later.id);
  await before.close();
  const after = await startKit({ dataDir });
  await subscriber.until(() => subscriber.events().some((e) => e.post.id === held.id));
  await after.close();
  await subscriber.close();
});

type Program = { child: ChildProcess; url: string; exited: Promise<number | null> };

async function startProgram(folder: string): Promise<Program> {
  const child = spawn(process.execPath, [join(import.meta.dirname, "main.ts")], {
    env: { ...process.env, PLAYGROUND_PORT: "0", PLAYGROUND_DATA_DIR: folder, PLAYGROUND_SIMULATOR_KEY: KEY },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = once(child, "exit").then(([code]) => code as number | null);
  let said = "";
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    if (said.includes("\n")) break;
  }
  return { child, url: /http:\S+/.exec(said)?.[0] ?? "", exited };
}

async function sendPost(url: string, key: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/posts`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json", "idempotency-key": key },
    body: JSON.stringify({ text: `post ${key}` }),
  });
  return ((await response.json()) as Json).id;
}
