import { describe, expect, it } from "vitest";
import { overtaken, type Said } from "./overtaken.ts";

const entry = (role: string, receivedAt: number, agentId: string | null = null): Said => ({
  role,
  receivedAt,
  agentId,
});
const many = (n: number, receivedAt: number) => Array.from({ length: n }, () => entry("bystander", receivedAt));

describe("whether words that wait were overtaken", () => {
  const cases: [string, Said[], string | null][] = [
    ["nothing was said", [], null],
    ["only before", [entry("customer", 100), entry("us", 90, "dana")], null],
    ["the customer wrote", [entry("customer", 101), entry("customer", 50)], "customer"],
    ["somebody else wrote", [entry("bystander", 101)], null],
    ["a colleague answered", [entry("us", 101, "dana")], "colleague"],
    ["its author answered", [entry("us", 101, "priya")], null],
    ["a program of ours spoke", [entry("us", 101)], null],
    ["both: the customer counts", [entry("us", 102, "dana"), entry("customer", 101)], "customer"],
    ["a crowd hides what the customer wrote before it", [...many(5, 101)], "customer"],
    ["a crowd of which the last is older", [...many(4, 101), entry("bystander", 100)], null],
  ];
  it.each(cases)("%s", (_, newest, who) => {
    expect(overtaken(newest, { by: "priya", at: 100 }, 5)).toBe(who);
  });
});
