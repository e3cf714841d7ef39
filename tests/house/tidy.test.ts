import { describe, expect, test } from "vitest";
import { linesWith, readTree, type TreeFile } from "./tree.ts";

const longest = 400;
const isTest = ({ path }: TreeFile) => /\.test\.tsx?$/u.test(path) && !path.startsWith("tests/peers/");
const isCode = ({ path }: TreeFile) =>
  /^(?:server|web|widget|contracts|shared|playground|scenarios)\/.*\.tsx?$/u.test(path) && !path.includes("/locales/");

// Written in pieces, so that this file does not find itself.
const skipped = new RegExp(
  `\\b(?:test|it|describe|suite|bench)(?:\\.[a-z]+(?:\\([^()]*\\))?)*\\.(?:${["skip", "only", "todo", "fails"].join("|")})\\b|\\b(?:x|f)(?:it|describe|test)\\(`,
  "u",
);
const conditional = new RegExp(`\\.(?:${["skipIf", "runIf"].join("|")})\\(`, "u");
/** Tests that only some machines can run, with the reason; everywhere else they must run. */
const mayBeConditional: Record<string, string> = {
  "server/platform/postgres/binaries.test.ts": "what only root may do, only root can show",
  "tests/launcher/postgres.test.ts": "what only root may do, only root can show",
};
const machinePath = new RegExp(
  `(?:^|[\\s"'\`(=:])/(?:${["work(?![\\w-])", "home/[a-z]", "Users/[A-Za-z]", "root/", "tmp/"].join("|")})|[A-Z]:\\\\Users`,
  "u",
);
const referenceShelf = new RegExp(
  `\\.\\./shared/(?:${["DESIGN", "house-style", "reference", "judge", "design/"].join("|")})`,
  "u",
);
const registry = new RegExp(
  `https?://[^\\s"'\`]*(?:${["registry", "artifactory", "nexus", "verdaccio"].join("|")})[^\\s"'\`]*`,
  "u",
);

describe("the tree", async () => {
  const files = await readTree();

  test("was read", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(isTest).length).toBeGreaterThan(10);
    expect(files.filter(isCode).length).toBeGreaterThan(50);
  });

  test("no test is left out or alone", () => {
    expect(files.filter(isTest).flatMap((file) => linesWith(file, skipped))).toEqual([]);
    const listed = Object.keys(mayBeConditional);
    const others = files.filter(isTest).filter(({ path }) => !listed.includes(path));
    expect(others.flatMap((file) => linesWith(file, conditional))).toEqual([]);
  });

  test(`no file of code is longer than ${longest} lines`, () => {
    const long = files
      .filter(isCode)
      .map(({ path, content }) => ({ path, lines: content.trimEnd().split("\n").length }));
    expect(long.filter(({ lines }) => lines > longest)).toEqual([]);
  });

  test("no file names a place on somebody's machine", () => {
    expect(files.flatMap((file) => linesWith(file, machinePath))).toEqual([]);
    expect(files.flatMap((file) => linesWith(file, referenceShelf))).toEqual([]);
  });

  test("no file names a package registry, and the lock file resolves anywhere", () => {
    expect(files.flatMap((file) => linesWith(file, registry))).toEqual([]);
    const locks = files.filter(({ path }) => path.endsWith("package-lock.json"));
    expect(locks.length).toBeGreaterThan(0);
    expect(locks.flatMap((file) => linesWith(file, /"resolved":\s*"(?!node_modules)/u))).toEqual([]);
  });
});

describe("the rules see what is planted", () => {
  const sees = (pattern: RegExp, content: string) => linesWith({ path: "planted", content }, pattern).length === 1;

  test.each([".skip(", ".only(", ".todo(", ".each([]).skip(", ".concurrent.only("])("test%s", (end) => {
    expect(sees(skipped, `test${end}"x", () => {})`)).toBe(true);
  });
  test.each([`/${"work"}/main`, `/${"work"}`, `/${"home"}/ines/x`, `/${"tmp"}/x`, `/${"Users"}/Ines`])("%s", (path) => {
    expect(sees(machinePath, `const folder = "${path}";`)).toBe(true);
  });
  test.each(["/workforce", "https://example.com/work", "/api/desk/work"])("%s may stand", (path) => {
    expect(sees(machinePath, `href="${path}"`)).toBe(false);
  });
  test("a registry", () => expect(sees(registry, `"resolved": "https://${"registry"}.example.com/x"`)).toBe(true));
});
