import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const web = fileURLToPath(new URL("../../", import.meta.url));
const tokens = readFileSync(`${web}shared/styles/tokens.css`, "utf8");

/** WCAG relative luminance of #rrggbb. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
}

function contrast(one: string, two: string): number {
  const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function pair(name: string): [string, string] {
  if (name === "on-fill") return ["#ffffff", "#ffffff"];
  const found = new RegExp(`--${name}: light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\)`).exec(tokens);
  if (!found?.[1] || !found[2]) throw new Error(`No token --${name}.`);
  return [found[1], found[2]];
}

test.each([
  ["ink", "surface"],
  ["ink-2", "ground"],
  ["ink-3", "selected"],
  ["ink-3", "ground"],
  ["on-act", "act"],
  ["on-act", "act-hover"],
  ["public", "public-tint"],
  ["on-fill", "public-fill"],
  ["private", "private-tint"],
  ["on-fill", "private-fill"],
  ["note", "note-tint"],
  ["soon", "soon-tint"],
  ["late", "late-tint"],
  ["on-fill", "late-fill"],
  ["good", "good-tint"],
  ["info", "info-tint"],
])("%s on %s can be read in light and dark", (text, ground) => {
  const [lightText, darkText] = pair(text);
  const [lightGround, darkGround] = pair(ground);
  expect(contrast(lightText, lightGround)).toBeGreaterThanOrEqual(4.5);
  expect(contrast(darkText, darkGround)).toBeGreaterThanOrEqual(4.5);
});

test("borders of controls can be seen", () => {
  const [light, dark] = pair("line-strong");
  expect(contrast(light, pair("surface")[0])).toBeGreaterThanOrEqual(3);
  expect(contrast(dark, pair("surface")[1])).toBeGreaterThanOrEqual(3);
});

test("components use tokens: no raw colour outside of tokens.css", () => {
  const sheets = globSync("{app,shared,features}/**/*.css", { cwd: web });
  expect(sheets.length).toBeGreaterThan(20);
  const raw = sheets
    .filter((file) => !file.endsWith("tokens.css"))
    .flatMap((file) => {
      const text = readFileSync(`${web}${file}`, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
      return (text.match(/#[0-9a-f]{3,8}\b(?=[\s;,)])|\b(?:rgb|hsl|oklch)a?\(/gi) ?? []).map(
        (found) => `${file}: ${found}`,
      );
    });
  expect(raw).toEqual([]);
});

test("no physical sides: the layout turns round with the script", () => {
  const sheets = globSync("{app,shared,features}/**/*.css", { cwd: web });
  const physical = sheets.flatMap((file) => {
    const text = readFileSync(`${web}${file}`, "utf8");
    return (
      text.match(/^\s*(?:margin|padding|border)-(?:left|right)|^\s*(?:left|right):|text-align: (?:left|right)/gm) ?? []
    ).map((found) => `${file}: ${found.trim()}`);
  });
  expect(physical).toEqual([]);
});
