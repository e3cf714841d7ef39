import { afterAll, beforeAll, expect, it } from "vitest";
import { addCalendar, setSetting, setStop } from "../../server/modules/company/index.ts";
import { acknowledgeSetting } from "../../server/modules/desk/index.ts";
import { addTeam } from "../../server/modules/people/index.ts";
import { addQueue } from "../../server/modules/routing/index.ts";
import type { Json } from "../support/api-client.ts";
import { eventually } from "../support/eventually.ts";
import { listen } from "../support/live-client.ts";
import { conversationOf, GERMAN } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { messagesOf, type Story, storyOf } from "../support/story.ts";

let desk: Desk;
let story: Story;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  const { accountId } = desk.company;
  await desk.db.withAccount(accountId, async (tx) => {
    // Open for an hour each day, and that is over.
    const from = new Date(desk.clock.now() - 2 * 3_600_000).toISOString().slice(11, 16);
    const to = new Date(desk.clock.now() - 3_600_000).toISOString().slice(11, 16);
    const week = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [day, [[from, to]]])) as never;
    const calendarId = await addCalendar(tx, "An hour a day", [
      { from: "2020-01-01", zone: "UTC", week, holidays: [] },
    ]);
    const targets = { urgent: 900_000, high: 1_800_000, normal: 3_600_000, low: 14_400_000 };
    const teamId = await addTeam(tx, "German desk");
    const accepts = { languages: ["de"] };
    await addQueue(tx, { name: "German", position: -1, teamId, calendarId, targets, accepts, outOfHours: "hold" });
  });
});
afterAll(() => desk?.stop());

const say = (over: Json) =>
  desk.db.withAccount(desk.company.accountId, (tx) =>
    setSetting(tx, acknowledgeSetting, { ...acknowledgeSetting.fallback, ...over }, null, {
      brandId: desk.company.brandId,
    }),
  );
async function writes(as: "dm" | "post", who?: string): Promise<string> {
  const handle = who ?? (await story.newcomer("Jonas Weber"));
  if (as === "dm") await desk.network.dm(handle, GERMAN.replace("@northwind ", ""));
  else await desk.network.post(handle, GERMAN);
  await eventually(`@${handle} waits`, async () => conversationOf(await desk.as("marek"), handle));
  await desk.quiet();
  return handle;
}
const toldTo = async (who: string) => (await story.acceptedFor({ who })).map((a) => a.text);
const promised = () =>
  desk.database.query<{ id: string }>("select conversation_id as id from acknowledgement order by at");

it("says nothing by itself unless the brand allows it", async () => {
  const who = await writes("dm");
  expect([await toldTo(who), await promised()]).toEqual([[], []]);
});

it("tells who waits once, with company, time and that it is automatic; the clock runs on and a person still has to answer", async () => {
  await say({ on: true });
  const who = await writes("dm");
  const [text] = await eventually("it went out", async () => {
    const told = await toldTo(who);
    return told.length > 0 && told;
  });
  expect(text).toMatch(/^Northwind Mobile: this is an automatic reply\..*by .*\d\d:\d\d.*UTC/);
  await writes("dm", who);
  expect(await toldTo(who)).toHaveLength(1);
  const marek = await desk.as("marek");
  const row = await conversationOf(marek, who);
  expect(row).toMatchObject({ state: "queued" });
  const view = await marek.get(`/api/desk/conversations/${row?.conversationId}`);
  const ours = messagesOf(view).filter((m) => m.direction === "out");
  expect(ours.map((m) => [m.role, m.author.agentId])).toEqual([["bot", null]]);
  const answers = await desk.database.query("select 1 from event where type = 'EpisodeAnswered'");
  expect(answers).toEqual([]);
  expect(view.work.clock.state).toBe("running");
});

it("is silent under public posts, while outbound is stopped, and in other queues", async () => {
  const before = (await promised()).length;
  const post = await writes("post");
  const marek = await desk.as("marek");
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setStop(tx, { brandId: null, on: true, reason: "test", by: null } as never),
  );
  await writes("dm");
  await desk.db.withAccount(desk.company.accountId, (tx) =>
    setStop(tx, { brandId: null, on: false, reason: "", by: null } as never),
  );
  const open = await story.newcomer();
  await desk.network.dm(open, "my internet has been down since this morning, when will it work again?");
  await eventually("it waits", () => conversationOf(marek, open));
  await desk.quiet();
  expect((await promised()).length).toBe(before);
  expect(await toldTo(post)).toEqual([]);
});

it("finds an agent away whose desk was closed, and back when it is open again", async () => {
  await story.clear();
  const [priya, marek] = [await desk.as("priya"), await desk.as("marek")];
  await priya.do("PUT", "/api/presence/me", { state: "available" });
  const { priya: id } = desk.company.agents;
  const state = async () =>
    (await marek.get("/api/presence")).agents.find((one: Json) => one.agentId === id)?.state as string;
  const stream = await listen(priya);
  await eventually(
    "it is written down",
    async () =>
      (await desk.database.query("select 1 from timer where kind = 'desk-lost' and ref = $1", [id])).length > 0,
  );
  desk.travel(3 * 60_000);
  await desk.quiet();
  expect(await state()).toBe("available");
  stream.cut();
  await eventually("the desk is lost", async () => {
    desk.travel(3 * 60_000);
    return (await state()) === "away";
  });
  const again = await listen(priya);
  await eventually("she is back", async () => (await state()) === "available");
  again.cut();
});
