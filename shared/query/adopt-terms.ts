import { foreignFields } from "./fields.ts";

/** What becomes of one term of another tool's query. Null: it cannot be asked here and is left out. */
export interface Adopted {
  readonly text: string | null;
  readonly says?: string;
  /** It finds more than it did there. */
  readonly wider?: boolean;
}

const list = (words: string) => new Set(words.split(" "));
/** Parts of an article that are not told apart here. */
const WHOLE_TEXT = list(
  "title intitle headline content text body ingress fulltext message caption description hit intext",
);
const AUTHOR = list("author authorname username screenname screen_name user profile by authors");
const LINK = list("site host domain outlet domainurl links linkurl url url_contains source_url siteurl sitename");
const FOLLOWERS = list(
  "followers followers_count followerscount authorfollowers twitterfollowers userfollowers reachfollowers",
);
const SIGNED: Readonly<Record<string, string>> = {
  ...{ hashtag: "#", hashtags: "#", mention: "@", mentions: "@", at_mentions: "@", mentionedauthor: "@", cashtag: "$" },
};
const TYPES: Readonly<Record<string, string>> = {
  ...{ retweet: "repost", share: "repost", repost: "repost", reply: "reply", comment: "reply", quote: "quote" },
};
/** Beside those that our own parser refuses by name. */
const UNKNOWN = list(
  "sentiment sourcecountry sourcetype source_type mediatype media_type channel pagetype page_type continent state reach views likes shares comments engagement rating categories category tag tags parentid threadid threadentrytype audience industry interest profession accounttype issyndicated blogname subreddit latitude longitude geo location worddcount published date weblogtitle",
);
const HAS_HERE = list(
  "links link url urls media images image video videos hashtags hashtag mentions mention cashtags emoji",
);
const IS_HERE = list("reply repost retweet rt quote original question verified private");

/** Names that take a value in the queries of other tools. */
export const isTheirField = (name: string): boolean =>
  WHOLE_TEXT.has(name) ||
  AUTHOR.has(name) ||
  LINK.has(name) ||
  FOLLOWERS.has(name) ||
  Object.hasOwn(SIGNED, name) ||
  UNKNOWN.has(name) ||
  foreignFields.has(name) ||
  ["raw", "engagementtype", "from", "to", "lang", "language", "has", "is"].includes(name);

/** Everything below it is left out as a whole. */
export const isLeftOut = (name: string): boolean =>
  (UNKNOWN.has(name) || foreignFields.has(name)) && !WHOLE_TEXT.has(name) && name !== "engagementtype";

const bare = (value: string) => value.replace(/^["“]|["”]$/g, "");

/** `name:value` in our words. `value`: as it stands there, with its quotes. */
export function adoptField(name: string, value: string): Adopted {
  if (isLeftOut(name)) return { text: null, says: `“${name}:” cannot be asked here: left out.` };
  if (WHOLE_TEXT.has(name)) return { text: value, says: `“${name}:” is looked for in the whole text.`, wider: true };
  if (name === "raw") return { text: `{${bare(value)}}`, says: "Letter by letter is written { }." };
  const sign = SIGNED[name];
  if (sign) return { text: sign + bare(value).replace(/^[#@$]/, ""), says: `“${name}:” is written ${sign}.` };
  if (AUTHOR.has(name)) return { text: `from:${value}`, says: `“${name}:” is written from:.` };
  if (LINK.has(name))
    return name === "url" ? { text: `url:${value}` } : { text: `url:${value}`, says: `“${name}:” is written url:.` };
  if (FOLLOWERS.has(name)) return adoptFollowers(name, value);
  if (name === "engagementtype") {
    const type = TYPES[bare(value).toLowerCase()];
    return type
      ? { text: `is:${type}`, says: "“engagementType:” is written is:." }
      : { text: null, says: `“engagementType:${value}” cannot be asked here: left out.` };
  }
  const known = name === "has" ? HAS_HERE : name === "is" ? IS_HERE : null;
  if (known && !known.has(value.toLowerCase()))
    return { text: null, says: `“${name}:${value}” cannot be asked here: left out.` };
  return { text: `${name === "language" ? "lang" : name}:${value}` };
}

function adoptFollowers(name: string, value: string): Adopted {
  const range = /^\[\s*(\d+|\*)\s+TO\s+(\d+|\*)\s*\]$/i.exec(value);
  if (!range)
    return name === "followers"
      ? { text: `followers:${value}` }
      : { text: `followers:${value}`, says: `“${name}:” is written followers:.` };
  const [from, to] = [range[1] === "*" ? "0" : range[1], range[2]];
  return {
    text: to === "*" ? `followers:>=${from}` : `followers:${from}..${to}`,
    says: "A range of followers is written followers:1000..5000.",
  };
}

/** A term without a field: signs in front of it that other tools know. */
export function adoptTerm(text: string): Adopted {
  if (/^\+\+./.test(text)) return { text: `{${bare(text.slice(2))}}`, says: "Letter by letter is written { }." };
  if (/^\+./.test(text)) return { text: text.slice(1), says: "Words are looked for as they stand: no + is needed." };
  return { text };
}
