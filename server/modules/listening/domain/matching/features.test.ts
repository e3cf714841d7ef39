import { expect, it } from "vitest";
import { Features } from "./features.ts";
import { Reading } from "./reading.ts";
import { grown, hashOf, unitsOf, Vocabulary } from "./vocabulary.ts";

const word = (text: string) => ({ text, kind: "word" as const, glued: false });

it("sees features after billions of posts as it did before", () => {
  const features = new Features();
  const [late, lift] = [features.useWord(word("late")), features.useWord(word("lift"))];
  const reading = new Reading("fold");
  features.stamp = 0x7ffffff0 - 2;
  const seen: [boolean, boolean][] = [];
  for (const text of ["late", "lift", "late lift", "none", "late", "lift"]) {
    features.look(reading.read({ text }));
    seen.push([features.has(late), features.has(lift)]);
  }
  expect(features.stamp).toBeLessThan(10);
  expect(seen).toEqual([
    ...[[true, false] as const, [false, true] as const, [true, true] as const],
    ...[[false, false] as const, [true, false] as const, [false, true] as const],
  ]);
});

it("tells where a feature stands, in order", () => {
  const features = new Features();
  const late = features.useWord(word("late"));
  features.look(new Reading("fold").read({ text: "Late @late again: LATE, late" }));
  const places = [];
  for (let link = features.firstOf(late); link >= 0; link = features.next[link]!) places.push(features.places[link]);
  expect(places).toEqual([0, 3, 4]);
});

it("keeps the numbers of words while others come and go", () => {
  const table = new Vocabulary();
  const find = (text: string) => table.find(unitsOf(text), 0, text.length, hashOf(unitsOf(text), 0, text.length));
  for (let n = 0; n < 500; n++) table.use(`word${n}`, () => n);
  table.use("word7", () => -1);
  for (let n = 0; n < 500; n += 2) expect(table.giveBack(`word${n}`)).toBe(n);
  expect(table.giveBack("word7")).toBe(-1);
  for (let n = 500; n < 900; n++) table.use(`word${n}`, () => n);
  expect(table.size).toBe(650);
  for (let n = 0; n < 900; n++) expect(find(`word${n}`)).toBe(n < 500 && n % 2 === 0 ? -1 : n);
});

it("makes lists longer without losing what is in them", () => {
  expect([...grown(new Int32Array([1, 2]))]).toEqual([1, 2, 0, 0]);
  expect(grown(new Uint16Array(2), 9)).toHaveLength(9);
});
