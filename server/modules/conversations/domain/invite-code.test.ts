import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codesIn, isCode, makeCode, spokenCode } from "./invite-code.ts";

const chance = fc.uint8Array({ minLength: 12, maxLength: 12 });
const CODE = "7KPM3XQ9TD4E";

describe("the code of an invite", () => {
  it("is made of chance alone, all of it", () => {
    fc.assert(fc.property(chance, (random) => isCode(makeCode(random))));
    expect(makeCode(new Uint8Array(12))).not.toBe(makeCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)));
    expect(() => makeCode(new Uint8Array(11))).toThrow(RangeError);
  });

  it("is found in every text that says it", () => {
    fc.assert(
      fc.property(chance, fc.string(), fc.string(), (random, before, after) => {
        const code = makeCode(random);
        expect(codesIn(`${before} ${spokenCode(code)} ${after}`.slice(0, 19_000))).toContain(code);
      }),
    );
  });

  it.each([
    [`my code is HB-7KPM-3XQ9-TD4E thanks`],
    [`hb 7kpm 3xq9 td4e`],
    [`HB7KPM3XQ9TD4E`],
    [`(HB–7KPM–3XQ9–TD4E).`],
    [`ＨＢ-７ＫＰＭ-３ＸＱ９-ＴＤ４Ｅ`],
    [`https://desk.example/i/7KPM3XQ9TD4E.abcdefghij_-`],
  ])("is read from %s", (text) => expect(codesIn(text)).toEqual([CODE]));

  it("is read where O was typed for 0 and I or l for 1", () => {
    expect(codesIn("HB-OIL0-0000-0000")).toEqual(["011000000000"]);
  });

  it.each([
    [""],
    ["HB-7KPM-3XQ9"],
    ["XHB-7KPM-3XQ9-TD4E"],
    ["HB-7KPM-3XQ9-TD4EX"],
    ["/i/7KPM3XQ9TD4E.short"],
    ["HB-UUUU-UUUU-UUUU"],
    ["order 7KPM3XQ9TD4E"],
  ])("is not read from %j", (text) => expect(codesIn(text)).toEqual([]));

  it("is looked for in the beginning of a text only, and five times at most", () => {
    const many = Array.from({ length: 9 }, (_, i) => spokenCode(`00000000000${i}`)).join(" ");
    expect(codesIn(many)).toHaveLength(5);
    expect(codesIn(`${"x ".repeat(10_000)}${spokenCode(CODE)}`)).toEqual([]);
  });
});
