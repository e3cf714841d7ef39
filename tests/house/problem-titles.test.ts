import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { errorCodes } from "#platform/errors";

test("the desk has each problem's title to translate, as the server says it", async () => {
  const source = await readFile(new URL("../../web/shared/ui/problem-titles.ts", import.meta.url), "utf8");
  const there = [...source.matchAll(/^ {2}"?([a-z-]+)"?: msg`([^`]*)`,$/gm)].map(([, code, title]) => [code, title]);
  expect(there).toEqual(Object.entries(errorCodes).map(([code, { title }]) => [code, title]));
});
