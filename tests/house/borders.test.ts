import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Plant, permitted, plants } from "./border-plants.ts";

const root = join(import.meta.dirname, "../..");
const cruiser = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");
const config = join(root, ".dependency-cruiser.cjs");
const places = ["server", "web", "widget", "contracts", "shared", "playground", "scenarios", "tests", "bench", "tools"];

interface Report {
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
}

/** Runs the border tool as `npm run check` does, in a tree of our choice. It exits non-zero when a border is crossed. */
async function cruise(cwd: string): Promise<Report> {
  const present = places.filter((place) => existsSync(join(cwd, place)));
  const args = [cruiser, "--config", config, "--output-type", "json", ...present];
  const run = await promisify(execFile)(process.execPath, args, { cwd, maxBuffer: 256 * 1024 * 1024 }).catch(
    (error: { stdout?: string; message: string }) => {
      if (!error.stdout) throw new Error(error.message);
      return { stdout: error.stdout };
    },
  );
  return JSON.parse(run.stdout) as Report;
}

const crossed = ({ summary }: Report) =>
  summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`).toSorted();

describe("borders of the tree", () => {
  test("no import crosses a border, and the tool has really read the tree", { timeout: 120_000 }, async () => {
    const report = await cruise(root);
    expect(crossed(report)).toEqual([]);
    // TypeScript 7 makes the tool read nothing and call that clean.
    expect(report.summary.totalCruised).toBeGreaterThan(50);
  });
});

describe("every rule sees the import it forbids", () => {
  let folder = "";
  let found: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "hubbub-borders-"));
    await plantAll(folder);
    const report = await cruise(folder);
    found = crossed(report);
    expect(report.summary.totalCruised).toBeGreaterThan(plants.length);
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(plants)("$rule", ({ rule, file, imports }) => {
    const hits = found.filter((line) => line.startsWith(`${rule}: ${file} → `));
    expect(hits, `${file} imports ${imports}; seen in all: ${found.join("; ")}`).not.toEqual([]);
  });

  test.each(permitted)("permitted: $file imports $imports", ({ file }) => {
    expect(found.filter((line) => line.includes(`: ${file} → `))).toEqual([]);
  });

  test("no rule is without its planted import", async () => {
    const { default: rules } = (await import(config)) as {
      default: { forbidden: { name: string; comment: string }[] };
    };
    expect(new Set(plants.map((plant) => plant.rule))).toEqual(new Set(rules.forbidden.map(({ name }) => name)));
    // One sentence each.
    for (const { comment } of rules.forbidden) expect(comment).toMatch(/^[^.]+(?:\.[a-z]+[^.]*)*\.$/u);
  });
});

/** A small tree of its own: other tests run beside this one and must not meet wrong imports. */
async function plantAll(folder: string): Promise<void> {
  const write = async (file: string, content: string) => {
    const path = join(folder, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  };
  for (const name of ["package.json", "tsconfig.json"]) await symlink(join(root, name), join(folder, name));
  for (const name of ["kysely", "zod", "fast-check"]) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: "1.0.0", main: "index.js" }));
    await write(`node_modules/${name}/index.js`, "exports.value = 1;\n");
  }
  const all: Plant[] = [...plants, ...permitted.map((p) => ({ ...p, rule: "" }))];
  for (const { target, targetImports } of all) {
    if (!target) continue;
    const first = targetImports ? `import { other } from "${targetImports}";\nexport const again = other;\n` : "";
    await write(target, `${first}export const value = 1;\nexport type Value = number;\n`);
  }
  for (const { file, imports, typeOnly } of all) {
    const line = typeOnly
      ? `import type { Value } from "${imports}";\nexport type Other = Value;\n`
      : `import { value } from "${imports}";\nexport const other = value;\n`;
    await write(file, line);
  }
}
