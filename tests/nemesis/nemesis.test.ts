import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { reportOf } from "./report.ts";
import { runLanes } from "./run-lanes.ts";
import { sumOf } from "./sums.ts";

const SEEDS = 40;

it("killed, cut off, stalled, flooded and put off its clock in forty ways, it loses nothing and does nothing twice", async () => {
  const broken: string[] = [];
  const results = await runLanes({
    ...{ folder: mkdtempSync(join(tmpdir(), "hubbub-nemesis-")), length: "short", lanes: 2 },
    seeds: Array.from({ length: SEEDS }, (_, i) => i + 1),
    onSeed(result, schedule) {
      if (result.violations.length > 0) broken.push(reportOf(result, schedule));
    },
  });
  expect(broken.join("\n\n")).toBe("");
  // A run in which nothing happened would show nothing.
  const sum = sumOf(results, "short", "");
  expect(sum.runs).toBe(SEEDS);
  expect(sum.kills).toBeGreaterThan(10);
  expect(Object.keys(sum.faults).length).toBeGreaterThan(12);
  expect(sum.messages).toBeGreaterThan(5 * SEEDS);
  expect(sum.replies).toBeGreaterThan(SEEDS);
}, 1_000_000);
