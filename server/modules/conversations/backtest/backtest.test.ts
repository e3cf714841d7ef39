import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { run as actionable } from "./actionable.ts";
import { run as stitch } from "./stitch.ts";

let folder: string;
let said: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-backtest-"));
});
beforeEach(() => {
  said = [];
  vi.spyOn(console, "error").mockImplementation((line) => void said.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, rows: readonly unknown[], pack = false): Promise<string> {
  const path = join(folder, name);
  const text = rows.map((r) => (typeof r === "string" ? r : JSON.stringify(r))).join("\n");
  await writeFile(path, pack ? gzipSync(text) : text);
  return path;
}
const answers = async (path: string) =>
  (await readFile(path, "utf8"))
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l) as Record<string, string>);

const row = (id: string, at: string, channel: string, by: string, from: string, text: string, more: object = {}) => ({
  set: "s",
  id,
  at,
  channel,
  private: channel !== "x",
  by,
  from,
  text,
  ...more,
});
const town = [
  row("1", "2026-05-04T09:00:00Z", "x", "customer", "@mo_lamp", "@northwind the lamp from order 77123 hums all night"),
  row("2", "2026-05-04T09:30:00", "x", "company", "company", "Sorry! Please mail us your order number.", {
    to: "@mo_lamp",
  }),
  row("3", "2026-05-04T09:40:00Z", "x", "customer", "@nell", "@northwind do you open on Sunday?"),
  row(
    "4",
    "2026-05-05T10:00:00Z",
    "email",
    "customer",
    "mo@post.example",
    "I am @mo_lamp, it hums still. Order 77123.",
  ),
  row("5", "2026-05-05T10:20:00Z", "email", "customer", "mo@post.example", "Another question: do you sell shades?"),
  row("6", "2026-05-06T10:00:00Z", "x", "customer", "@ola", "@northwind my chair wobbles", { reply_to: "2" }),
];

test("stitch: one matter over two channels, a second matter, and a stranger with his own", async () => {
  const out = join(folder, "out.jsonl");
  expect(await stitch(["--in", await file("in.gz", town.toReversed(), true), "--out", out])).toBe(0);
  const found = new Map((await answers(out)).map((a) => [a.id, a]));
  const conversation = (id: string) => found.get(id)!.conversation;
  expect([conversation("2"), conversation("4")]).toEqual([conversation("1"), conversation("1")]);
  expect(new Set([conversation("1"), conversation("3"), conversation("5"), conversation("6")]).size).toBe(4);
  expect(found.get("4")!.customer).toBe(found.get("1")!.customer);
  expect(found.get("3")!.customer).not.toBe(found.get("1")!.customer);
  expect(found.get("6")!.thread).toBe(found.get("1")!.thread);
});

test("stitch: links and invitations join handles", async () => {
  const out = join(folder, "out.jsonl");
  const rows = [
    row("1", "2026-05-04T09:00:00Z", "x", "customer", "@pia", "@northwind my clock stands still"),
    row("2", "2026-05-04T09:10:00Z", "x", "company", "company", "Please come to our chat: northwind.example/c/k9f2", {
      to: "@pia",
      reply_to: "1",
    }),
    row("3", "2026-05-04T09:12:00Z", "chat", "customer", "visitor-8", "hello, here I am", { invite: "k9f2" }),
    row("4", "2026-05-04T12:00:00Z", "ig", "customer", "pia.p", "what do clocks cost", { private: true }),
  ];
  const links = await file("links.jsonl", [{ a: "x:@pia", b: "ig:pia.p", source: "login" }]);
  expect(await stitch(["--in", await file("in.jsonl", rows), "--out", out, "--links", links])).toBe(0);
  const found = await answers(out);
  expect(new Set(found.filter((a) => a.customer).map((a) => a.customer)).size).toBe(1);
  expect(found[2]!.conversation).toBe(found[0]!.conversation);
});

test.each([
  [["not json"], /in\.jsonl:1 is not JSON/],
  [[{ id: "1" }], /needs "at"/],
  [[{ ...town[0], at: "yesterday" }], /no ISO 8601 time/],
  [["[]"], /not a JSON object/],
])("stitch: a faulty input %j is a sentence and code 2", async (rows, sentence) => {
  expect(await stitch(["--in", await file("in.jsonl", rows), "--out", join(folder, "out.jsonl")])).toBe(2);
  expect(said.join("\n")).toMatch(sentence);
});

test("missing files and options are told", async () => {
  expect(await stitch(["--in", join(folder, "nowhere.jsonl"), "--out", join(folder, "o")])).toBe(2);
  expect(await stitch([])).toBe(2);
  expect(await actionable(["--in", "x"])).toBe(2);
  expect(said[0]).toMatch(/Cannot open .*nowhere/);
  expect(said[2]).toMatch(/--policies/);
});

const policies = [
  { policy: "help", act_on: ["own_problem_open", "question_about_order"], leave: ["praise", "zzz"] },
  { policy: "fans", act_on: ["praise"], leave: ["own_problem_open"] },
];

test("actionable: the same post under two policies, and names that no rule stands for are told", async () => {
  const out = join(folder, "out.jsonl");
  const posts = ["my lamp is broken and nobody answers, terrible", "I love this lamp, great work"];
  const rows = posts.flatMap((text, i) =>
    policies.map((p) => ({ id: String(i), policy: p.policy, company: "Northwind", text })),
  );
  expect(
    await actionable([
      "--policies",
      await file("p.json", [JSON.stringify(policies)]),
      "--in",
      await file("in.jsonl", rows),
      "--out",
      out,
    ]),
  ).toBe(0);
  expect((await answers(out)).map((a) => a.actionable)).toEqual([true, false, false, true]);
  expect(said.join("\n")).toContain("no kind of post is known for zzz");
});

test("actionable: enough marked posts outweigh the rules", async () => {
  const out = join(folder, "out.jsonl");
  const learn = Array.from({ length: 60 }, (_, i) => ({
    id: `l${i}`,
    policy: "help",
    text: i % 2 ? `please quote ticket ${i}` : `see our photo ${i}`,
    actionable: i % 2 === 1,
  }));
  const rows = [
    { id: "1", policy: "help", text: "please quote ticket 99" },
    { id: "2", policy: "help", text: "see our photo 99" },
  ];
  const args = [
    "--policies",
    await file("p.json", [JSON.stringify(policies)]),
    "--in",
    await file("in.jsonl", rows),
    "--learn",
    await file("l.jsonl", learn),
    "--out",
    out,
  ];
  expect(await actionable(args)).toBe(0);
  expect((await answers(out)).map((a) => a.actionable)).toEqual([true, false]);
});
