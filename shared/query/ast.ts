import type { Accents } from "./fold.ts";

/** Where in the query something stands: UTF-16 units. */
export interface Spot {
  readonly at: number;
  readonly length: number;
}

/** One word of a phrase. `prefix`: a word that begins so. `pattern`: stars and question marks inside. */
export interface WordPart {
  readonly text: string;
  readonly kind: "word" | "prefix" | "pattern" | "sign";
  /** A sign that follows the one before without a gap. */
  readonly glued: boolean;
}

/** Words in sequence; one word is a phrase of one. */
export interface Phrase {
  readonly kind: "phrase";
  readonly words: readonly WordPart[];
  /** Letter by letter: case and accents count. */
  readonly exact: boolean;
  readonly spot: Spot;
}
/**
 * Words in any order, each at a place of its own, from the first to the last at most `within` apart. Signs of one run
 * (東京) stay together: they are one of `groups`.
 */
export interface Loose {
  readonly kind: "loose";
  readonly groups: readonly (readonly WordPart[])[];
  readonly within: number;
  readonly spot: Spot;
}
/** `within`: words apart, neighbours are 1 apart. `ordered`: the left before the right. */
export interface Near {
  readonly kind: "near";
  readonly left: Positional;
  readonly right: Positional;
  readonly within: number;
  readonly ordered: boolean;
  readonly spot: Spot;
}
export interface Either {
  readonly kind: "any";
  readonly of: readonly Positional[];
  readonly spot: Spot;
}
/** What has a place in the text, so that its distance from something can be told. */
export type Positional = Phrase | Tagged | Near | Either;

/** `#tag`, `@handle`, `$CASH`, without the sign. */
export interface Tagged {
  readonly kind: "hashtag" | "mention" | "cashtag";
  readonly text: string;
  readonly spot: Spot;
}
export interface Emoji {
  readonly kind: "emoji";
  readonly text: string;
  readonly spot: Spot;
}
export type FieldName = "from" | "to" | "lang" | "url" | "has" | "is";
export interface Field {
  readonly kind: "field";
  readonly name: FieldName;
  readonly value: string;
  readonly spot: Spot;
}
/** How many followers the author has; both ends belong to the range. */
export interface Followers {
  readonly kind: "followers";
  readonly min: number;
  readonly max: number;
  readonly spot: Spot;
}
export interface All {
  readonly kind: "all";
  readonly of: readonly Query[];
  readonly spot: Spot;
}
export interface Any {
  readonly kind: "any";
  readonly of: readonly Query[];
  readonly spot: Spot;
}
export interface Not {
  readonly kind: "not";
  readonly of: Query;
  readonly spot: Spot;
}
export type Query = Phrase | Loose | Tagged | Emoji | Field | Followers | Near | All | Any | Not;

export interface QueryOptions {
  /** Whether "cafe" finds "café". */
  readonly accents: Accents;
}

export const hasValues = ["links", "media", "images", "video", "hashtags", "mentions", "cashtags", "emoji"] as const;
export const isValues = ["reply", "repost", "quote", "original", "question", "verified", "private"] as const;
export type HasValue = (typeof hasValues)[number];
export type IsValue = (typeof isValues)[number];

/** What a query is asked about. Handles without `@`; `lang`: BCP 47. */
export interface Post {
  readonly text: string;
  readonly from?: string | undefined;
  /** Whom the post answers. */
  readonly to?: readonly string[] | undefined;
  readonly lang?: string | undefined;
  /** Links beside those in the text. */
  readonly links?: readonly string[] | undefined;
  readonly followers?: number | undefined;
  readonly has?: readonly ("images" | "video" | "media")[] | undefined;
  readonly is?: readonly ("reply" | "repost" | "quote" | "verified" | "private")[] | undefined;
}
