import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findPrivateFacts } from "./private-facts.ts";

const copied = (text: string, secret: string[], open: string[] = []) =>
  findPrivateFacts(text, secret, open).map(({ start, end }) => text.slice(start, end));

describe("told in private, said in public", () => {
  test.each<[string, string[], string[]]>([
    ["We sent it to ines@post.example today", ["I am INES@post.example"], ["ines@post.example"]],
    ["We will ring 07700 900123", ["+44 7700 900123"], ["07700 900123"]],
    ["Order 90441827 is on its way", ["it is order 9044-1827"], ["90441827"]],
    ["Booking KX4-77Q is safe", ["my booking kx477q"], ["KX4-77Q"]],
    [
      "Sorry that your router in the upstairs bedroom failed",
      ["the router in the upstairs bedroom died"],
      ["router in the upstairs bedroom"],
    ],
    ["Order ９０４４１８２７", ["90441827"], ["９０４４１８２７"]],
  ])("%j", (text, secret, expected) => expect(copied(text, secret)).toEqual(expected));

  test.each<[string, string[]]>([
    ["Thank you for your patience, we are looking into it", ["thank you for your help with this"]],
    ["It takes 3 to 5 days", ["I waited 3 to 5 days"]],
    ["We are open until 20:00", ["my order 90441827"]],
    ["Please send us a private message", ["please send me a message"]],
  ])("%j is nothing private", (text, secret) => expect(copied(text, secret)).toEqual([]));

  test("what they also said in public is no secret", () => {
    const order = "my order 90441827 never came";
    expect(copied("Order 90441827 is found", [order])).toEqual(["90441827"]);
    expect(copied("Order 90441827 is found", [order], ["@northwind where is 90441827"])).toEqual([]);
  });
});

test("a number told in private is found however it is written", () => {
  const gap = fc.constantFrom("", " ", "-", ".", "\u00a0");
  fc.assert(
    fc.property(fc.stringMatching(/^[1-9]\d{7,11}$/u), gap, gap, (digits, one, other) => {
      const written = (part: string) => digits.match(/.{1,3}/gu)?.join(part) as string;
      expect(copied(`it is ${written(one)} indeed`, [`call ${written(other)}`])).toEqual([written(one)]);
    }),
  );
});

test("hostile text is read, spans lie inside and in order", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({ unit: "binary", maxLength: 300 }),
      (a, b) => {
        let end = 0;
        for (const fact of findPrivateFacts(a + b, [b, a])) {
          expect(fact.start).toBeGreaterThanOrEqual(end);
          end = fact.end;
        }
        expect(end).toBeLessThanOrEqual(a.length + b.length);
      },
    ),
  );
});
