import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hunt } from "./hunt.ts";

it("a server that sends again what it should look for is seen", async () => {
  const { seen, violations } = await hunt("send-again", mkdtempSync(join(tmpdir(), "hubbub-mutant-")), 3);
  expect(seen, violations.map(({ oracle, says }) => `${oracle}: ${says}`).join("\n")).toBe(true);
  expect(violations.find(({ oracle }) => oracle === "nothing is sent twice")?.says).toMatch(/^doubled: /);
}, 300_000);
