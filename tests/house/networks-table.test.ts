import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { networkAdapters } from "../../server/modules/channels/index.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { networksTable, withTable } from "../../tools/networks-table.ts";
import { root } from "./tree.ts";

test("the README's table says what the networks' capabilities say: node tools/networks-table.ts", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  expect(readme).toContain(networksTable());
  expect(withTable(readme)).toBe(readme);
});

test("every network has its line", () => {
  const lines = networksTable().split("\n").slice(3, -1);
  expect(lines).toHaveLength(Object.keys(networkAdapters(systemClock)).length);
  for (const line of lines) expect(line.split("|")).toHaveLength(9);
});

test("a table that somebody changed by hand is written anew", async () => {
  const readme = await readFile(join(root, "README.md"), "utf8");
  const changed = readme.replace("| Playground |", "| Somewhere |");
  expect(changed).not.toBe(readme);
  expect(withTable(changed)).toBe(readme);
});
