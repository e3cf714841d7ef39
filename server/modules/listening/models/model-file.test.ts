import { readdirSync, readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { learn } from "../domain/learn.ts";
import { readerFor, score } from "../domain/linear-model.ts";
import { tokenise } from "../domain/tokens.ts";
import { packModel, unpackModel } from "./model-file.ts";

const model = learn(
  "matter",
  "softmax",
  { bits: 14, words: 2 },
  ["billing", "delivery"],
  [
    { text: "where is my parcel", labels: ["delivery"] },
    { text: "you charged me twice", labels: ["billing"] },
  ],
);

test("a packed model answers as the one it was made of", () => {
  const again = unpackModel(packModel(model, 0));
  for (const text of ["my parcel is late", "charged twice", "hello"]) {
    const a = score(model, readerFor(model.spec)(tokenise(text)));
    const b = score(again, readerFor(again.spec)(tokenise(text)));
    expect(b[0]).toBeCloseTo(a[0]!, 1);
  }
  expect(again.labels).toEqual(model.labels);
});

test("packing is the same every time, also of what was unpacked", () => {
  const packed = packModel(model);
  expect(packModel(model)).toBe(packed);
  expect(unpackModel(packModel(unpackModel(packed))).index).toEqual(unpackModel(packed).index);
});

test.each(["{}", '{"format":"other"}', "null"])("%s is refused", (text) => {
  expect(() => unpackModel(text)).toThrow(/train it anew/);
});

test("a damaged model is refused", () => {
  const packed = JSON.parse(packModel(model));
  expect(() => unpackModel(JSON.stringify({ ...packed, count: packed.count + 1 }))).toThrow(/damaged/);
});

test("what ships stays small: 900 kB a file, 1.5 MB together", () => {
  const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith(".model.json"));
  const sizes = files.map((f) => statSync(`${import.meta.dirname}/${f}`).size);
  expect(files).toHaveLength(6);
  expect(Math.max(...sizes)).toBeLessThan(900_000);
  expect(sizes.reduce((a, b) => a + b, 0)).toBeLessThan(1_500_000);
  for (const f of files)
    expect(unpackModel(readFileSync(`${import.meta.dirname}/${f}`, "utf8")).name).toBe(f.replace(".model.json", ""));
});
