import { describe, expect, it } from "vitest";
import { HOUR, MINUTE } from "#platform/clock";
import { absent, changePresence, type Presence, type Wish } from "./presence.ts";

const NOW = Date.parse("2026-11-17T09:00:00Z");
const alice: Presence = { ...absent("alice"), state: "available", since: NOW - HOUR, version: 3 };
const wish = (over: Partial<Wish>): Wish => ({ state: "break", until: null, reason: "", by: "alice", ...over });

describe("a wish for another presence", () => {
  it.each<[string, Presence, Partial<Wish>, string]>([
    ["that ends in the past", alice, { until: NOW }, "until-is-past"],
    ["that is available until", alice, { state: "available", until: NOW + HOUR }, "until-does-not-fit"],
    ["not to respond, by a person", alice, { state: "not-responding" }, "only-the-router"],
    [
      "not to respond, of an agent on a break",
      { ...alice, state: "break" },
      { state: "not-responding", by: null },
      "not-working",
    ],
    ["of a supervisor without a reason", alice, { by: "zoe", reason: "  " }, "reason-wanted"],
  ])("%s is refused", (_, present, over, why) => {
    expect(changePresence(present, wish(over), NOW)).toEqual({ ok: false, why });
  });

  it("is granted, and granted again without a change", () => {
    const first = changePresence(alice, wish({ until: NOW + 15 * MINUTE, reason: " lunch " }), NOW);
    expect(first).toMatchObject({
      ok: true,
      changed: true,
      presence: { state: "break", since: NOW, reason: "lunch", version: 4 },
    });
    if (!first.ok) return;
    const second = changePresence(first.presence, wish({ until: NOW + 15 * MINUTE, reason: "lunch" }), NOW + MINUTE);
    expect(second).toEqual({ ok: true, changed: false, presence: first.presence });
  });

  it("keeps since when only the reason changes", () => {
    const made = changePresence(alice, wish({ state: "available", reason: "back" }), NOW);
    expect(made).toMatchObject({ ok: true, changed: true, presence: { since: NOW - HOUR } });
  });
});
