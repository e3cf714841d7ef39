import { expect, test } from "vitest";
import type { ConversationView } from "#contracts/desk";
import { context, ines, ME, NOW } from "../../../tests/screens/desk-town.ts";
import { checkReply, type Door, doorway, firstAudience, stretches } from "./check-reply.ts";

const view = ines();
const door = (audience: "public" | "private") => view.composer[audience].door as Door;
const check = (text: string, audience: "public" | "private" = "public", change: object = {}) =>
  checkReply(text, audience, { ...door(audience), context: { ...context(audience), ...change } } as Door, null, NOW);
const codes = (found: ReturnType<typeof check>) => found.verdict.errors.map((finding) => finding.code);

test("a public reply ends with the disclosure and counts it; a private one has none", () => {
  const open = check("We mend it.");
  expect(open.full).toBe("We mend it. — Priya Nair, Northwind Mobile");
  expect([open.signature, open.count.length, open.verdict.ok]).toEqual([
    "— Priya Nair, Northwind Mobile",
    open.full.length,
    true,
  ]);
  expect(check("We mend it.", "private")).toMatchObject({ full: "We mend it.", signature: "" });
});

test("a disclosure typed by hand is not added twice", () => {
  const typed = check("We mend it. — Priya Nair, Northwind Mobile");
  expect([typed.signature, typed.full]).toEqual(["", "We mend it. — Priya Nair, Northwind Mobile"]);
});

test("nothing written is not sendable, in public neither", () => {
  expect([codes(check("")), codes(check("  ", "private"))]).toEqual([["empty"], ["empty"]]);
});

test("what was told in private is marked in a public reply and lets the private one go", () => {
  const found = check("Is 07700 900318 yours?");
  expect(codes(found)).toContain("private-fact");
  expect(found.marks.map((mark) => "Is 07700 900318 yours?".slice(mark.start, mark.end))).toEqual(["07700 900318"]);
  expect(check("Is 07700 900318 yours?", "private").verdict.ok).toBe(true);
});

test("the surplus is marked in what was typed, never in the signature", () => {
  const text = "word ".repeat(120);
  const found = check(text);
  expect([codes(found), found.count.over]).toEqual([["too-long"], true]);
  expect(found.marks.at(-1)).toMatchObject({ kind: "over", end: text.length });
});

test("a deleted target and a stopped brand stop the reply", () => {
  const gone = check("We mend it.", "public", {
    target: { audience: "public", deletedAt: NOW },
    stopped: { by: "brand" },
  });
  expect(codes(gone)).toEqual(expect.arrayContaining(["target-deleted", "stopped"]));
});

test("answering another message answers that one", () => {
  const other = checkReply(
    "We mend it.",
    "public",
    door("public"),
    { id: "another", at: "2026-11-19T14:00:00.000Z", audience: "private" },
    NOW,
  );
  expect(codes(other)).toContain("audience-mismatch");
});

test("marks cut the text without losing a letter", () => {
  const parts = stretches("abcdef", [
    { start: 1, end: 3, kind: "stop" },
    { start: 2, end: 6, kind: "over" },
  ]);
  expect(parts).toEqual([
    { text: "a", kind: null },
    { text: "b", kind: "stop" },
    { text: "c", kind: "stop" },
    { text: "def", kind: "over" },
  ]);
  expect(stretches("", [])).toEqual([]);
});

test.each([
  ["mine", { id: ME.id, name: ME.name }, null],
  ["nobody's", null, "take-first"],
  ["another's", { id: "other", name: "Dana" }, "has-owner"],
])("work that is %s answers with %s", (_whose, owner, reason) => {
  const one = { ...view, work: view.work && { ...view.work, owner } } as ConversationView;
  expect(doorway(one, "public", ME.id).reason).toBe(reason);
});

test("without open work one may write, and a shut door says why", () => {
  const quiet = {
    ...view,
    work: null,
    composer: { ...view.composer, private: { door: null, reason: "Not yet.", handOff: null } },
  };
  expect(doorway(quiet, "public", ME.id).door).not.toBeNull();
  expect(doorway(quiet, "private", ME.id)).toEqual({ door: null, reason: "Not yet.", handOff: null });
});

const moved = { ...view, composer: { ...view.composer, first: "private" as const } };
test.each([
  ["a new one", view, null, "public"],
  ["a public draft", view, "public", "public"],
  ["a private draft", view, "private", "private"],
  ["a note", view, "note", "note"],
  ["a public draft after they moved to private", moved, "public", "private"],
  ["a private draft after they moved to private", moved, "private", "private"],
] as const)("%s opens for the right readers", (_name, one, chosen, audience) => {
  expect(firstAudience(one as ConversationView, chosen)).toBe(audience);
});

test("a private matter whose door is shut is not offered to the public", () => {
  const shut = {
    ...moved,
    composer: { ...moved.composer, private: { door: null, reason: "Closed." } },
  } as ConversationView;
  expect(firstAudience(shut, null)).toBe("private");
});
