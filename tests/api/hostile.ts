import { randomInt } from "node:crypto";
import type { Json } from "../support/api-client.ts";

/** What no field is made for; in the place of any value, wherever it stands. */
export const hostileValues: readonly (readonly [string, Json])[] = [
  ["null", null],
  ["true", true],
  ["zero", 0],
  ["minus one", -1],
  ["a fraction", 1.5],
  ["beyond int4", 2_147_483_648],
  ["the greatest safe integer", Number.MAX_SAFE_INTEGER],
  ["beyond every integer", 1e308],
  ["nothing", ""],
  ["NUL", "\u0000"],
  ["NUL in words", "a\u0000b"],
  ["a lone surrogate", "\ud800"],
  ["a lone low surrogate in words", "a\udc00b"],
  ["a hundred thousand letters", "x".repeat(100_000)],
  ["fifty letters", "y".repeat(50)],
  ["a name of the prototype", "__proto__"],
  ["SQL", "'; drop table agent; --"],
  ["HTML", "<script>alert(1)</script>"],
  ["the other direction", "\u202e\u2066أهلا"],
  ["a family", "👩‍👩‍👧‍👦"],
  ["an empty list", []],
  ["an empty object", {}],
  ["a list of null", [null]],
  ["ten thousand of them", Array.from({ length: 10_000 }, () => "x")],
  ["a prototype", JSON.parse('{"__proto__":{"admin":true}}')],
  ["year 0", "0000-01-01T00:00:00.000Z"],
  ["the last year", "9999-12-31T23:59:59.999Z"],
  ["February 30th", "2026-02-30T00:00:00.000Z"],
  ["the nil UUID", "00000000-0000-0000-0000-000000000000"],
  ["a UUID of nobody", "01a1e8bc-0000-7000-8000-00000000dead"],
  ["a UUID in capitals", "01A1E8BC-0000-7000-8000-00000000DEAD"],
];

/** Of what is tried in one place a run takes a third, another one in each place and each run; a hundred runs miss nothing. */
const ALL = process.env.HUBBUB_HOSTILE === "all";
const SHARE = ALL ? 1 : 3;
/** Of the values for the fields of bodies a sixth: there are a thousand fields. */
export const FIELD_SHARE = ALL ? 1 : 6;

/** Whose turn it is in this run. Named with every fault: with it the run can be played again. */
export const RUN = Number(process.env.HUBBUB_HOSTILE_RUN ?? randomInt(6));

/** `place`: a number of what it is tried on, so that neighbours try different ones. One of `share`, in their order; never none of so many or more. */
export function shareOf<T>(all: readonly T[], place: number, share = SHARE): T[] {
  return all.filter((_, n) => (n + RUN + place) % share === 0);
}

/** Every place in a body, as the keys that lead to it. */
export function placesIn(value: Json, at: readonly string[] = []): string[][] {
  if (value === null || typeof value !== "object") return at.length > 0 ? [[...at]] : [];
  const inside = Object.keys(value)
    .slice(0, 40)
    .flatMap((key) => placesIn(value[key], [...at, key]));
  return at.length > 0 ? [[...at], ...inside] : inside;
}

export function putAt(body: Json, place: readonly string[], value: Json): Json {
  const copy = structuredClone(body);
  let inside = copy;
  for (const key of place.slice(0, -1)) inside = inside[key];
  Object.defineProperty(inside, place.at(-1)!, { value, enumerable: true, configurable: true, writable: true });
  return copy;
}

/** Bodies that are no object of any address. */
export const brokenBodies: readonly (readonly [string, string | Uint8Array])[] = [
  ["half an object", '{"a":'],
  ["two objects", "{}{}"],
  ["a word", "hello"],
  ["a list", "[]"],
  ["a number", "5"],
  ["null", "null"],
  ["NaN", '{"expectedVersion":NaN}'],
  ["a prototype", '{"__proto__":{"admin":true}}'],
  ["a constructor", '{"constructor":{"prototype":{"admin":true}}}'],
  ["bytes that are no UTF-8", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
  ["twenty thousand brackets", "[".repeat(20_000)],
  ["nothing at all", ""],
];

/** In the place of an id in an address. */
export const hostileSegments: readonly (readonly [string, string])[] = [
  ["the nil UUID", "00000000-0000-0000-0000-000000000000"],
  ["a UUID of nobody", "01a1e8bc-0000-7000-8000-00000000dead"],
  ["a UUID in capitals", "01A1E8BC-0000-7000-8000-00000000DEAD"],
  ["NUL", "%00"],
  ["bytes that are no UTF-8", "%ff"],
  ["another folder", "..%2f..%2fetc%2fpasswd"],
  ["letters", "x".repeat(390)],
  ["too many letters", "x".repeat(5_000)],
  ["a family", encodeURIComponent("👩‍👧")],
  ["a prototype", "__proto__"],
  ["SQL", encodeURIComponent("' or 1=1 --")],
];
