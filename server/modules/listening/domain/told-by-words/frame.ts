import type { Word } from "../label.ts";
import type { Tokens } from "../tokens.ts";
import { type Place, type Tagger, wordsAt } from "./tag.ts";

/** Which lists together tell of something, and which speak for another reading of the same words. */
export interface Frame<Gives extends string, List extends string> {
  gives: Gives;
  all: readonly List[];
  none?: readonly List[];
}

/** What frames see in a post. */
export interface Told<Gives extends string, List extends string> {
  /** What they tell of, each with the words that made it. */
  told: Map<Gives, Word[]>;
  has(lists: readonly List[]): boolean;
}

/** Words between the lists of one frame. */
const NEAR = 16;
/** So many places of a list are looked at: three lists of thousands would be billions of pairs. */
const MOST_PLACES = 60;

/**
 * Looks at a post through frames: a frame tells what it gives where one word of each of its lists stands within NEAR words of the
 * others, on different words. Words `guarded` says yes to do not count.
 */
export function tellByFrames<Gives extends string, List extends string>(
  post: Tokens,
  tagger: Tagger<List>,
  frames: readonly Frame<Gives, List>[],
  guarded: (place: Place) => boolean = () => false,
): Told<Gives, List> {
  const tagged = tagger.tag(post);
  const placesOf = (list: List) => (tagged.get(list) ?? []).slice(0, MOST_PLACES).filter((p) => !guarded(p));
  const told = new Map<Gives, Word[]>();
  for (const { gives, all, none } of frames) {
    if (told.has(gives) || !all.every((list) => tagged.has(list))) continue;
    if (none?.some((list) => tagged.has(list))) continue;
    const places = together(all.map(placesOf));
    if (places) told.set(gives, wordsAt(post, places, 2));
  }
  return { told, has: (lists) => lists.some((list) => tagged.has(list)) };
}

/** One place of each list, near one another and none upon the other; null: there are none. */
function together(lists: readonly (readonly Place[])[], chosen: readonly Place[] = []): Place[] | null {
  const [first, ...others] = lists;
  if (!first) return [...chosen];
  for (const place of first) {
    if (!chosen.every((c) => apart(c, place))) continue;
    const all = together(others, [...chosen, place]);
    if (all) return all;
  }
  return null;
}

function apart(a: Place, b: Place): boolean {
  const gap = a.from < b.from ? b.from - a.to : a.from - b.to;
  return gap >= 0 && gap <= NEAR;
}
