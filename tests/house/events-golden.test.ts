import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { eventType, eventTypes, readEvent } from "#platform/journal/event";
import { examples } from "../golden/event-examples.ts";
import {
  checksumOf,
  fileOf,
  fits,
  type Golden,
  goldenFaults,
  readChecksums,
  readGoldens,
  shapeOf,
} from "../golden/golden-events.ts";
import { root } from "./tree.ts";

const modules = await readdir(join(root, "server/modules"));
for (const module of modules) await import(`../../server/modules/${module}/events.ts`);
const types = [...eventTypes()];
const goldens = await readGoldens();

function read(golden: Pick<Golden, "type" | "v" | "payload">): unknown {
  const key = "019a8f00-0000-7000-8000-000000000001";
  const head = { position: 1, id: key, key, shard: 1, entity: "any", entity_id: key, entity_version: 1 };
  const { type, v, payload } = golden;
  return readEvent({ ...head, type, v, payload, trace_id: null, occurred_at: 0 }).payload;
}

describe("golden files of events", () => {
  test("all modules' events were read", () => {
    expect(modules.length).toBeGreaterThanOrEqual(10);
    expect(types.length).toBeGreaterThanOrEqual(33);
  });

  test("every event type has an example of today's shape, and one only", () => {
    expect(examples.map((e) => e.type.name).sort()).toEqual(types.map((t) => t.name).sort());
  });

  test.each(types.map((t) => [t.name, t.v] as const))("%s: every version from 1 to %i has its file", (name, v) => {
    const there = goldens.filter((g) => g.type === name).map((g) => g.file);
    const hint = `Add an example to tests/golden/event-examples.ts and run node tests/golden/golden-events.ts.`;
    expect(there.toSorted(), hint).toEqual(Array.from({ length: v }, (_, i) => fileOf(name, i + 1)).toSorted());
  });

  test.each(goldens.map((g) => [g.file, g] as const))("%s is read in today's shape", (_, golden) => {
    const today = examples.find((e) => e.type.name === golden.type);
    expect(today, `${golden.type} is not declared any more, but journals hold it`).toBeDefined();
    const payload = read(golden);
    if (golden.v === today!.type.v) expect(payload).toEqual(today!.payload);
    expect(fits(shapeOf(payload), shapeOf(today!.payload)), JSON.stringify(payload)).toBe(true);
  });

  test("never change, and none is gone", async () => {
    expect(goldenFaults(goldens, await readChecksums())).toEqual([]);
  });
});

describe("the rule itself", () => {
  const file = (name: string, payload: unknown) => ({ file: name, checksum: checksumOf(payload) });
  const listed = { "A.v1.json": file("A.v1.json", { a: 1 }).checksum };

  test("names what was changed, is gone, or is not yet listed", () => {
    expect(goldenFaults([file("A.v1.json", { a: 1 })], listed)).toEqual([]);
    expect(goldenFaults([file("A.v1.json", { a: 2 })], listed)).toEqual([expect.stringContaining("was changed")]);
    expect(goldenFaults([], listed)).toEqual([expect.stringContaining("is gone")]);
    expect(goldenFaults([file("A.v1.json", { a: 1 }), file("A.v2.json", {})], listed)).toEqual([
      expect.stringContaining("A.v2.json is not listed"),
    ]);
  });

  test("an older version without an upcaster is seen by its shape, one with is read", () => {
    eventType<{ now: string }>("TestWithout", 2);
    eventType<{ now: string }>("TestWith", 2, (payload) => ({ now: (payload as { before: string }).before }));
    const shape = shapeOf({ now: "text" });
    const old = { v: 1, payload: { before: "text" } };
    expect(fits(shapeOf(read({ type: "TestWithout", ...old })), shape)).toBe(false);
    expect(fits(shapeOf(read({ type: "TestWith", ...old })), shape)).toBe(true);
  });

  test.each([
    [{ a: 1 }, { a: null }, true],
    [{ a: "1" }, { a: 1 }, false],
    [{ a: 1, b: 1 }, { a: 1 }, false],
    [{ a: ["x"] }, { a: [] }, true],
    [{ a: ["x"] }, { a: [1] }, false],
    [{ a: { b: 1 } }, { a: { c: 1 } }, false],
    [{ a: [] }, { a: {} }, false],
  ])("%j and %j: %s", (one, other, same) => {
    expect(fits(shapeOf(one), shapeOf(other))).toBe(same);
    expect(fits(shapeOf(other), shapeOf(one))).toBe(same);
  });
});
