import { expect, it } from "vitest";
import { type Listed, namesOf } from "./outcome-names.ts";

const list = (solved: string, ...reasons: NonNullable<Listed["reasons"]>): Listed[] => [
  { key: "solved", name: solved, reasons },
];
const now = [
  list("Solved", { key: "bill", name: "Bill" }),
  list("Put right", { key: "bill", name: "Bill", below: [{ key: "vat", name: "VAT" }] }),
];
const history = [
  list("Solved", { key: "bill", name: "Bill" }),
  list("Done", { key: "net", name: "Network", below: [{ key: "mast", name: "Mast down" }] }),
  list("Over", { key: "net", name: "Net" }),
];

it.each([
  [["solved"], "Solved / Put right", "now"],
  [["solved", "bill"], "Bill", "now"],
  [["solved", "bill", "vat"], "VAT", "now"],
  // The latest name it had.
  [["solved", "net"], "Network", "before"],
  [["solved", "net", "mast"], "Mast down", "before"],
  [["imported"], "imported", "never"],
  [["solved", "bill", "mast"], "mast", "never"],
  [["__proto__", "constructor"], "constructor", "never"],
])("%j is named %s, listed %s", (path, name, listed) => {
  expect(namesOf(now, history)(path)).toEqual({ name, listed });
});
