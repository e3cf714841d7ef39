import { expect, it } from "vitest";
import { lendable } from "./lendable.ts";

const person = (name: string, state: "available" | "busy" | "offline", load: number, ...teamIds: string[]) => ({
  ...{ agentId: name, name, state, load, budget: 100, teamIds },
});
const PEOPLE = [
  person("Anna", "offline", 0, "nights"),
  person("Ben", "available", 80, "nights"),
  person("Carla", "available", 20, "nights", "care"),
  person("Dev", "busy", 0, "nights"),
  person("Eve", "available", 20, "nights"),
];
const names = (teamId: string | null) => lendable(PEOPLE, teamId).map((one) => one.name);

it("whoever is free and has room comes first, and nobody is lent to their own team", () => {
  expect(names("care")).toEqual(["Eve", "Ben", "Dev", "Anna"]);
  expect(names("nights")).toEqual([]);
  expect(names(null)).toEqual(["Carla", "Eve", "Ben", "Dev", "Anna"]);
});
