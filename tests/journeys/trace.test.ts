import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../../server/app/cli/run-cli.ts";
import { networkAdapters } from "../../server/modules/channels/index.ts";
import { sql } from "../../server/platform/db.ts";
import { type Desk, MASTER_KEY, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  await desk.presence("priya", "available");
});
afterAll(() => desk?.stop());

interface Row {
  type: string;
  trace: string | null;
  messageId: string | null;
  direction: string | null;
  deliveryId: string | null;
  key: string;
}
async function journal(): Promise<Row[]> {
  const found = await desk.db.withAccount(desk.company.accountId, (tx) =>
    sql<Row>`select type, trace_id as trace, key, payload->>'messageId' as "messageId", payload->>'direction' as direction, payload->>'deliveryId' as "deliveryId"
      from event where account_id = ${tx.accountId} order by ord`.execute(tx.tables()),
  );
  return found.rows;
}
async function told(id: string): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const env = { DATABASE_URL: desk.database.url, HUBBUB_MASTER_KEY: MASTER_KEY };
  const code = await runCli(["trace", id], { env, out: say, err: say });
  return { code, text: lines.join("\n") };
}

it("one id goes with a post from the raw input to the answer, and the command line tells the story by it", async () => {
  const { conversationId, offer } = await story.taken();
  const made = await story.reply(conversationId, "It works again by noon.");
  await story.replyState(made.body.replyId, "sent");
  await desk.quiet();

  const rows = await journal();
  const received = rows.find((r) => r.type === "MessageReceived" && r.direction === "in")!;
  const raw = await desk.db.withAccount(desk.company.accountId, (tx) =>
    sql<{
      trace: string;
    }>`select r.trace_id as trace from raw_inbox r join message m on m.account_id = r.account_id and m.raw_id = r.id
      where r.account_id = ${tx.accountId} and m.id = ${received.messageId}`.execute(tx.tables()),
  );
  const trace = raw.rows[0]!.trace;
  expect(trace).toMatch(/^[0-9a-f-]{36}$/);
  const along = rows.filter((r) => r.trace === trace).map((r) => r.type);
  for (const station of [
    ...["MessageReceived", "MessageUnderstood", "MessagePlaced", "EpisodeOpened", "WorkQueued", "WorkOffered"],
    ...["WorkAccepted", "ReplyWritten", "DeliverySent", "ReplySent", "EpisodeAnswered"],
  ])
    expect(along).toContain(station);
  // Our own post, too, is part of it.
  expect(along.filter((type) => type === "MessageReceived")).toHaveLength(2);
  expect(along.filter((type) => type === "MessagePlaced")).toHaveLength(2);

  const order = [
    ...["said", "arrived, made durable", "received", "understood", "placed", "queued", "offered: Priya Nair"],
    ...["accepted: Priya Nair, offer", "reply written: Priya Nair", "sent", "our post received"],
  ];
  for (const id of [offer.row.number, received.messageId!, trace, trace.replaceAll("-", "")]) {
    const { code, text } = await told(id);
    expect([code, text]).toEqual([0, expect.stringContaining(`trace ${trace}`)]);
    const at = order.map((station) => text.search(new RegExp(`(ms|s)  ${station}(:|$)`, "m")));
    expect(at.every((place) => place > 0)).toBe(true);
    expect(at).toEqual([...at].sort((a, b) => a - b));
  }
  const nothing = await told("C-99999");
  expect([nothing.code, nothing.text]).toEqual([1, expect.stringContaining('Nothing is known of "C-99999"')]);
});

it("posts that are read in one run keep their own ids", async () => {
  const before = (await journal()).length;
  const people = await Promise.all([0, 1, 2, 3].map(() => story.newcomer()));
  await Promise.all(people.map((who) => desk.network.post(who, "@northwind my router is broken, please help")));
  await desk.quiet();
  const rows = (await journal()).slice(before);
  const traces = new Map(rows.filter((r) => r.type === "MessageReceived").map((r) => [r.messageId, r.trace]));
  expect(traces.size).toBe(4);
  for (const type of ["MessageUnderstood", "MessagePlaced", "EpisodeOpened"])
    for (const [messageId, trace] of traces)
      expect(rows.find((r) => r.type === type && r.messageId === messageId)?.trace).toBe(trace);
  const ofKey = new Map(rows.filter((r) => r.type === "EpisodeOpened").map((r) => [r.key, r.trace]));
  for (const queued of rows.filter((r) => r.type === "WorkQueued")) expect(queued.trace).toBe(ofKey.get(queued.key));
});

it("a caller's trace is taken over, answered with and shown in problems", async () => {
  const hex = "0af7651916cd43dd8448eb211c80319c";
  const trace = "0af76519-16cd-43dd-8448-eb211c80319c";
  const headers = { traceparent: `00-${hex}-b7ad6b7169203331-01` };
  const answer = await fetch(`${desk.url}/api/account`, { headers });
  expect(await answer.json()).toMatchObject({ code: "sign-in-required", traceId: trace });
  expect(answer.headers.get("x-trace-id")).toBe(trace);
  expect(answer.headers.get("traceparent")).toMatch(new RegExp(`^00-${hex}-[0-9a-f]{16}-01$`));
  const other = await fetch(`${desk.url}/api/account`, { headers: { traceparent: "nonsense" } });
  expect(other.headers.get("x-trace-id")).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
});

it("the call to the network carries it", async () => {
  const heard: unknown[] = [];
  const line = createServer((request, response) => {
    heard.push(request.headers.traceparent);
    response.writeHead(201, { "content-type": "application/json" }).end('{"id":"p1"}');
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  const baseUrl = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  const access = {
    channelId: "c",
    externalId: "us",
    handle: "us",
    config: { baseUrl, network: "n" },
    secret: { token: "t" },
  };
  const budget = { wait: () => 0, observe: () => {}, block: () => {} };
  const delivery = (traceId: string | null) => ({
    ...{ id: "d", threadKey: "post:1", audience: "public" as const, createdAt: 0, traceId },
    intent: { op: "reply" as const, toExternalId: "p0", toHandle: "carla", toAuthorId: "u1" },
  });
  const part = { index: 0, clientId: "d.1", text: "Hello", previousExternalId: null };
  const { send } = networkAdapters(desk.clock).playground!;
  for (const trace of ["0af76519-16cd-43dd-8448-eb211c80319c", null])
    await send!.sendPart(access, delivery(trace), part, budget as never, AbortSignal.timeout(5_000));
  line.closeAllConnections();
  await new Promise((resolve) => line.close(resolve));
  expect(heard).toEqual([expect.stringMatching(/^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/), undefined]);
});
