import { expect, test } from "vitest";
import { DAY, HOUR, MINUTE } from "#platform/clock";
import type { BarePost } from "./bare-post.ts";
import { likelyReplies } from "./likely-replies.ts";

let n = 0;
function post(from: string, at: number, text: string, more: Partial<BarePost> = {}): BarePost {
  const ours = from === "LampCo" || from === "BusCo";
  return { id: `p${++n}`, at, channel: "x", ours, from, to: null, text, customer: ours ? null : from, ...more };
}
/** Groups as lists of places in the input. */
function threads(posts: BarePost[]): number[][] {
  const threadOf = likelyReplies(posts);
  const groups = Map.groupBy(posts.keys(), (i) => threadOf.get(posts[i]!.id));
  return [...groups.values()];
}

test("our answer goes to whom it calls, and his answer comes back", () => {
  expect(
    threads([
      post("11", 0, "@LampCo my lamp hums"),
      post("12", MINUTE, "@LampCo open on Sunday?"),
      post("LampCo", 20 * MINUTE, "@11 Sorry! Since when?"),
      post("LampCo", 21 * MINUTE, "@12 Yes we are"),
      post("11", 2 * HOUR, "@LampCo since Monday"),
    ]),
  ).toEqual([
    [0, 2, 4],
    [1, 3],
  ]);
});

test("what is told of the receiver counts without a call", () => {
  expect(
    threads([post("11", 0, "my lamp hums"), post("LampCo", HOUR, "Sorry!", { to: "11", customer: "11" })]),
  ).toEqual([[0, 1]]);
});

test("a third person who calls the customer joins his thread", () => {
  expect(
    threads([
      post("11", 0, "@LampCo my lamp hums"),
      post("LampCo", HOUR, "@11 Sorry!"),
      post("13", 2 * HOUR, "@LampCo @11 mine hums, too"),
      post("LampCo", 3 * HOUR, "@13 @11 We look into it"),
    ]),
  ).toEqual([[0, 1, 2, 3]]);
});

test("another brand is another thread", () => {
  expect(
    threads([
      post("11", 0, "@LampCo my lamp hums"),
      post("LampCo", MINUTE, "@11 Sorry!"),
      post("11", 5 * MINUTE, "@BusCo where is line 7?"),
      post("BusCo", 9 * MINUTE, "@11 Round the corner"),
    ]),
  ).toEqual([
    [0, 1],
    [2, 3],
  ]);
});

test("two first posts that are both answered are two threads, one answer makes them one", () => {
  const first = [post("11", 0, "@LampCo my lamp hums"), post("11", 3 * HOUR, "@LampCo the shop was shut")];
  expect(threads([...first, post("LampCo", 4 * HOUR, "@11 Sorry for both")])).toEqual([[0, 1, 2]]);
  expect(
    threads([...first, post("LampCo", 4 * HOUR, "@11 Which lamp?"), post("LampCo", 5 * HOUR, "@11 It opens at ten")]),
  ).toEqual([
    [0, 2],
    [1, 3],
  ]);
});

/** Enough people who answer with a call at the head, so that one who does not begins anew. */
const crowd = (): BarePost[] =>
  Array.from({ length: 80 }, (_, i) => [
    post(`c${i}`, i * MINUTE, i % 3 ? "the lamp hums @LampCo" : "@LampCo the lamp hums"),
    post("LampCo", i * MINUTE + 1, `@c${i} Sorry`),
    post(`c${i}`, i * MINUTE + HOUR, "@LampCo since Monday"),
    post("LampCo", i * MINUTE + 2 * HOUR, `@c${i} It is on its way`),
    ...(i % 4 ? [] : [post(`c${i}`, i * MINUTE + 3 * DAY, "who sells shades like those of @LampCo?")]),
  ]).flat();

test("after an answer, a post that does not begin with a call begins anew where others call", () => {
  const posts = [
    ...crowd(),
    post("11", 0, "@LampCo my lamp hums"),
    post("LampCo", MINUTE, "@11 Sorry"),
    post("11", 2 * DAY, "does anybody at @LampCo know what a shade costs"),
  ];
  const found = threads(posts);
  expect(found).toContainEqual([posts.length - 1]);
});

test("two posts within a breath are two threads where each is answered, and one where one answer comes", () => {
  const [one, two] = [post("11", 0, "my lamp hums"), post("11", 4 * MINUTE, "who sells blue shades?")];
  expect(threads([...crowd(), one, two, post("LampCo", HOUR, "@11 Sorry")]).at(-1)).toHaveLength(3);
  const answers = [post("LampCo", HOUR, "@11 Sorry"), post("LampCo", 2 * HOUR, "@11 We do")];
  const all = [...crowd(), one, two, ...answers];
  const first = all.length - 4;
  expect(threads(all).slice(-2)).toEqual([
    [first, first + 2],
    [first + 1, first + 3],
  ]);
});

test("a call at the head of somebody who never speaks here is no answer", () => {
  const posts = [
    ...crowd(),
    post("11", 0, "@LampCo my lamp hums"),
    post("LampCo", MINUTE, "@11 Sorry"),
    post("11", 2 * DAY, "@somebody the lamps of @LampCo are dear"),
  ];
  expect(threads(posts)).toContainEqual([posts.length - 1]);
});

test("a stranger on another network who answers continues the silent thread of that brand", () => {
  const posts = [
    ...crowd(),
    post("11", 0, "@LampCo my Cirrus lamp hums"),
    post("LampCo", MINUTE, "@11 Please send us a DM"),
    post("m-4", HOUR, "@LampCo it is the Cirrus lamp", { channel: "fb" }),
  ];
  expect(threads(posts)).toContainEqual([posts.length - 3, posts.length - 2, posts.length - 1]);
});

test("nothing depends on the order of the rows, and any text can be read", () => {
  const posts = crowd();
  const sorted = (threadOf: Map<string, string>) => [...threadOf].sort();
  expect(sorted(likelyReplies(posts.toReversed()))).toEqual(sorted(likelyReplies(posts)));
  likelyReplies([post("", 0, "@".repeat(50_000)), post("__proto__", 0, "\u0000\ud800 @__proto__")]);
});
