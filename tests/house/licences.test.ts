import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import exceptions from "./licence-exceptions.json" with { type: "json" };
import { type Dependency, isPermitted, licenceFaults } from "./licences.ts";
import { root } from "./tree.ts";

interface LockEntry {
  version?: string;
  license?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** Every package reachable from `dependencies` and `optionalDependencies`, the ones for other systems included. */
async function runtimeDependencies(): Promise<Dependency[]> {
  const lock = JSON.parse(await readFile(join(root, "package-lock.json"), "utf8")) as {
    packages: Record<string, LockEntry>;
  };
  const seen = new Set<string>();
  const waiting: { at: string; name: string }[] = [];
  const enqueue = (at: string, entry: LockEntry) => {
    for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies }))
      waiting.push({ at, name });
  };
  enqueue("", lock.packages[""] as LockEntry);
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const path = resolve(lock.packages, next.at, next.name);
    if (path === undefined || seen.has(path)) continue;
    seen.add(path);
    enqueue(path, lock.packages[path] as LockEntry);
  }
  return Promise.all(
    [...seen].sort().map(async (path) => {
      const entry = lock.packages[path] as LockEntry;
      const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
      return { name, version: entry.version ?? "?", licence: await licenceOf(path, entry) };
    }),
  );
}

/** Node's own walk: the nearest node_modules upwards. A peer that nobody installed is no dependency. */
function resolve(packages: Record<string, LockEntry>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const path = `${at ? `${at}/` : ""}node_modules/${name}`;
    if (packages[path]) return path;
    if (at === "") return undefined;
  }
}

/** What the installed package says counts before what the lock file remembers. */
async function licenceOf(path: string, entry: LockEntry): Promise<string | undefined> {
  const text = await readFile(join(root, path, "package.json"), "utf8").catch(() => undefined);
  if (text === undefined) return entry.license;
  const { license } = JSON.parse(text) as { license?: string | { type?: string } };
  return typeof license === "object" ? license.type : license;
}

test("every runtime dependency has a licence we may ship under", async () => {
  const dependencies = await runtimeDependencies();
  expect(dependencies.map((d) => d.name)).toEqual(expect.arrayContaining(["fastify", "kysely", "pg", "react", "zod"]));
  expect(dependencies.length).toBeGreaterThan(50);
  expect(licenceFaults(dependencies, exceptions)).toEqual([]);
});

describe("the rule itself", () => {
  const one = (licence: string | undefined): Dependency[] => [{ name: "planted", version: "1.0.0", licence }];

  test.each(["MIT", "Apache-2.0 WITH LLVM-exception", "(GPL-3.0-only OR MIT)", "MIT AND ISC", "(MIT OR EUPL-1.1+)"])(
    "%s may ship",
    (licence) => expect(licenceFaults(one(licence), [])).toEqual([]),
  );

  test.each([
    "GPL-3.0-only",
    "AGPL-3.0-or-later",
    "SSPL-1.0",
    "BUSL-1.1",
    "Elastic-2.0",
    "LGPL-3.0-only",
    "MIT AND GPL-2.0-only",
    "(GPL-2.0-only OR AGPL-3.0-only)",
    "SEE LICENSE IN LICENSE",
    "UNLICENSED",
    "",
    undefined,
  ])("%s may not", (licence) => expect(licenceFaults(one(licence), [])).toHaveLength(1));

  test("an exception excuses its own licence only, and only while it is needed", () => {
    const reason = "Used by the build alone and never passed on.";
    const exception = { name: "planted", licence: "GPL-2.0-only", reason };
    expect(licenceFaults(one("GPL-2.0-only"), [exception])).toEqual([]);
    expect(licenceFaults(one("AGPL-3.0-only"), [exception])).toHaveLength(2);
    expect(licenceFaults(one("MIT"), [exception])).toEqual(["The exception for planted excuses nothing: remove it."]);
    expect(licenceFaults(one("GPL-2.0-only"), [{ ...exception, reason: "ok" }])).toHaveLength(2);
  });

  test("half an expression is no licence", () => {
    expect(isPermitted("MIT )")).toBe(false);
    expect(isPermitted("MIT ISC")).toBe(false);
  });
});
