import { expect, it } from "vitest";
import { readSaid, type Said } from "./said.ts";
import { saidLater } from "./said-later.ts";

const texts = [
  "My parcel A-55102 still has not come, I DM'd you. 2/3",
  "Another question: write to tina@post.example or see https://shop.example/help",
  "that worked, thanks! My wife wrote, too",
  "",
];

it.each(texts)("says of %j all that a text read at once says", (text) => {
  const now = readSaid(text);
  const later = saidLater(text);
  expect(Object.keys(now).length).toBeGreaterThan(0);
  for (const name of Object.keys(now) as (keyof Said)[]) expect(later[name], name).toEqual(now[name]);
  expect(later.words).toBe(later.words);
});
