import { describe, expect, it } from "vitest";
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
