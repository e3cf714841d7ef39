import { describe, expect, test } from "vitest";
import { DAY, HOUR } from "#platform/clock";
import { build, type Line, parcel } from "../../../../tests/support/stitch-lines.ts";
import { stitch } from "./stitch.ts";
import { emptyWorld } from "./stitch-world.ts";

describe("another customer's matter, where all customers are known", () => {
  const mum: Line[] = [
    parcel,
    { id: "x", from: "bob", audience: "private", text: "My wife wrote about order A55102, nobody came", after: DAY },
  ];
  const decide = (lines: Line[], all = true) => {
    const stitched = stitch(emptyWorld(all), lines.map(build));
    return new Map(stitched.map((s) => [s.message.id, s.decision]));
  };

  test("who names its number belongs to it and stays an own customer", () => {
    const decided = decide(mum);
    expect(decided.get("x")).toMatchObject({ role: "customer", conversationId: decided.get("a1")!.conversationId });
    expect(decided.get("x")!.evidence.map((e) => e.code)).not.toContain("ask");
  });

  test("what he says next in his own line stays there", () => {
    const decided = decide([...mum, { id: "y", from: "bob", audience: "private", text: "hello?", after: 2 * DAY }]);
    expect(decided.get("y")!.conversationId).toBe(decided.get("a1")!.conversationId);
  });

  test("a number alone begins anew and is asked about; the customer's name is enough to join", () => {
    const number = {
      id: "x",
      from: "bob",
      audience: "private",
      text: "where is the parcel of A55102?",
      after: DAY,
    } as const;
    const alone = decide([parcel, number]).get("x")!;
    expect(alone).toMatchObject({ place: "new" });
    expect(alone.evidence.map((e) => e.code)).toContain("ask");
    expect(alone.alternatives[0]).toMatchObject({ text: expect.stringMatching(/a55102.*Speaks of the same/u) });
    const world = emptyWorld(true);
    const first = stitch(world, [build(parcel)])[0]!.decision.conversationId!;
    world.matters.get(first)!.customerName = "Ana Brandão";
    const [named] = stitch(world, [build({ ...number, name: "J. Brandao" })]);
    expect(named!.decision.conversationId).toBe(first);
    expect(named!.decision.evidence.map((e) => e.code)).toEqual(["same-reference", "words", "name", "ask"]);
  });

  test("a number many name, a flight, a code and a hotline lead nowhere", () => {
    for (const text of ["flight LH 4711", "code SUMMER2026", "your hotline 0800 555 0199", "line 5510"]) {
      const decided = decide([
        { ...parcel, text },
        { id: "x", from: "bob", audience: "private", text: `about ${text}`, after: HOUR },
      ]);
      expect(decided.get("x")!.place, text).toBe("new");
    }
    const five = ["a", "b", "c", "d", "e"].map(
      (from, i): Line => ({ id: `m${i}`, from, text: "@northwind recall 5510273", after: i * HOUR }),
    );
    expect(decide(five).get("m4")!.place).toBe("new");
  });

  test("where nobody else is known to name it, it is not looked for", () => {
    expect(decide(mum, false).get("x")!.place).toBe("new");
  });
});
