import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { errorCodes, exitCodes } from "#platform/errors";
import { root } from "./tree.ts";

/** Cells of every row of the page's tables, header and ruler left out. */
function rows(page: string): string[][] {
  return Array.from(page.matchAll(/^\|(?!\s*-)(.+)\|\s*$/gmu), ([, row = ""]) =>
    row.split("|").map((cell) => cell.trim()),
  ).filter(([first = ""]) => /^(?:`[a-z0-9-]+`|\d+)$/u.test(first));
}

describe("docs/errors.md and the code name the same errors", async () => {
  const page = await readFile(join(root, "docs/errors.md"), "utf8");
  const documented = rows(page);
  const codes = documented.filter(([first]) => first?.startsWith("`"));
  const exits = documented.filter(([first]) => !first?.startsWith("`"));

  test("every code of the API has its row, with status and title", () => {
    const inPage = codes.map(([code, status, title]) => [code?.slice(1, -1), Number(status), title]);
    const inCode = Object.entries(errorCodes).map(([code, { status, title }]) => [code, status, title]);
    expect(inPage.toSorted()).toEqual(inCode.toSorted());
  });

  test("every exit code has its row", () => {
    expect(exits.map(([code]) => Number(code)).toSorted((a, b) => a - b)).toEqual(
      Object.values(exitCodes).toSorted((a, b) => a - b),
    );
  });

  test("every row says what it means, every row of the API what to do", () => {
    for (const cells of documented) {
      expect(cells, cells[0]).toHaveLength(cells[0]?.startsWith("`") ? 4 : 2);
      expect(cells.at(-1)?.length, cells[0]).toBeGreaterThan(10);
    }
  });

  test("the reader of the tables sees planted rows and no others", () => {
    const planted =
      "| code | status |\n|---|---|\n| `made-up` | 418 | a teapot | make tea |\n| 99 | no tea |\n| word | x |";
    expect(rows(planted)).toEqual([
      ["`made-up`", "418", "a teapot", "make tea"],
      ["99", "no tea"],
    ]);
  });
});
