import type { Tokens } from "../tokens.ts";
import { KIND_WORDS } from "./kind-words.ts";
import { type Place, Tagger } from "./tag.ts";

export type KindList = keyof typeof KIND_WORDS;

const tagger = new Tagger<KindList>(KIND_WORDS);

/** The words of each list that stand in a post, in order; a list without any is not there. */
export function kindWords(post: Tokens): Map<KindList, Place[]> {
  return tagger.tag(post);
}
