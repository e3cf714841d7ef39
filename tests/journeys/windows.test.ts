import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../support/api-client.ts";
import { roleWith } from "../support/roles.ts";
import { type Desk, openDesk } from "../support/server.ts";
import { type Story, storyOf } from "../support/story.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let desk: Desk;
let story: Story;
let marek: ApiClient;
let path: string;
beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  marek = await desk.as("marek");
  path = `/api/policies/${desk.company.brandId}/windows`;
});
afterAll(() => desk?.stop());

/** Answered, done, and two hours later the customer is back in public. */
async function cameBack(): Promise<{ conversationId: string; episodes: Json[] }> {
  const { conversationId, who, post } = await story.taken();
  const made = await story.reply(conversationId, "It works again.");
  await story.replyState(made.body.replyId, "sent");
  await desk.quiet();
  await story.resolve(conversationId);
  await desk.quiet();
  desk.travel(2 * HOUR);
  await desk.network.post(who, "@northwind it is down again, please help", post.id);
  await desk.quiet();
  const { episodes } = await (await desk.as("marek")).get(`/api/desk/conversations/${conversationId}`);
  return { conversationId, episodes };
}
/** How long after its end the figures of an episode may still move. */
const provisional = (episode: Json) => Date.parse(episode.windowUntil) - Date.parse(episode.doneAt);
const windowsOf = ({ reopen, burst, channels }: Json) => ({ reopen, burst, channels });
const span = () => ({
  from: new Date(desk.clock.now() - 10 * DAY).toISOString(),
  to: new Date(desk.clock.now() + DAY).toISOString(),
});

describe("windows of a brand", () => {
  it("are those of the book until somebody writes others, and decide what comes back from then on", async () => {
    const view = await marek.get(path);
    expect(view).toMatchObject({
      ...{ version: 0, channels: [], burst: { public: 1_800_000 } },
      reopen: { public: 7 * DAY, dm: 30 * DAY, email: 14 * DAY, chat: 3 * DAY, phone: 3 * DAY },
      names: [{ channelId: desk.company.channelId, network: "playground" }],
    });
    const first = await cameBack();
    expect(provisional(first.episodes[0])).toBe(7 * DAY);
    expect(first.episodes[1]).toMatchObject({ ordinal: 2, reopens: first.episodes[0]!.id });
    await story.clear();

    // One channel differs from its medium: an hour there, and every message a burst of its own.
    const { channelId } = desk.company;
    const windows = { ...windowsOf(view), channels: [{ channelId, reopenMs: HOUR, burstMs: 0 }] };
    marek = await desk.as("marek");
    const draft = await marek.do("POST", `${path}/replay`, { windows, ...span() });
    expect(draft.changes).toMatchObject([
      { conversationId: first.conversationId, what: "return", how: "parted", medium: "public", channelId },
    ]);
    expect([draft.before.returns, draft.after.returns]).toEqual([1, 0]);
    expect(draft.before).toMatchObject({ done: draft.after.done, settled: draft.after.settled - 1 });
    // A draft that is tried changes nothing.
    expect(await marek.get(path)).toEqual(view);

    const set = await marek.do("PUT", path, { windows, expectedVersion: view.version });
    expect(set).toMatchObject({ version: 1, channels: windows.channels });
    const again = await marek.send("PUT", path, { windows: windowsOf(view), expectedVersion: view.version });
    expect([again.status, again.body.code, again.body.present]).toEqual([409, "version-conflict", { version: 1 }]);

    const second = await cameBack();
    expect(second.episodes).toHaveLength(2);
    expect(provisional(second.episodes[0])).toBe(HOUR);
    expect(second.episodes[1]).toMatchObject({ ordinal: 2, reopens: null });
    const { bursts, timeline } = await (await desk.as("marek")).get(`/api/desk/conversations/${second.conversationId}`);
    expect(bursts).toHaveLength(timeline.filter((one: Json) => one.type === "message").length);
    await story.clear();
    // What was counted before is not counted anew.
    marek = await desk.as("marek");
    const before = await marek.get(`/api/desk/conversations/${first.conversationId}`);
    expect(before.episodes[1].reopens).toBe(first.episodes[0]!.id);
  }, 60_000);

  it("are written and tried by who manages the policy, and lead nowhere that may not be read", async () => {
    const noor = await desk.as("noor");
    const priya = await desk.as("priya");
    const view = await priya.get(path);
    const windows = { ...windowsOf(view), channels: [], reopen: { ...view.reopen, public: 0 } };
    for (const [who, read] of [
      [noor, 403],
      [priya, 200],
    ] as const) {
      expect((await who.ask(path)).status).toBe(read);
      expect((await who.send("PUT", path, { windows, expectedVersion: view.version })).status).toBe(403);
      expect((await who.send("POST", `${path}/replay`, { windows, ...span() })).status).toBe(403);
    }
    const rights = [{ verb: "policy.manage", scope: "brand", scopeId: desk.company.brandId }];
    const ola = await roleWith(desk, "Ola", rights);
    const run = await ola.browser.do("POST", `${path}/replay`, { windows, ...span() });
    expect(run.looked).toBeGreaterThan(1);
    const all = [...run.changes, ...run.bursts];
    expect(all.length).toBeGreaterThan(0);
    for (const one of all) expect(one).toMatchObject({ conversationId: null, number: "", subject: "" });
    expect(
      (await ola.browser.send("POST", `${path}/replay`, { windows, from: span().to, to: span().from })).status,
    ).toBe(400);
    const long = { from: "2026-01-01T00:00:00.000Z", to: "2026-11-01T00:00:00.000Z" };
    expect((await ola.browser.send("POST", `${path}/replay`, { windows, ...long })).body.detail).toContain("92 days");
    const other = `/api/policies/${desk.company.channelId}/windows`;
    expect((await marek.send("POST", `${other}/replay`, { windows, ...span() })).status).toBe(404);
  });

  it("take no channel of nobody's, and no span out of bounds", async () => {
    const view = await marek.get(path);
    const foreign = { channelId: desk.company.brandId, reopenMs: HOUR, burstMs: null };
    const set = await marek.do("PUT", path, {
      windows: { ...windowsOf(view), channels: [foreign] },
      expectedVersion: view.version,
    });
    expect(set.channels).toEqual([]);
    for (const ms of [-1, 367 * DAY, 1.5, "7"])
      expect(
        (
          await marek.send("PUT", path, {
            windows: { ...windowsOf(view), reopen: { ...view.reopen, dm: ms } },
            expectedVersion: set.version,
          })
        ).status,
      ).toBe(400);
  });
});
