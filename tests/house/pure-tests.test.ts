import { matchesGlob } from "node:path";
import { expect, it } from "vitest";
import { pureFolders } from "../support/pure-folders.ts";
import { linesWith, readTree } from "./tree.ts";

/** What one file leaves behind for the next in the same process, or what only a process of its own may do. */
const NOT_PURE =
  /\bvi\.(?:mock|doMock|stubEnv)\b|process\.(?:env|chdir|exit|on)\b|globalThis\.\w+ =|\b(?:launchBrowser|openTestDatabase|makeDatabase|openDesk)\(/;

it("tests that share a process change nothing that another one sees", async () => {
  const files = (await readTree()).filter(({ path }) =>
    pureFolders.some((folder) => matchesGlob(path, `${folder}/**/*.test.{ts,tsx}`)),
  );
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => linesWith(file, NOT_PURE))).toEqual([]);
  const frozen = files.filter(({ content }) => content.includes("useFakeTimers") && !content.includes("useRealTimers"));
  expect(frozen.map(({ path }) => path)).toEqual([]);
});
