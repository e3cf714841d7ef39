import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { MINUTE } from "../../server/platform/clock.ts";
import { openProxy, type TcpProxy } from "../nemesis/tcp-proxy.ts";
import { eventually } from "../support/eventually.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let line: TcpProxy;
/** Nobody listens where the line ends. */
let gone = false;
beforeAll(async () => {
  desk = await openDesk({
    databasePort: async (straight) => {
      line = await openProxy(() => (gone ? 9 : straight));
      return line.port;
    },
  });
  story = storyOf(desk);
});
afterAll(async () => {
  await desk?.stop();
  await line?.close();
});

async function push(): Promise<Response> {
  const body = JSON.stringify({ network: "nw_1", events: [] });
  const t = Math.floor(desk.clock.now() / 1_000);
  const v1 = createHmac("sha256", desk.network.appSecret).update(`${t}.${body}`).digest("hex");
  return fetch(`${desk.url}/hooks/${desk.company.hookId}`, {
    ...{ method: "POST", body },
    headers: { "content-type": "application/json", "x-playground-signature": `t=${t},v1=${v1}` },
  });
}

async function refusedForNow(answer: Response): Promise<void> {
  const problem = (await answer.json()) as { code: string };
  expect([answer.status, problem.code]).toEqual([503, expect.stringMatching(/^(overloaded|not-ready)$/)]);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
}

const known = async (text: string) =>
  (await desk.database.query("select 1 from message where text like $1", [`%${text}%`])).length;

it("a minute without PostgreSQL: everything is answered with a clear refusal, and goes on where it stopped", async () => {
  const priya = await desk.as("priya");
  const matter = await story.taken();
  const target = messagesOf(matter.view)[0]!.id;
  const words = {
    ...{ audience: "public", text: "It works again.", answersMessageId: target },
    ...{ expectedVersion: matter.view.work.version, resolveWith: "solved" },
  };
  const path = `/api/desk/conversations/${matter.conversationId}/replies`;
  const key = { "idempotency-key": randomUUID() };

  gone = true;
  line.cut();
  const health = await desk.nobody().ask("/healthz");
  expect([health.status, health.body.reasons]).toEqual([
    503,
    [{ part: "database", reason: "PostgreSQL does not answer" }],
  ]);
  await refusedForNow(await push());
  const read = await priya.ask("/api/desk/work?view=mine");
  expect([read.status, read.body.code, read.headers.get("retry-after")]).toEqual([503, "not-ready", "5"]);
  const sent = await priya.send("POST", path, words, key);
  expect([sent.status, sent.body.code]).toEqual([503, "not-ready"]);
  const guests = await Promise.all(["Ada", "Ben", "Cleo"].map((name) => story.newcomer(name)));
  for (const guest of guests) await desk.network.post(guest, `${OUTAGE} (said while it was gone)`);
  desk.travel(MINUTE);
  await refusedForNow(await push());

  gone = false;
  await eventually("health says so", async () => (await desk.nobody().ask("/healthz")).status === 200);
  await eventually("all that was said is here", async () => (await known("said while it was gone")) === guests.length);
  const again = await eventually("the agent is served", async () => {
    const answer = await priya.send("POST", path, words, key);
    return answer.status !== 503 && answer;
  });
  expect(again.status, again.text).toBeLessThan(300);
  await desk.quiet();
  expect(await story.acceptedFor(matter)).toHaveLength(1);
  expect(await desk.database.query("select 1 from parked_event")).toEqual([]);
}, 60_000);

it("a line that swallows everything: input is refused in time, and nothing is lost", async () => {
  line.swallow();
  const began = performance.now();
  await refusedForNow(await push());
  // The network waits ten seconds and a third of that is ours.
  expect(performance.now() - began).toBeLessThan(10_000);
  const guest = await story.newcomer("Dora Lenz");
  await desk.network.post(guest, `${OUTAGE} (swallowed)`);
  line.heal(false);
  await eventually("it is here", async () => (await known("swallowed")) === 1, 20_000);
  await eventually("health says so", async () => (await desk.nobody().ask("/healthz")).status === 200);
  await desk.quiet();
}, 60_000);
