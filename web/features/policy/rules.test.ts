import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PolicyRule } from "#contracts/policy";
import { policyCondition, setPolicy } from "#contracts/policy";
import {
  faultsOf,
  KINDS,
  listOf,
  moved,
  newCondition,
  unreachable,
  valuesOf,
  withNewRule,
  withValues,
} from "./rules.ts";

const rule = (id: string, when: PolicyRule["when"] = [{ on: "noise", is: true }]): PolicyRule => ({
  id,
  says: `Rule ${id}.`,
  when,
  verdict: "leave",
  priority: "low",
});
const [a, b, c] = [rule("a"), rule("b"), rule("c")];
const ids = (rules: readonly PolicyRule[]) => rules.map((one) => one.id).join("");

test.each([
  ["en, cy", ["en", "cy"]],
  [" no signal \n outage;outage,, ", ["no signal", "outage"]],
  ["", []],
])("%j is the list %j", (text, list) => {
  expect(listOf(text)).toEqual(list);
});

describe("order", () => {
  test.each([
    ["b", -1, "bac"],
    ["b", 1, "acb"],
    ["a", -1, "abc"],
    ["c", 1, "abc"],
    ["x", 1, "abc"],
  ] as const)("%s by %d gives %s", (id, by, order) => {
    expect(ids(moved([a, b, c], id, by))).toBe(order);
  });

  test("down and up again is as it was", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 9 }),
        fc.nat(),
        (names, at) => {
          const rules = names.map((name) => rule(name));
          const id = names[at % (names.length - 1)]!;
          expect(ids(moved(moved(rules, id, 1), id, -1))).toBe(ids(rules));
        },
      ),
    );
  });
});

test("a new rule stands before the one that fits everything, under a free id", () => {
  const first = withNewRule([a, rule("rest", [])]);
  expect(ids(first.rules)).toBe("aown-1rest");
  const second = withNewRule([...first.rules.filter((one) => one.id !== "rest"), rule("own-3", [])]);
  expect(second.id).toBe("own-2");
});

test("what stands after a rule without conditions is never reached", () => {
  expect(unreachable([a, rule("rest", []), b, c])).toEqual(["b", "c"]);
  expect(unreachable([a, b])).toEqual([]);
});

describe("what the server would refuse is found here", () => {
  test.each(KINDS)("%s", (kind) => {
    const begun = newCondition(kind);
    const list = valuesOf(begun).length === 0 && ("any" in begun || Array.isArray("is" in begun ? begun.is : null));
    const faults = faultsOf([rule("a", [begun])]);
    expect(faults.length === 0).toBe(policyCondition.safeParse(begun).success);
    expect(list).toBe(faults.length > 0);
    if (list) {
      const value =
        kind === "monitor" || kind === "thing"
          ? "01890a5d-ac96-774b-bcce-b302099a8057"
          : kind === "addressed"
            ? "direct"
            : kind === "visibility"
              ? "public"
              : kind === "author"
                ? "bot"
                : kind === "course"
                  ? "worse"
                  : "open";
      expect(policyCondition.safeParse(withValues(begun, [value])).success).toBe(true);
    }
  });

  test("sentences and words that are empty or too long", () => {
    const bad = [
      { ...a, says: " " },
      { ...b, says: "x".repeat(301) },
      rule("c", [{ on: "words", any: ["x".repeat(81)] }]),
      rule("d", [{ on: "followers", atLeast: 1.5 }]),
    ];
    expect(faultsOf(bad).map((fault) => fault.what)).toEqual([
      "no-sentence",
      "long-sentence",
      "long-word",
      "followers",
    ]);
    expect(setPolicy.safeParse({ text: "", rules: bad.slice(1), expectedVersion: 0 }).success).toBe(false);
  });
});
