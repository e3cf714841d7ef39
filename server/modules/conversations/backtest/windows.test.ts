import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { run } from "./windows.ts";

const DAY = 86_400_000;
let folder = "";
const said: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-windows-"));
});
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, "error").mockImplementation((line) => void said.push(String(line)));
});
afterEach(() => vi.restoreAllMocks());
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});
async function file(name: string, content: string): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
const rows = [
  { id: "a", conversation: "c1", at: "2026-11-16T10:00:00Z", by: "customer" },
  { id: "b", conversation: "c1", at: "2026-11-16T10:40:00Z", by: "company" },
  { type: "end", conversation: "c1", at: "2026-11-16T11:00:00Z" },
  { id: "t", conversation: "c1", at: "2026-11-17T10:00:00Z", by: "customer", asks: false },
  { id: "d", conversation: "c1", at: "2026-11-21T10:00:00Z", by: "customer" },
];
const jsonl = (all: object[]) => all.map((row) => JSON.stringify(row)).join("\n");

test("says what would be parted, with the figures side by side", async () => {
  const out = join(folder, "out.jsonl");
  const input = await file("in.jsonl", jsonl(rows));
  const windows = await file("w.json", JSON.stringify({ reopen: { public: 3 * DAY } }));
  expect(await run(["--in", input, "--windows", windows, "--out", out])).toBe(0);
  expect(
    (await readFile(out, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([{ id: "d", conversation: "c1", what: "return", how: "parted", after_ms: 5 * DAY - 3_600_000 }]);
  expect(said.join("\n")).toMatch(/of them come back\s+1\s+0\n/);
  // Against themselves nothing changes.
  expect(await run(["--in", input, "--windows", windows, "--present", windows, "--out", out])).toBe(0);
  expect(await readFile(out, "utf8")).toBe("");
});

test.each<[string, object[], unknown, RegExp]>([
  ["no time", [{ ...rows[0], at: "soon" }], {}, /in\.jsonl:1 needs "at"/],
  ["nobody", [{ ...rows[0], by: "him" }], {}, /"by" is/],
  ["no medium of ours", [{ ...rows[0], medium: "fax" }], {}, /"medium" is one of/],
  ["a negative window", rows, { reopen: { public: -1 } }, /reopen\.public/],
  ["a window of no medium", rows, { reopen: { fax: 1 } }, /w\.json/],
])("%s is told with its place", async (_, messages, windows, why) => {
  const input = await file("in.jsonl", jsonl(messages));
  const draft = await file("w.json", JSON.stringify(windows));
  expect(await run(["--in", input, "--windows", draft, "--out", join(folder, "o")])).toBe(2);
  expect(said.join("\n")).toMatch(why);
});

test("other stitching limits: which messages would be joined or parted, with both sides", async () => {
  const said = (id: string, hours: number, text: string) => ({
    ...{ id, channel: "x", by: "customer", from: "ann", text },
    at: new Date(Date.parse("2026-11-16T10:00:00Z") + hours * 3_600_000).toISOString(),
  });
  const input = await file(
    "said.jsonl",
    jsonl([
      said("a", 0, "@lamps my parcel has not come"),
      said("b", 30, "@lamps still no parcel, lost by the courier"),
    ]),
  );
  const limits = await file("limits.json", JSON.stringify({ freshPostMs: 3_600_000, memoryMs: 3_600_000 }));
  const present = await file("present.json", JSON.stringify({ freshPostMs: 3 * DAY }));
  const out = join(folder, "stitching.jsonl");
  expect(await run(["--in", input, "--stitching", limits, "--present", present, "--out", out])).toBe(0);
  expect(
    (await readFile(out, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      ...{ id: "b", how: "parted", other: "a", after_ms: 30 * 3_600_000 },
      ...{ text: "@lamps still no parcel, lost by the courier", other_text: "@lamps my parcel has not come" },
    },
  ]);
  const wrong = await file("wrong.json", JSON.stringify({ freshPost: 1 }));
  expect(await run(["--in", input, "--stitching", wrong, "--out", out])).not.toBe(0);
});
