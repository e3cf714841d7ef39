import { describe, expect, it, vi } from "vitest";
import { createGroupCommit, isDataFault, Overloaded } from "./group-commit.ts";

const poison = Object.assign(new Error("invalid byte sequence"), { code: "22P05" });

describe("createGroupCommit", () => {
  function build(
    over: { write?: (rows: readonly string[]) => Promise<void>; maxQueuedRows?: number; maxQueuedBytes?: number } = {},
  ) {
    const batches: string[][] = [];
    const commits = createGroupCommit<string>({
      isDataFault,
      sizeOf: (row) => row.length,
      async write(rows) {
        batches.push([...rows]);
        await over.write?.(rows);
      },
      ...(over.maxQueuedRows !== undefined && { maxQueuedRows: over.maxQueuedRows }),
      ...(over.maxQueuedBytes !== undefined && { maxQueuedBytes: over.maxQueuedBytes }),
    });
    return { commits, batches };
  }

  it("makes 1,200 rows durable in three commits", async () => {
    const { commits, batches } = build();
    await Promise.all(Array.from({ length: 1_200 }, (_, i) => commits.add(`row ${i}`)));
    expect(batches.map((b) => b.length)).toEqual([500, 500, 200]);
    expect(commits.waiting).toBe(0);
  });

  it("commits what comes after a pause at once, and in a rush once in each window", async () => {
    vi.useFakeTimers();
    try {
      const { commits, batches } = build();
      const soon = () => vi.advanceTimersByTimeAsync(0);
      void commits.add("after a pause");
      await soon();
      expect(batches).toEqual([["after a pause"]]);
      for (const row of ["a", "b", "c"]) {
        void commits.add(row);
        await vi.advanceTimersByTimeAsync(1);
      }
      expect(batches).toHaveLength(1);
      await vi.advanceTimersByTimeAsync(2);
      expect(batches).toEqual([["after a pause"], ["a", "b", "c"]]);
      await vi.advanceTimersByTimeAsync(5);
      void commits.add("after another");
      await soon();
      expect(batches.at(-1)).toEqual(["after another"]);
      expect(batches).toHaveLength(3);
    } finally {
      vi.useRealTimers();
    }
  });

  it("gathers while a commit takes longer than the window, and has everything durable after a drain", async () => {
    let free = () => {};
    const gate = new Promise<void>((resolve) => {
      free = resolve;
    });
    let first = true;
    const { commits, batches } = build({
      write: async () => {
        if (first) await gate;
        first = false;
      },
    });
    const done = [commits.add("one")];
    while (batches.length === 0) await new Promise((turn) => setImmediate(turn));
    done.push(commits.add("two"), commits.add("three"));
    expect(commits.waiting).toBe(3);
    const drained = commits.drain();
    free();
    await drained;
    await Promise.all(done);
    expect(batches).toEqual([["one"], ["two", "three"]]);
    expect(commits.waiting).toBe(0);
  });

  it("refuses one bad row and keeps the other 499", async () => {
    const kept: string[] = [];
    const { commits, batches } = build({
      async write(rows) {
        if (rows.includes("bad")) throw poison;
        kept.push(...rows);
      },
    });
    const rows = Array.from({ length: 500 }, (_, i) => (i === 321 ? "bad" : `row ${i}`));
    const done = await Promise.allSettled(rows.map((r) => commits.add(r)));
    expect(done.flatMap((d, i) => (d.status === "rejected" ? [i] : []))).toEqual([321]);
    expect(new Set(kept).size).toBe(499);
    expect(batches.length).toBeLessThan(25);
  });

  it("does not halve when the database is away: everybody is told to come again", async () => {
    const { commits, batches } = build({
      write: () => Promise.reject(Object.assign(new Error("gone"), { code: "57P01" })),
    });
    const done = await Promise.allSettled(["a", "b", "c"].map((r) => commits.add(r)));
    expect(done.every((d) => d.status === "rejected" && d.reason instanceof Overloaded)).toBe(true);
    expect(batches).toHaveLength(1);
  });

  it("has a bound in rows and in bytes, and room again afterwards", async () => {
    let free = () => {};
    const gate = new Promise<void>((resolve) => {
      free = resolve;
    });
    const { commits } = build({ write: () => gate, maxQueuedRows: 3, maxQueuedBytes: 100 });
    const first = [commits.add("a"), commits.add("b"), commits.add("c")];
    await expect(commits.add("d")).rejects.toBeInstanceOf(Overloaded);
    free();
    await Promise.all(first);
    await expect(commits.add("x".repeat(101))).rejects.toBeInstanceOf(Overloaded);
    await commits.add("x".repeat(99));
  });
});
