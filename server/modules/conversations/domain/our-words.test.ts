import { expect, test } from "vitest";
import { ourWords } from "./our-words.ts";
import { readSaid } from "./said.ts";
import { saidLater } from "./said-later.ts";

const ours = ourWords(
  ["Northwind Mobile", "northwind", "Nörthwind"],
  ["@northwindcares", "northwind_help", "care@northwind.example"],
);

test("are the words of our brands' names and our handles, and not the parts of what is written together", () => {
  expect([...ours].sort()).toEqual(["mobil", "northwind", "northwindcar"]);
  expect(ourWords([], [])).toEqual(new Set());
});

test("are left out of the words of a text, and nothing else is", () => {
  const text = "Northwind, my mobile parcel A55102 is lost. NORTHWIND!";
  const said = saidLater(text, ours);
  expect([...readSaid(text).words]).toContain("northwind");
  expect([...said.words].sort()).toEqual([...readSaid(text).words].filter((w) => !ours.has(w)).sort());
  expect([...said.words]).not.toContain("northwind");
  expect(said.refs).toEqual(new Set(["a55102"]));
});
