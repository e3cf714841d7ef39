import { describe, expect, test } from "vitest";
import type { ApprovalView } from "#contracts/approval";
import type { WorkRow } from "#contracts/desk";
import type { ForMeItem } from "#contracts/together";
import { createMemory, type Fact, factsOf, type Sources, weightiest } from "./facts.ts";

const NOW = Date.parse("2026-11-18T14:30:00.000Z");
const at = (minutes: number): string => new Date(NOW + minutes * 60_000).toISOString();

function row(id: string, more: Partial<WorkRow> = {}): WorkRow {
  return {
    ...({
      conversationId: id,
      version: 1,
      state: "active",
      subject: "Router blinks",
      snippet: "It blinks red.",
    } as WorkRow),
    ...{ customer: { id: "c", name: "Ines Rocha", handle: "@ines" }, unread: false, snippetBy: "customer" },
    mark: { channelId: "m", network: "mastodon", audience: "public", name: "Mastodon" },
    clock: { state: "running", startedAt: at(-5), dueAt: at(60), what: "first-response" },
    ...more,
  };
}
const dueIn = (minutes: number, more: Partial<WorkRow["clock"]> = {}) => ({
  clock: { ...row("x").clock, dueAt: at(minutes), ...more },
});
const keys = (sources: Sources, now = NOW) => [...factsOf(sources, "me", now).values()].flat().map((fact) => fact.key);

describe("own work", () => {
  test.each<[string, Partial<WorkRow>, number]>([
    ["an hour left", {}, 0],
    ["a quarter of an hour left", dueIn(15), 1],
    ["a moment more", dueIn(15.01), 0],
    ["a moment left", dueIn(0.01), 1],
    ["late already", dueIn(0), 0],
    ["its clock is paused", dueIn(5, { state: "paused" }), 0],
    ["put off", { ...dueIn(5), state: "parked" }, 0],
    ["only offered", { ...dueIn(5), state: "offered", unread: true }, 0],
    ["answered, not seen", { unread: true }, 1],
    ["we spoke last", { unread: true, snippetBy: "us" }, 0],
    ["answered and due", { ...dueIn(5), unread: true }, 2],
  ])("%s", (_name, more, count) => {
    expect(keys({ mine: [row("a", more)] })).toHaveLength(count);
  });
});

test("each thing has a key of its own, and leads somewhere", () => {
  const offers = [{ offerId: "o1", row: row("a") }] as unknown as Sources["offers"];
  const alerts = { crises: [], pages: [{ id: "p1", severity: 3, says: "Smoke", dueAt: null, version: 1 }], alarms: [] };
  const item = {
    id: "m1",
    kind: "mention",
    at: at(0),
    by: "Marek",
    text: "Look",
    unread: true,
    number: "C-1",
    conversationId: "a",
  };
  const forMe = [
    item,
    { ...item, id: "m2", unread: false },
    { ...item, id: "m3", kind: "followed" },
  ] as unknown as ForMeItem[];
  const facts = [...factsOf({ offers, alerts, forMe }, "me", NOW).values()].flat();
  expect(facts.map(({ key, kind, url, severity }) => [key, kind, url, severity])).toEqual([
    ["offer:o1", "offer", "/desk", undefined],
    ["page:p1", "page", "/escalations", 3],
    [`for-me:m1@${at(0)}`, "mention", "/desk/a", undefined],
  ]);
  expect(facts.map(({ who, said }) => `${who}|${said}`)).toEqual(["Ines Rocha|Router blinks", "|Smoke", "Marek|Look"]);
  expect(weightiest(facts)?.kind).toBe("page");
  expect(weightiest([])).toBeUndefined();
});

const approval = (more: object) =>
  ({
    ...{
      id: "v",
      state: "waiting",
      mayDecide: true,
      mine: false,
      since: at(0),
      decidedAt: null,
      decidedBy: null,
      text: "Hello",
    },
    ...{ author: { id: "p", name: "Priya" }, asked: [{ id: "me", name: "Me" }], conversation: { id: "a" }, ...more },
  }) as unknown as ApprovalView;

test.each<[string, Sources, string[]]>([
  ["waits for me", { toPass: [approval({})] }, ["to-pass"]],
  ["waits for another", { toPass: [approval({ asked: [{ id: "x" }] })] }, []],
  ["is over", { toPass: [approval({ state: "approved" })] }, []],
  [
    "mine was passed",
    { decided: [approval({ mine: true, state: "approved", decidedBy: { id: "x", name: "X" } })] },
    ["approved"],
  ],
  [
    "mine came back",
    { decided: [approval({ mine: true, state: "returned", decidedBy: { id: "x", name: "X" } })] },
    ["returned"],
  ],
  [
    "I took it back",
    { decided: [approval({ mine: true, state: "withdrawn", decidedBy: { id: "x", name: "X" } })] },
    [],
  ],
  [
    "I passed it myself",
    { decided: [approval({ mine: true, state: "approved", decidedBy: { id: "me", name: "Me" } })] },
    [],
  ],
  ["another's", { decided: [approval({ state: "approved", decidedBy: { id: "x", name: "X" } })] }, []],
])("a reply that %s", (_name, sources, what) => {
  expect([...factsOf(sources, "me", NOW).values()].flat().map((fact) => fact.what)).toEqual(what);
});

describe("what is new", () => {
  const look = (memory: ReturnType<typeof createMemory>, sources: Sources, now = NOW): string[] =>
    memory.look(factsOf(sources, "me", now), sources.mine).map((fact: Fact) => fact.key.split(":")[0] ?? "");
  const offer = (offerId: string) => ({ offerId, row: row("a") }) as unknown as NonNullable<Sources["offers"]>[number];

  test("what stood there first is not, and nothing is twice", () => {
    const memory = createMemory();
    expect(look(memory, { offers: [offer("1")] })).toEqual([]);
    expect(look(memory, { offers: [offer("1"), offer("2")] })).toEqual(["offer"]);
    expect(look(memory, { offers: [offer("2"), offer("1")] })).toEqual([]);
    expect(look(memory, { offers: [] })).toEqual([]);
    expect(look(memory, { offers: [offer("2")] })).toEqual([]);
  });
  test("a source that answers late has its own beginning", () => {
    const memory = createMemory();
    expect(look(memory, { offers: [] })).toEqual([]);
    expect(look(memory, { offers: [], mine: [row("a", { unread: true })] })).toEqual([]);
    expect(look(memory, { offers: [offer("1")], mine: [row("a", { unread: true })] })).toEqual(["offer"]);
  });
  test("what has just come into own hands was looked at; the next answer is news", () => {
    const memory = createMemory();
    look(memory, { mine: [] });
    expect(look(memory, { mine: [row("a", { unread: true, ...dueIn(5) })] })).toEqual([]);
    expect(look(memory, { mine: [row("a")] })).toEqual([]);
    const later = row("a", { unread: true, ...dueIn(60, { startedAt: at(3) }) });
    expect(look(memory, { mine: [later] })).toEqual(["answered"]);
  });
  test("an answer after one that was read is news, though the clock runs on; one more unread is not", () => {
    const memory = createMemory();
    const [read, unread] = [
      [row("a"), row("b")],
      [row("a", { unread: true }), row("b")],
    ];
    look(memory, { mine: read });
    expect(look(memory, { mine: unread })).toEqual(["answered"]);
    expect(look(memory, { mine: [row("a", { unread: true, version: 2, snippet: "Still." }), row("b")] })).toEqual([]);
    expect(look(memory, { mine: read })).toEqual([]);
    expect(look(memory, { mine: unread })).toEqual(["answered"]);
    expect(look(memory, {})).toEqual([]);
    expect(look(memory, { mine: unread })).toEqual([]);
  });
  test("time alone makes it due", () => {
    const memory = createMemory();
    const mine = [row("a", dueIn(20))];
    look(memory, { mine });
    expect(look(memory, { mine }, NOW + 4 * 60_000)).toEqual([]);
    expect(look(memory, { mine }, NOW + 5 * 60_000)).toEqual(["due"]);
    expect(look(memory, { mine }, NOW + 6 * 60_000)).toEqual([]);
  });
  test("another tab rang for it", () => {
    const memory = createMemory();
    look(memory, { offers: [] });
    memory.know(["offer:1"]);
    expect(look(memory, { offers: [offer("1"), offer("2")] })).toEqual(["offer"]);
  });
});
