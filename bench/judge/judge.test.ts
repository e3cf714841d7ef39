import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
const rows = (list: readonly object[]) => list.map((r) => `${JSON.stringify(r)}\n`).join("");
const asked = (id: string, from: string, text: string) => ({
  set: "s",
  id,
  at: "2026-05-04T09:00:00Z",
  channel: "chat",
  private: true,
  by: "customer",
  from,
  text,
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "hubbub-judge-test-"));
  mkdirSync(join(folder, "data", "stitch"), { recursive: true });
  mkdirSync(join(folder, "data", "alarms"));
  const put = (name: string, list: readonly object[]) => writeFileSync(join(folder, "data", name), rows(list));
  put("stitch/mine.in.jsonl", [
    asked("1", "a", "my lamp hums"),
    asked("2", "a", "it hums still"),
    asked("3", "b", "hello"),
  ]);
  put("stitch/mine.gold.jsonl", [
    { set: "s", id: "1", conversation: "1" },
    { set: "s", id: "2", conversation: "1" },
    { set: "s", id: "3", conversation: "2" },
  ]);
  put("alarms/x.in.jsonl", [{ series: "a" }]);
  put("alarms/x.gold.jsonl", [{ series: "a", from: "" }]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function judge(...args: string[]) {
  return spawnSync(process.execPath, [join(import.meta.dirname, "main.ts"), ...args], {
    encoding: "utf8",
    timeout: 60_000,
  });
}

test("a folder of one's own is judged against its own bars; a missed must is told by the exit code", () => {
  const bars = (must: number) =>
    writeFileSync(join(folder, "bars.json"), JSON.stringify({ "stitch/mine": { b3_f1: { must, aim: 100 } } }));
  bars(90);
  const good = judge(folder, "--only", "stitch/mine");
  expect(good.stdout).toMatch(/stitch\/mine[\s\S]*b3_f1 +100 +must ≥ 90 reached · aim ≥ 100 reached/u);
  expect(good.status).toBe(0);
  bars(101);
  expect(judge(folder, "--only", "stitch/mine").status).toBe(1);
}, 150_000);

test("what nobody can answer yet is told, and a strange folder is a sentence", () => {
  expect(judge(join(folder, "nowhere"))).toMatchObject({
    status: 64,
    stderr: expect.stringContaining("does not exist"),
  });
  expect(judge("--tomorrow").status).toBe(64);
}, 150_000);
