import { type FieldName, type HasValue, hasValues, type IsValue, isValues, type Query, type Spot } from "./ast.ts";
import { fold } from "./fold.ts";
import { refuse } from "./query-error.ts";

/** Names of fields, with the words of other listening tools for the same thing. */
const NAMES: Readonly<Record<string, FieldName | "followers">> = {
  ...{ from: "from", author: "from", to: "to", lang: "lang", language: "lang" },
  ...{ url: "url", link: "url", site: "url", domain: "url", has: "has", is: "is" },
  ...{ followers: "followers", followers_count: "followers", followerscount: "followers" },
};
/** What other tools can ask for and this one has no data for: said plainly, instead of looked for as words. */
const FOREIGN = new Set([
  ...["context", "entity", "place", "place_country", "point_radius", "bounding_box", "bio", "bio_name", "bio_location"],
  ...["list", "conversation_id", "in_reply_to_tweet_id", "retweets_of", "retweets_of_tweet_id", "sample", "source"],
  ...[
    "following_count",
    "tweets_count",
    "listed_count",
    "title",
    "engagementtype",
    "region",
    "city",
    "country",
    "gender",
  ],
]);
/** Those that are refused by name. */
export const foreignFields: ReadonlySet<string> = FOREIGN;
export const fieldNames: ReadonlySet<string> = new Set([...Object.keys(NAMES), ...FOREIGN]);

const HAS: Readonly<Record<string, HasValue>> = {
  ...Object.fromEntries(hasValues.map((value) => [value, value])),
  ...{ link: "links", url: "links", urls: "links", image: "images", videos: "video", hashtag: "hashtags" },
  ...{ mention: "mentions", cashtag: "cashtags", emojis: "emoji" },
};
const IS: Readonly<Record<string, IsValue>> = {
  ...Object.fromEntries(isValues.map((value) => [value, value])),
  ...{ retweet: "repost", rt: "repost", tweet: "original", post: "original", dm: "private" },
};

export function fieldOf(name: string, raw: string, spot: Spot): Query {
  const field = NAMES[name];
  if (field === undefined)
    return refuse(
      "not-known-here",
      spot,
      `“${name}:” cannot be asked here: what it looks at is not known of every post. Leave it out.`,
    );
  const value = fold(raw, "keep").trim();
  if (field === "followers") return followersOf(value, spot);
  if (field === "has") return { kind: "field", name: "has", value: oneOf(HAS, name, value, hasValues, spot), spot };
  if (field === "is") return { kind: "field", name: "is", value: oneOf(IS, name, value, isValues, spot), spot };
  if (field === "lang") {
    if (!/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/.test(value))
      refuse("value-unknown", spot, `“${raw}” is no language code.`, "lang:en, lang:cy, lang:pt-BR");
    return { kind: "field", name: "lang", value, spot };
  }
  const handle = field === "url" ? value : value.replace(/^@/, "");
  if (handle === "") refuse("value-wanted", spot, `After ${name}: a value has to follow.`);
  return { kind: "field", name: field, value: handle, spot };
}

function oneOf<T extends string>(
  known: Readonly<Record<string, T>>,
  name: string,
  value: string,
  all: readonly string[],
  spot: Spot,
): T {
  const found = Object.hasOwn(known, value) ? known[value] : undefined;
  return (
    found ??
    refuse("value-unknown", spot, `“${name}:${value}” is not known.`, all.map((one) => `${name}:${one}`).join(", "))
  );
}

const NUMBER = String.raw`(\d{1,12}(?:[.,]\d{3})*(?:\.\d)?[km]?)`;
const RANGE = new RegExp(`^${NUMBER}(?:\\.\\.|-|–)${NUMBER}$`);
const BOUND = new RegExp(`^(>=|<=|>|<|)${NUMBER}$`);

function followersOf(value: string, spot: Spot): Query {
  const range = RANGE.exec(value);
  const bound = BOUND.exec(value);
  let [min, max] = [0, Number.MAX_SAFE_INTEGER];
  if (range) [min, max] = [amount(range[1] as string), amount(range[2] as string)];
  else if (bound) {
    const n = amount(bound[2] as string);
    if (bound[1] === ">") min = n + 1;
    else if (bound[1] === "<") max = n - 1;
    else if (bound[1] === "<=") max = n;
    else min = n;
  } else refuse("value-unknown", spot, `“${value}” is no number of followers.`, "followers:>=1000, followers:1k..50k");
  if (min > max) refuse("value-unknown", spot, "The lower end is above the upper end.", `followers:${max}..${min}`);
  return { kind: "followers", min, max, spot };
}

function amount(text: string): number {
  const times = text.endsWith("k") ? 1_000 : text.endsWith("m") ? 1_000_000 : 1;
  const digits = text.replace(/[km]$/, "");
  return Math.round(Number(times === 1 ? digits.replace(/[.,]/g, "") : digits.replaceAll(",", "")) * times);
}
