import type { Tokens } from "../tokens.ts";
import { type Place, Tagger } from "./tag.ts";
import { THANKS_WORDS } from "./thanks-words.ts";

export type ThanksList = keyof typeof THANKS_WORDS;
const LISTS = Object.keys(THANKS_WORDS) as ThanksList[];

/** Lists that say something else together than each alone. */
const TOGETHER: readonly (readonly [ThanksList, ThanksList])[] = [
  ...(
    ["works", "rescue", "person", "dear", "woe", "again", "praise", "irony", "advance", "request", "regards"] as const
  ).map((other) => ["thank", other] as const),
  ...(["refuse", "contrary", "others", "said", "money", "wait", "warm", "asked", "delight"] as const).map(
    (other) => ["thank", other] as const,
  ),
  ...(["praise", "congrats", "delight", "dear"] as const).flatMap((glad) =>
    (["woe", "again", "money", "wait", "irony"] as const).map((bad) => [glad, bad] as const),
  ),
  ...(["rescue", "dear", "works", "woe", "praise", "again"] as const).map((other) => ["person", other] as const),
  ["rescue", "woe"],
  ["rescue", "dear"],
  ["works", "dear"],
  ["works", "woe"],
];

/** Where the thanks stand: at the start, at the end, alone with a name behind them; in a post of few words, in a long one. */
const PLACES = ["first", "last", "signed", "short", "long"] as const;

/** What is known of a post's thanks, by name; the weights stand in the same order. */
export const CUES: readonly string[] = [
  ...LISTS,
  ...TOGETHER.map(([a, b]) => `${a}+${b}`),
  ...PLACES.map((place) => `thank ${place}`),
];

const tagger = new Tagger<ThanksList>(THANKS_WORDS);

export interface Cues {
  /** 0 or 1 for each of `CUES`. */
  readonly values: readonly number[];
  readonly places: ReadonlyMap<ThanksList, readonly Place[]>;
}

export function thanksCues(post: Tokens): Cues {
  const places = tagger.tag(post);
  const words = post.tokens.filter((t) => t.kind !== "mark" && t.kind !== "sign" && t.kind !== "emoji").length;
  const thanks = places.get("thank") ?? [];
  const has = (list: ThanksList) => (places.has(list) ? 1 : 0);
  const last = thanks.at(-1);
  const behind = last ? post.tokens.slice(last.to).filter((t) => t.kind === "word") : [];
  const where: Record<(typeof PLACES)[number], boolean> = {
    first: thanks.some((place) => place.from <= 2),
    last: last !== undefined && behind.length <= 1,
    signed: last !== undefined && behind.length > 0 && behind.length <= 2 && behind.every((t) => isName(post, t.start)),
    short: words <= 7,
    long: words > 30,
  };
  return {
    places,
    values: [
      ...LISTS.map(has),
      ...TOGETHER.map(([a, b]) => has(a) * has(b)),
      ...PLACES.map((place) => (where[place] && (thanks.length > 0 || place === "short" || place === "long") ? 1 : 0)),
    ],
  };
}

const isName = (post: Tokens, at: number): boolean => /^\p{Lu}/u.test(post.text.slice(at, at + 2));
