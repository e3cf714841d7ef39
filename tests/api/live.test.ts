import { randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seeded } from "../../scenarios/random.ts";
import { uuidv7 } from "../../server/platform/ids.ts";
import { ApiClient } from "../support/api-client.ts";
import { emailOf, PASSWORD } from "../support/company.ts";
import { eventually } from "../support/eventually.ts";
import { type Heard, type LiveStream, listen } from "../support/live-client.ts";
import { openNights } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { OUTAGE, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
let priya: ApiClient;
let marek: ApiClient;
beforeAll(async () => {
  desk = await openDesk({ config: { heartbeatMs: 40 } });
  story = storyOf(desk);
  [priya, marek] = [await desk.as("priya"), await desk.as("marek")];
  await desk.quiet();
});
afterAll(() => desk?.stop());

const head = async () =>
  (await desk.database.query<{ n: number }>("select position::int as n from journal_head"))[0]?.n ?? 0;
const openStreams = async () =>
  Number(/^hubbub_live_streams (\d+)/m.exec((await desk.nobody().ask("/metrics")).text)?.[1]);
const told = (heard: readonly Heard[]) => heard.map((h) => `${h.id} ${h.data.kind} ${h.data.id} ${h.data.version}`);
/** Something that everybody hears. */
const ring = () => marek.do("PUT", "/api/stop-switch", { scope: "all", on: false, reason: randomUUID() });
const heardRing = (stream: LiveStream) =>
  eventually("the bell", () => stream.heard.some((h) => h.data.kind === "channel"));

describe("a live stream", () => {
  it("lives: it says so again and again, and tells what moved without what stands in it", async () => {
    const stream = await listen(priya);
    await eventually("three heartbeats", () => stream.beats.filter((b) => /^hb \d+$/.test(b)).length >= 3);
    const { conversationId, who } = await story.asked();
    await eventually("an offer", () =>
      stream.heard.some((h) => h.data.kind === "offer" && h.data.conversationId === conversationId),
    );
    for (const { id, data } of stream.heard) {
      expect(
        Object.keys(data).filter((key) => !["position", "kind", "id", "version", "conversationId"].includes(key)),
      ).toEqual([]);
      expect(data.position).toBe(id);
    }
    expect(JSON.stringify(stream.heard)).not.toContain(who);
    stream.cut();
    await eventually("it is forgotten", async () => (await openStreams()) === 0);
    await story.clear();
  });

  it("resumes through fifty disconnects while things move: nothing is lost, nothing told twice", async () => {
    const { conversationId } = await story.taken();
    await desk.quiet();
    const start = await head();
    const whole = await listen(priya, start);
    const random = seeded("fifty disconnects");
    const heard: Heard[] = [];
    const CUTS = 50;
    let cuts = 0;
    let present: LiveStream | undefined;
    const listening = (async () => {
      for (let last = start; ; ) {
        let left = 1 + random.int(7);
        present = await listen(priya, last, (one, self) => {
          heard.push(one);
          last = one.id;
          if (cuts < CUTS && --left === 0) {
            cuts++;
            self.cut();
          }
        });
        const final = cuts >= CUTS;
        await present.ended;
        if (final) return;
      }
    })();
    const write = async () => {
      while (cuts < CUTS)
        await priya.do("POST", `/api/desk/conversations/${conversationId}/notes`, { text: "One more" });
    };
    await Promise.all([write(), write(), write()]);
    await ring();
    await heardRing(whole);
    await eventually("the other hears it too", () => heard.some((h) => h.data.kind === "channel"));
    whole.cut();
    present?.cut();
    await listening;
    expect(told(heard)).toEqual(told(whole.heard));
    expect(heard.filter((h) => h.data.kind === "note").length).toBeGreaterThanOrEqual(CUTS);
    await story.clear();
  });

  it("tells an event's notices again to who was cut off between them", async () => {
    const stream = await listen(priya);
    await story.asked();
    const second = await eventually("both notices of the offer", () =>
      stream.heard.find((h) => h.data.kind === "offer"),
    );
    const first = stream.heard[stream.heard.indexOf(second) - 1]!;
    expect(first).toMatchObject({
      id: second.id - 1,
      data: { kind: "work", conversationId: second.data.conversationId },
    });
    const resumed = await listen(priya, first.id);
    await eventually("both again", () => resumed.heard.length >= 2);
    expect(told(resumed.heard.slice(0, 2))).toEqual(told([first, second]));
    for (const one of [stream, resumed]) one.cut();
    await story.clear();
  });

  it.each([
    ["far in the past", async () => 0],
    ["beyond the head, because a backup was restored", async () => (await head()) + 1_000_000],
  ])("that asks from %s is told to fetch afresh, and goes on from now", async (_, from) => {
    if ((await head()) < 12_000) await flood(12_000);
    const stream = await listen(marek, await from());
    const reset = await eventually("the reset", () => stream.heard.find((h) => h.event === "reset"));
    expect(reset.data.position).toBe(await head());
    await ring();
    await eventually("the bell", () =>
      stream.heard.some((h) => h.event === "message" && h.id > reset.id && h.data.kind === "channel"),
    );
    stream.cut();
  });

  it("is for who may hear: a queue is told of to who has the right for it", async () => {
    const agent = async (name: string, scopeId: string | null) => {
      const email = emailOf("dana", `${name}.example`);
      const { id } = await marek.do("POST", "/api/agents", { name, initials: "X", email, password: PASSWORD });
      const scope = scopeId ? { scope: "queue", scopeId } : { scope: "account", scopeId: null };
      await marek.do("POST", "/api/grants", { subjectKind: "agent", subjectId: id, verb: "work.read", ...scope });
      return new ApiClient(desk.url).signIn(email, PASSWORD);
    };
    const ours = await agent("Ours", desk.company.queueId);
    const elsewhere = await agent("Elsewhere", (await openNights(desk)).queueId);
    const streams = await Promise.all([ours, elsewhere, await desk.as("noor")].map((who) => listen(who)));
    await story.taken(OUTAGE);
    await desk.quiet();
    await ring();
    for (const stream of streams) await heardRing(stream);
    const kinds = streams.map((s) => new Set(s.heard.map((h) => h.data.kind)));
    expect(kinds[0]).toContain("work");
    expect(kinds[0]).not.toContain("offer");
    for (const kind of ["work", "offer", "conversation", "message"])
      for (const other of kinds.slice(1)) expect(other).not.toContain(kind);
    const noors = streams[2]!.heard.filter((h) => h.data.id !== desk.company.agents.noor);
    expect(new Set(noors.map((h) => h.data.kind))).toEqual(new Set(["channel"]));
    for (const stream of streams) stream.cut();
    await story.clear();
  });

  it("ends with the session, and with the right to be here", async () => {
    const email = emailOf("dana", "leaver.example");
    const { id, version } = await marek.do("POST", "/api/agents", {
      name: "Leaver",
      initials: "L",
      email,
      password: PASSWORD,
    });
    const [laptop, phone] = [
      await new ApiClient(desk.url).signIn(email, PASSWORD),
      await new ApiClient(desk.url).signIn(email, PASSWORD),
    ];
    const [onLaptop, onPhone] = [await listen(laptop), await listen(phone)];
    await laptop.ask("/api/session", { method: "DELETE", headers: laptop.csrf });
    await onLaptop.ended;
    const beats = onPhone.beats.length;
    await eventually("the phone goes on", () => onPhone.beats.length > beats + 1);
    await marek.do("PATCH", `/api/agents/${id}`, { state: "suspended", expectedVersion: version });
    await onPhone.ended;
    await expect(listen(phone)).rejects.toThrow(/401/);
  });

  it("is cut when nobody reads it, and the others are not held up", async () => {
    const reader = await listen(marek);
    const idle = await idleListener(marek);
    const before = await openStreams();
    expect(before).toBeGreaterThanOrEqual(2);
    await flood(60_000);
    await eventually("the idle one is cut", async () => (await openStreams()) === before - 1);
    await ring();
    await heardRing(reader);
    expect(reader.heard.filter((h) => h.data.kind === "setting").length).toBeGreaterThanOrEqual(60_000);
    idle.destroy();
    reader.cut();
  });
});

/** Asks for the stream and never reads a byte. */
async function idleListener(client: ApiClient): Promise<Socket> {
  const { hostname, port } = new URL(client.url());
  const before = await openStreams();
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => {});
  socket.pause();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  socket.write(`GET /api/live HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\n\r\n`);
  await eventually("it is open", async () => (await openStreams()) > before);
  return socket;
}

/** A journal full of events that only a supervisor hears of. */
async function flood(size: number): Promise<void> {
  const { accountId } = desk.company;
  const ids = Array.from({ length: size }, () => uuidv7(desk.clock.now()));
  await desk.database.query(
    `insert into event (account_id, id, type, v, key, shard, entity, entity_id, entity_version, payload, occurred_at)
     select $1, id, 'SettingChanged', 1, $1, 0, 'setting', $1, 1, '{"scope":"x","key":"y","version":1}', now() from unnest($2::uuid[]) id`,
    [accountId, ids],
  );
  await eventually(
    "all have a position",
    async () => (await desk.database.query("select 1 from event where position is null limit 1")).length === 0,
    30_000,
  );
}
