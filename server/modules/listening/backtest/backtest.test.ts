import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { run as classify } from "./classify.ts";
import { run as labels } from "./labels.ts";
import { run as queries } from "./queries.ts";
import { run as risk } from "./risk.ts";
import { run as signals } from "./signals.ts";

let folder: string;
let said: string[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hubbub-backtest-"));
});
afterAll(() => rmSync(folder, { recursive: true }));
// Nothing was kept in this installation, but where a test keeps something.
beforeEach(() => {
  vi.stubEnv("HUBBUB_DATA_DIR", join(folder, "none"));
});

function put(name: string, rows: object[] | string, gzip = false): string {
  const text = typeof rows === "string" ? rows : rows.map((r) => JSON.stringify(r)).join("\n");
  const file = join(folder, name);
  writeFileSync(file, gzip ? gzipSync(text) : text);
  return file;
}
const out = () => join(folder, "out.jsonl");
const answers = () =>
  readFileSync(out(), "utf8")
    .trim()
    .split("\n")
    .map((l) => JSON.parse(l));
function listen() {
  said = [];
  vi.spyOn(console, "error").mockImplementation((line) => void said.push(String(line)));
}

const LEARN = [
  ...["where is my parcel", "parcel never came", "my order is late", "courier lost it"].map((text) => ({
    text,
    label: "delivery",
  })),
  ...["charged twice", "bill too high", "refund my payment", "wrong amount on the invoice"].map((text) => ({
    text,
    label: "billing",
  })),
  ...["cannot log in", "password does not work", "reset my password", "login page fails"].map((text) => ({
    text,
    label: "access",
  })),
].map((r, i) => ({ id: `l${i}`, ...r }));

test("classify learns labels from marked posts, plain or gzip, and answers each row once", async () => {
  listen();
  const learn = put("learn.jsonl.gz", LEARN, true);
  const input = put("in.jsonl", [
    { id: "1", text: "my parcel is lost" },
    { id: "2", text: "the bill is wrong" },
    { id: 3, text: "password reset" },
  ]);
  expect(await classify(["--task", "intent", "--learn", learn, "--in", input, "--out", out()])).toBe(0);
  expect(answers().map((a) => [a.id, a.label])).toEqual([
    ["1", "delivery"],
    ["2", "billing"],
    ["3", "access"],
  ]);
  const first = readFileSync(out(), "utf8");
  await classify(["--task", "intent", "--learn", learn, "--in", input, "--out", out()]);
  expect(readFileSync(out(), "utf8")).toBe(first);
});

test("with posts of none of the labels about, it may answer none", async () => {
  listen();
  const learn = put("learn.jsonl", [
    ...LEARN,
    ...["nice weather today", "who won the match", "I like turtles"].map((text, i) => ({
      id: `n${i}`,
      text,
      label: null,
    })),
  ]);
  const input = put("in.jsonl", [
    { id: "1", text: "where is my parcel" },
    { id: "2", text: "turtles like nice weather" },
  ]);
  await classify(["--task", "intent", "--learn", learn, "--in", input, "--out", out()]);
  expect(answers().map((a) => a.label)).toEqual(["delivery", null]);
});

test("folds are answered by what was learnt from the others", async () => {
  listen();
  const rows = Array.from({ length: 24 }, (_, i) => ({
    id: `${i}`,
    text: i % 2 ? `parcel number ${i} lost` : `thank you ${i} so much`,
    label: i % 2 ? "trouble" : "thanks",
    fold: i % 3,
  }));
  expect(await classify(["--task", "thanks", "--folds", put("folds.jsonl", rows), "--out", out()])).toBe(0);
  const right = answers().filter((a) => a.label === rows[Number(a.id)]!.label);
  expect(right).toHaveLength(24);
});

test("language and sentiment need no learning", async () => {
  listen();
  const input = put("in.jsonl", [
    { id: "1", text: "wo ist denn mein Paket geblieben" },
    { id: "2", text: "ok" },
  ]);
  await classify(["--task", "language", "--in", input, "--out", out()]);
  expect(answers().map((a) => a.label)).toEqual(["de", "und"]);
  await classify([
    "--task",
    "sentiment",
    "--in",
    put("s.jsonl", [{ id: "1", text: "worst service, so angry" }]),
    "--out",
    out(),
  ]);
  expect(answers()[0].label).toBe("negative");
});

test("labels answers with every label, how sure it is and its words; who we are is told by --companies", async () => {
  listen();
  const companies = put(
    "companies.json",
    JSON.stringify({
      Lumo: { names: ["Lumo"], handles: ["lumo"], things: [{ name: "Lumo Mini" }, { kind: "no name" }] },
    }),
  );
  const input = put("in.jsonl", [
    { id: "1", company: "Lumo", text: "My Lumo Mini caught fire, mail me: ann@example.com" },
    { id: "2", company: "Lumo", text: "thanks, it works now", repliesTo: "us", weSpoke: true },
    { id: "3", text: "rain again" },
  ]);
  const ask = (...more: string[]) => labels(["--in", input, "--out", out(), ...more]);
  expect(await ask("--companies", companies)).toBe(0);
  const said = answers().map(({ labels: all }: { labels: { label: string; value: string; score: number }[] }) => all);
  expect(said[0]).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ label: "addressed", value: "named" }),
      expect.objectContaining({ label: "risk", value: "safety" }),
      expect.objectContaining({ label: "things", value: "Lumo Mini", words: ["Lumo Mini"] }),
      // Never the words of personal data.
      expect.objectContaining({ label: "personal", value: "email", words: [] }),
    ]),
  );
  expect(said[1]).toContainEqual(expect.objectContaining({ label: "addressed", value: "reply" }));
  expect(said[2]).toContainEqual(expect.objectContaining({ label: "addressed", value: "none" }));
  for (const { score } of said.flat()) expect(score >= 0 && score <= 1).toBe(true);
  expect(await ask()).toBe(2);
  expect(await ask("--companies", put("bad.json", "[oops"))).toBe(2);
  expect(await ask("--companies", join(folder, "nowhere.json"))).toBe(2);
});

test("risk and signals answer with lists", async () => {
  listen();
  await risk([
    "--in",
    put("in.jsonl", [
      { id: "1", text: "my charger caught fire" },
      { id: "2", text: "where is my parcel" },
    ]),
    "--out",
    out(),
  ]);
  expect(answers().map((a) => a.risks)).toEqual([["safety"], []]);
  await signals([
    "--in",
    put("in.jsonl", [
      { id: "1", text: "thank you Lou, it works" },
      { id: "2", text: "thanks for nothing" },
    ]),
    "--out",
    out(),
  ]);
  expect(answers()[0].signals).toContain("gratitude");
  expect(answers()[1].signals).toEqual(["sarcasm"]);
});

test("queries answers with the queries that match, and points at what is wrong in one", async () => {
  listen();
  const posts = put("in.jsonl", [
    { id: "1", text: "Lumo is late", from: "ed", links: ["https://lumo.example"] },
    { id: "2", text: "the lamp is fine", lang: "en", links: 7 },
  ]);
  const ask = (rows: object[]) => queries(["--queries", put("q.jsonl", rows), "--in", posts, "--out", out()]);
  const all = ["lumo late", "url:lumo.example", "from:ed -fine", "lang:en"].map((query, n) => ({ id: n, query }));
  expect(await ask(all)).toBe(0);
  expect(answers()).toEqual([
    { id: "1", queries: ["0", "1", "2"] },
    { id: "2", queries: ["3"] },
  ]);
  expect(said[0]).toMatch(/q\.jsonl:4: By this part nearly every post would match/);
  listen();
  expect(await ask([{ id: "a", query: "lumo AND (late" }])).toBe(2);
  expect(said[0]?.split("\n")).toEqual([
    expect.stringMatching(/q\.jsonl:1: This \( is never closed\. Write \)\.$/),
    "  lumo AND (late",
    "           ^",
  ]);
  expect(await ask([{ id: "a" }])).toBe(2);
  expect(said.at(-1)).toMatch(/needs an "id" and a "query"/);
});

test("risk learns from a company's own marks", async () => {
  listen();
  const text = "the zeppelin door wobbles";
  const input = put("in.jsonl", [{ id: "1", text }]);
  await risk(["--in", input, "--out", out()]);
  expect(answers()[0].risks).not.toContain("safety");
  const learn = put(
    "l.jsonl",
    [1, 2, 3].map((n) => ({ id: `${n}`, text, risks: ["safety"] })),
  );
  await risk(["--in", input, "--learn", learn, "--out", out()]);
  expect(answers()[0].risks).toContain("safety");
});

test.each([
  ["no JSON", '{"id":"1","text":"a"}\nnope', /:2 is not JSON/],
  ["no text", '{"id":"1"}', /needs an "id" and a "text"/],
  ["null", "null", /needs an "id" and a "text"/],
])("a bad row (%s) is named with its line", async (_, text, message) => {
  listen();
  expect(await risk(["--in", put("bad.jsonl", text), "--out", out()])).toBe(2);
  expect(said.join()).toMatch(message);
});

test("damaged gzip and a folder that is not there are sentences too", async () => {
  listen();
  const broken = join(folder, "broken.jsonl.gz");
  writeFileSync(broken, gzipSync('{"id":"1","text":"a"}').subarray(0, 20));
  expect(await risk(["--in", broken, "--out", out()])).toBe(2);
  expect(
    await risk(["--in", put("in.jsonl", [{ id: "1", text: "a" }]), "--out", join(folder, "no", "where.jsonl")]),
  ).toBe(2);
  expect(said.join()).toMatch(/damaged gzip/);
  expect(said.join()).toMatch(/Cannot open .*where\.jsonl/);
});

test("a missing file or option is a sentence and code 2", async () => {
  listen();
  expect(await risk(["--in", join(folder, "nowhere.jsonl"), "--out", out()])).toBe(2);
  expect(await risk(["--out", out()])).toBe(2);
  expect(await risk(["--bogus"])).toBe(2);
  expect(await classify(["--task", "mood", "--in", put("in.jsonl", [{ id: "1", text: "a" }]), "--out", out()])).toBe(2);
  expect(said.join()).toMatch(/Cannot open .*nowhere/);
  expect(said.join()).toMatch(/no model that ships/);
});

test("what --learn taught is forgotten, but for --keep: then the same task begins with it, and others do not", async () => {
  vi.stubEnv("HUBBUB_DATA_DIR", join(folder, "data"));
  listen();
  const learn = put("learn.jsonl", LEARN);
  const input = put("in.jsonl", [{ id: "1", text: "my parcel is lost" }]);
  const ask = (...more: string[]) => classify(["--in", input, "--out", out(), ...more]);
  expect(await ask("--task", "matters", "--learn", learn)).toBe(0);
  expect(await ask("--task", "matters")).toBe(2);
  expect(await ask("--task", "matters", "--learn", learn, "--keep")).toBe(0);
  expect(said.join()).toMatch(/Kept in .*learnt.*classify%20matters\.jsonl/);
  expect(await ask("--task", "matters")).toBe(0);
  expect(answers()[0].label).toBe("delivery");
  const once = readFileSync(out(), "utf8");
  // Kept twice it counts once.
  await ask("--task", "matters", "--learn", learn, "--keep");
  expect(readFileSync(out(), "utf8")).toBe(once);
  expect(await ask("--task", "../matters")).toBe(2);
  expect(await ask("--task", "matters", "--keep")).toBe(2);
  expect(said.join()).toMatch(/nothing to keep/);
  // What cannot be learnt from is not kept.
  expect(await ask("--task", "bad", "--learn", put("bad.jsonl", [{ id: "1", text: "a" }]), "--keep")).toBe(2);
  expect(await ask("--task", "bad")).toBe(2);
});

test("risk and signals keep what they were taught", async () => {
  vi.stubEnv("HUBBUB_DATA_DIR", join(folder, "data-of-signals"));
  listen();
  const text = "the zeppelin door wobbles";
  const input = put("in.jsonl", [{ id: "1", text }]);
  const rows = [1, 2, 3].map((n) => ({ id: `${n}`, text, risks: ["safety"], signals: ["churn_risk"] }));
  const learn = put("l.jsonl", rows);
  const ask = async (subject: typeof risk, ...more: string[]) => {
    expect(await subject(["--in", input, "--out", out(), "--seed", "2", ...more])).toBe(0);
    return answers()[0];
  };
  await ask(risk, "--learn", learn, "--keep");
  expect((await ask(risk)).risks).toContain("safety");
  expect((await ask(signals)).signals).not.toContain("churn_risk");
  await ask(signals, "--learn", learn, "--keep");
  expect((await ask(signals)).signals).toContain("churn_risk");
});

test("signals tell of abuse and personal data beside what is asked for", async () => {
  listen();
  const input = put("in.jsonl", [{ id: "1", text: "you are idiots, mail me: ann@example.com" }]);
  await signals(["--in", input, "--out", out()]);
  expect(answers()[0].signals).toEqual(expect.arrayContaining(["insult", "personal_data"]));
});

test.each([
  ["signals", signals, ["--task", "x"]],
  ["risk", risk, ["--folds", "x"]],
  ["queries", queries, ["--keep"]],
  ["classify", classify, ["--queries", "x"]],
  ["classify", classify, ["--seed", "one"]],
])("%s refuses an option that is another subject's", async (_, subject, more) => {
  listen();
  const input = put("in.jsonl", [{ id: "1", text: "a" }]);
  expect(await subject(["--in", input, "--out", out(), ...more])).toBe(2);
  expect(said.join()).toMatch(/backtest /);
});
