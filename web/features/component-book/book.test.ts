import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const here = new URL(".", import.meta.url);
const primitives = readdirSync(new URL("../../shared/ui/", here)).filter((name) => /\.tsx$/.test(name));
const pages = readdirSync(here).filter((name) => name.endsWith(".tsx"));
const shown = pages.map((name) => readFileSync(new URL(name, here), "utf8")).join("\n");

it("there are primitives and pages to compare", () => {
  expect(primitives.length).toBeGreaterThan(30);
  expect(pages.length).toBeGreaterThan(5);
});

it.each(primitives)("%s stands in the component book", (name) => {
  expect(shown).toContain(`shared/ui/${name}"`);
});

const kinds = /ProblemKind =([^;]+);/.exec(readFileSync(new URL("../../shared/api/problem.ts", here), "utf8"))![1]!;
it.each([...kinds.matchAll(/"([^"]+)"/g)].map(([, kind]) => kind!))("a problem of the kind %s stands in it", (kind) => {
  expect(shown).toMatch(new RegExp(`(sample\\(|kind: )"${kind}"`));
});
