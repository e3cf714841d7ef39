import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient, Json } from "../../../tests/support/api-client.ts";
import { eventually } from "../../../tests/support/eventually.ts";
import { type Nights, openNights, rightsFor, roleWith } from "../../../tests/support/roles.ts";
import { type Desk, openDesk } from "../../../tests/support/server.ts";
import { type Story, storyOf } from "../../../tests/support/story.ts";

const reasons = [
  { key: "net", name: "Network", below: [{ key: "mast", name: "Mast down" }] },
  { key: "bill", name: "Bill" },
];
const OUTCOMES = [
  { key: "solved", name: "Solved", reasons },
  { key: "no-answer-needed", name: "No answer needed" },
];

let desk: Desk;
let story: Story;
let nights: Nights;
let marek: ApiClient;
let priya: ApiClient;
let from: string;
/** Resolved in this order: why it ended, of which conversation. */
const [masts, bills]: string[][] = [[], []];

async function resolve(closing: Json | null, outcome = "solved"): Promise<string> {
  const { conversationId, view } = await story.taken();
  await priya.do("POST", `/api/desk/conversations/${conversationId}/resolve`, {
    ...{ outcome, expectedVersion: view.work.version },
    ...(closing && { closing }),
  });
  return conversationId;
}
const span = () => `from=${from}&to=${new Date(desk.clock.now() + 1_000).toISOString()}`;
const outcomes = (who: ApiClient, more = "") => who.get(`/api/insights/outcomes?${span()}${more}`);
const rows = (who: ApiClient, more: string) => who.get(`/api/insights/outcomes/rows?${span()}${more}`);

beforeAll(async () => {
  desk = await openDesk();
  story = storyOf(desk);
  nights = await openNights(desk);
  [marek, priya] = await Promise.all([desk.as("marek"), desk.as("priya")]);
  await desk.presence("dana", "offline");
  from = new Date(desk.clock.now()).toISOString();
  await marek.do("PUT", "/api/settings/desk.outcomes", { value: OUTCOMES });
  masts!.push(await resolve({ reason: ["net", "mast"], feedback: "The map shows no masts.", lead: true }));
  masts!.push(await resolve({ reason: ["net", "mast"] }));
  bills!.push(await resolve({ reason: ["bill"], feedback: "The bill names no VAT." }));
  await resolve(null, "no-answer-needed");
  // The finer reason is taken out of the list.
  const [net, bill] = reasons;
  const shorter = [{ ...OUTCOMES[0], reasons: [{ key: net!.key, name: net!.name }, bill] }, OUTCOMES[1]];
  await marek.do("PUT", "/api/settings/desk.outcomes", { value: shorter });
  await eventually("all are counted", async () => (await outcomes(marek)).count === 4);
});
afterAll(() => desk?.stop());

describe("what came of it", () => {
  it("is counted as a tree, and a reason that is gone from the list keeps its name", async () => {
    const found = await outcomes(marek);
    const said = (one: Json) => [one.name, one.listed, one.count, one.before];
    expect(found.outcomes.map(said)).toEqual([
      ["Solved", "now", 3, 0],
      ["No answer needed", "now", 1, 0],
    ]);
    const [solved] = found.outcomes;
    expect(solved.share).toBe(0.75);
    expect(solved.below.map(said)).toEqual([
      ["Network", "now", 2, 0],
      ["Bill", "now", 1, 0],
    ]);
    expect(solved.below[0].below.map(said)).toEqual([["Mast down", "before", 2, 0]]);
    expect([found.feedback, found.leads]).toEqual([
      { count: 2, before: 0 },
      { count: 1, before: 0 },
    ]);
  });

  it("leads to the conversations, page by page, with what was noted of the product", async () => {
    const first = await rows(marek, "&outcome=solved&reason=net&finer=mast&limit=1");
    expect(first.items.map((one: Json) => one.conversationId)).toEqual([masts![1]]);
    expect(first.items[0]).toMatchObject({ outcome: "Solved", reason: ["Network", "Mast down"], agent: "Priya Nair" });
    const rest = await rows(marek, `&outcome=solved&reason=net&finer=mast&limit=1&cursor=${first.next}`);
    expect(rest.items).toMatchObject([{ conversationId: masts![0], lead: true, feedback: "The map shows no masts." }]);
    expect(rest.next).toBeNull();
    const noted = await rows(marek, "&mark=feedback");
    expect(noted.items.map((one: Json) => [one.conversationId, one.feedback])).toEqual([
      [bills![0], "The bill names no VAT."],
      [masts![0], "The map shows no masts."],
    ]);
    const { number } = await marek.get(`/api/desk/conversations/${masts![0]}`);
    expect(noted.items[1].number).toBe(number);
  });

  it("counts where it may not be read, and leads nowhere and quotes nobody there", async () => {
    const counts = rightsFor("queue", desk.company.queueId, "insights.read");
    const { browser: nell } = await roleWith(desk, "Nell", counts);
    expect((await outcomes(nell)).count).toBe(4);
    const { items } = await rows(nell, "&mark=feedback");
    expect(items.map((one: Json) => [one.conversationId, one.number, one.feedback, one.reason[0]])).toEqual([
      [null, "", "", "Bill"],
      [null, "", "", "Network"],
    ]);
  });

  it("of another queue is nothing, and of a foreign one, too", async () => {
    const { browser: nia } = await roleWith(desk, "Nia", rightsFor("queue", nights.queueId, "insights.read"));
    expect(await outcomes(nia)).toMatchObject({ count: 0, outcomes: [], feedback: { count: 0 }, leads: { count: 0 } });
    expect((await outcomes(nia, `&queueId=${desk.company.queueId}`)).count).toBe(0);
    expect((await rows(nia, "&mark=lead")).items).toEqual([]);
    expect((await outcomes(marek, "&queueId=019a0000-0000-7000-8000-000000000001")).count).toBe(0);
  });

  it.each([
    ["outcomes", "from=2026-11-22T10:00:00.000Z&to=2026-11-22T10:00:00.000Z", "before `to`"],
    ["outcomes", "from=2020-01-01T00:00:00.000Z&to=2026-01-01T00:00:00.000Z", "two years"],
    ["outcomes", "from=yesterday&to=2026-01-01T00:00:00.000Z", "from"],
    ["outcomes", "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&queueId=care", "queueId"],
    ["outcomes/rows", "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&mark=praise", "mark"],
    ["outcomes/rows", "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&mark=lead&outcome=solved", "not both"],
    ["outcomes/rows", "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&reason=net", "name that, too"],
    [
      "outcomes/rows",
      "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&outcome=solved&finer=mast",
      "name that, too",
    ],
    ["outcomes/rows", "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&cursor=1e300/x", "cursor"],
    [
      "outcomes/rows",
      "from=2026-11-21T10:00:00.000Z&to=2026-11-22T10:00:00.000Z&cursor=1e300/019a0000-0000-7000-8000-000000000001",
      "cursor",
    ],
  ])("asked wrongly is refused in words: %s?%s", async (path, query, says) => {
    const refused = await marek.ask(`/api/insights/${path}?${query}`);
    expect([refused.status, refused.body.code]).toEqual([400, "invalid-request"]);
    expect(JSON.stringify(refused.body)).toContain(says);
  });

  it("is refused to who may not see figures", async () => {
    const noor = await desk.as("noor");
    for (const path of ["outcomes", "outcomes/rows"]) {
      const refused = await noor.ask(`/api/insights/${path}?${span()}`);
      expect([refused.status, refused.body.code]).toEqual([403, "not-permitted"]);
    }
  });
});
