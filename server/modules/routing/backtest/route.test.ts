import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { HOUR, iso, MINUTE } from "#platform/clock";
import { simulate } from "../domain/rehearse/simulate.ts";
import { readDraft } from "./read-draft.ts";
import { readHistory } from "./read-history.ts";
import { run } from "./route.ts";

const T = Date.parse("2026-11-16T09:00:00Z");
let folder = "";
const said: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-route-"));
});
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "error").mockImplementation((line) => void said.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
const jsonl = (all: readonly unknown[]) =>
  all.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
const rowsOf = async (path: string) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const care = {
  type: "queue",
  id: "care",
  team: "day",
  targets_s: { urgent: 900, high: 3_600, normal: 14_400, low: 86_400 },
};
const person = (id: string, more = {}) => ({ type: "agent", id, teams: ["day"], ...more });
const shift = (agent: string, hours = 8, more = {}) => ({
  ...{ type: "presence", agent, from: iso(T), to: iso(T + hours * HOUR), ...more },
});
const call = (id: string, minute: number, minutes: number, more = {}) => ({
  ...{ type: "item", id, at: iso(T + minute * MINUTE), medium: "phone", queue: "care", priority: "urgent" },
  ...{ handle_s: minutes * 60, ...more },
});
const rules = { type: "rules", wrap_up_s: { phone: 0 }, behaviour: { accept_s: 1 } };
/** Two people, five calls: waits worked out by hand in the engine's own test (1, 1, 542, 542 and 1,083 s). */
const week = [
  ...[care, rules, person("ann"), person("bob"), shift("ann"), shift("bob")],
  ...[call("a", 0, 10), call("b", 0, 10), call("c", 1, 10), call("d", 1, 10), call("e", 2, 10)],
];

test("puts the week under another policy beside itself, with what got better", async () => {
  const out = join(folder, "result.jsonl");
  const items = join(folder, "items.jsonl");
  const input = await file("week.jsonl.gz", gzipSync(jsonl(week)));
  const more = { team: "day", add: 1, from: iso(T), to: iso(T + HOUR) };
  const policy = await file("more.json", JSON.stringify({ staffing: [more] }));
  expect(await run(["--in", input, "--policy", policy, "--out", out, "--items", items, "--seeds", "3"])).toBe(0);
  const [made, all, priority, queue, ...others] = await rowsOf(out);
  expect(made).toMatchObject({ id: "made", seeds: 3, items: 5, left_out: 0 });
  expect(priority).toMatchObject({ id: "priority urgent", priority: "urgent" });
  expect(queue).toMatchObject({ id: "queue care", queue: "care" });
  expect(others.map((row) => row.id)).toEqual(["queue care, urgent, phone", "team day"]);
  // Answered in 601, 601, 1,142, 1,142 and 1,683 s of 900 before; with three people three of them at once.
  expect(all.figures.service_level).toMatchObject({ before: 0.4, after: 0.6, verdict: "better" });
  expect(all.figures.wait_worst_s).toEqual({
    ...{ before: 1_083, after: 542, difference: { mean: -541, from: -541, to: -541 }, verdict: "better" },
  });
  const [first] = await rowsOf(items);
  expect(first).toMatchObject({ id: "a", before: { by: "ann", offers: 1 }, after: { answered_at: iso(T + 601_000) } });
  expect(said.join("\n")).toMatch(/answered in time\s+40\.0 %\s+60\.0 %.*better/);
  const bytes = await readFile(out);
  expect(await run(["--in", input, "--policy", policy, "--out", out, "--seeds", "3"])).toBe(0);
  expect((await readFile(out)).equals(bytes)).toBe(true);
});

test("an empty draft changes nothing; chance does not tell two equal policies apart", async () => {
  const out = join(folder, "same.jsonl");
  const chance = { type: "rules", behaviour: { declines: 0.3, misses: 0.2 } };
  const input = await file("chance.jsonl", jsonl([...week, chance]));
  expect(await run(["--in", input, "--policy", await file("none.json", "{}"), "--out", out])).toBe(0);
  const [, ...cells] = await rowsOf(out);
  expect(cells[0].figures.declines.before + cells[0].figures.misses.before).toBeGreaterThan(0);
  for (const { figures } of cells)
    for (const { difference } of Object.values(figures) as { difference: unknown }[])
      expect(difference).toEqual({ mean: 0, from: 0, to: 0 });
});

test("bad lines are named and left out, and nothing else is lost", () => {
  const bad = [
    ...["{", "[]", '{"type":"person"}', call("a", 5, 1), call("x", 0, -1), call("y", 0, 1, { queue: "none" })],
    ...[call("z", 0, 1, { at: "2026-11-16 09:00" }), call("w", 0, 1, { moves: [{ after_s: 1, queue: "gone" }] })],
    ...[call("v", 0, 1, { preferred: "nobody" }), call("u", 0, 1, { t0: iso(T + HOUR) }), person("ann")],
    ...[shift("ann", 2), shift("nobody"), shift("bob", -1), person("\u0000"), call("t", 0, 1, { secret: 1 })],
    '{"type":"queue","id":"q","team":"day","targets_s":{"urgent":1,"high":1,"normal":1,"low":1},"hours":[{"from":"2026-01-01","zone":"Nowhere/Land","week":{}}]}',
  ];
  const { items, faults, setup } = readHistory(jsonl([...week, ...bad, "", "  "]));
  expect(items.map((item) => item.id)).toEqual(["a", "b", "c", "d", "e"]);
  expect([...setup.agents.keys()]).toEqual(["ann", "bob"]);
  expect(setup.agents.get("ann")?.here).toEqual([{ from: T, to: T + 8 * HOUR, state: "available" }]);
  expect(faults.map((fault) => fault.line)).toEqual(bad.map((_, n) => week.length + n + 1));
  const reasons = faults.map((fault) => fault.reason);
  expect(reasons[0]).toMatch(/not JSON/);
  expect(reasons[3]).toBe('The item "a" stands in line 7 already.');
  expect(reasons[4]).toMatch(/^"handle_s"/);
  expect(reasons[5]).toBe('There is no queue "none".');
  expect(reasons[6]).toMatch(/^"at": is a time with its zone/);
  expect(reasons[11]).toBe("It overlaps with line 5.");
  expect(reasons[16]).toMatch(/zone/);
});

describe("a draft", () => {
  const { setup } = readHistory(jsonl(week));
  test.each([
    [{ queues: { other: {} } }, /no queue "other"/],
    [{ agents: { eve: {} } }, /no agent "eve"/],
    [{ absent: [{ agent: "ann", from: iso(T), to: iso(T) }] }, /ends before it begins/],
    [{ media: { phone: { weight: 10 } } }, /phone/],
    [{ queues: { care: { rings: [0.5, 0.4, 0.9] } } }, /rises/],
    [{ behaviour: { declines: 0.9, misses: 0.5 } }, /one at least has to be taken/],
    [{ queue: {} }, /queue/],
    [[], /./],
    [null, /./],
  ])("%j is refused with a sentence", (draft, sentence) => {
    expect(readDraft(draft, setup)).toMatch(sentence);
  });

  test("that cannot be used stops the run; so does a history without work", async () => {
    const input = await file("again.jsonl", jsonl(week));
    expect(await run(["--in", input, "--policy", await file("bad.json", "{")])).toBe(2);
    expect(await run(["--in", input, "--policy", await file("other.json", '{"queues":{"x":{}}}')])).toBe(2);
    expect(await run(["--in", await file("empty.jsonl", ""), "--policy", await file("none.json", "{}")])).toBe(2);
    expect(await run(["--in", input, "--policy", join(folder, "nowhere.json")])).toBe(2);
    expect(await run(["--in", input, "--policy", await file("none.json", "{}"), "--seeds", "0"])).toBe(2);
    expect(await run([])).toBe(2);
    expect(said.join("\n")).toMatch(
      /is not JSON[\s\S]*no queue "x"[\s\S]*no item[\s\S]*Cannot open[\s\S]*--seeds[\s\S]*backtest route/,
    );
  });
});

test("a week of five thousand items is played whole", () => {
  const people = Array.from({ length: 20 }, (_, n) => [person(`p${n}`), ...days((d) => shiftOn(`p${n}`, d))]).flat();
  const work = Array.from({ length: 5_000 }, (_, n) =>
    call(`i${n}`, (n % 7) * 24 * 60 + ((n * 7) % 480), 3 + (n % 9), {
      medium: ["chat", "dm", "email", "phone"][n % 4],
    }),
  );
  const { items, setup, faults } = readHistory(jsonl([care, ...people, ...work]));
  expect(faults).toEqual([]);
  const course = simulate(setup, items, 1);
  expect(course.items.filter((one) => one.answeredAt !== null)).toHaveLength(5_000);
});
const days = <T>(of: (day: number) => T) => Array.from({ length: 7 }, (_, d) => of(d));
const shiftOn = (agent: string, day: number) => ({
  ...{ type: "presence", agent, from: iso(T + day * 24 * HOUR), to: iso(T + (day * 24 + 9) * HOUR) },
});
