import { expect, test } from "vitest";
import type { PresenceView } from "#contracts/workforce";
import { byPresence, inTenths, roomOf } from "./load.ts";

const agent = (name: string, state: PresenceView["state"], load = 0, budget = 100): PresenceView => ({
  agentId: name,
  name,
  initials: "XX",
  state,
  since: "2026-11-22T10:00:00.000Z",
  until: null,
  reason: null,
  load,
  budget,
  version: 1,
});

test.each([
  [65, 100, "6.5", "10", 0.65],
  [0, 100, "0", "10", 0],
  [33.3, 80, "3.3", "8", 33.3 / 80],
  [10, 0, "1", "0", 0],
])("%d of %d is %s / %s", (load, budget, used, whole, part) => {
  expect(inTenths(load, budget)).toEqual({ used, whole, part });
});

test("who is here first, then by name", () => {
  const all = [agent("Zed", "offline"), agent("Yas", "available"), agent("Bo", "break"), agent("Émile", "available")];
  expect(byPresence(all, "en").map((one) => one.name)).toEqual(["Émile", "Yas", "Bo", "Zed"]);
});

test("room counts only who is available, and never below zero", () => {
  const all = [agent("a", "available", 65), agent("b", "available", 120), agent("c", "busy", 0)];
  expect(roomOf(all)).toEqual({ available: 2, free: "3.5", whole: "20" });
});
