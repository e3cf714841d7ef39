import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Scanned, scanBindings, scanText } from "../../../tests/support/binding-scan.ts";

const web = fileURLToPath(new URL("../..", import.meta.url));
const said = ({ id, keys }: Scanned) => `${id}: ${keys.join(", ")}`;

test("every key that a screen binds can be changed, under its name and with its usual keys", () => {
  // What is bound only while items are checked stands over the keys of the desk; it follows them.
  const bound = scanBindings(web).filter((one) => !one.file.includes("/bulk/"));
  expect(bound.length).toBeGreaterThan(60);
  const listed = scanText(readFileSync(new URL("catalogue.ts", import.meta.url), "utf8"), "catalogue.ts");
  const known = new Set(listed.map(said));
  expect(bound.filter((one) => !known.has(said(one))).map((one) => `${one.file}: ${said(one)}`)).toEqual([]);
});
