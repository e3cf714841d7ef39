import type { Instant } from "#platform/clock";
import type { ChannelAccess, StrangersPost } from "../../domain/adapter.ts";
import { field, list, text } from "../../domain/read-json.ts";
import { postUri, readPostUri } from "../at-uri.ts";
import { mentionsOf, quotedOf } from "../read-post.ts";
import { settingsOf } from "../settings.ts";

/** Whether a line of a whole network belongs to a channel: at once, or if one of these is known there. */
export type Verdict =
  | { keep: true; found?: "thread" | "keyword" }
  | { keep: false }
  | { keep: "if-known"; messages: readonly string[]; otherwise: Verdict }
  | { keep: "if-author"; did: string }
  /** If somebody here listens for such a post. */
  | { keep: "if-wanted"; post: StrangersPost };

const DROP: Verdict = { keep: false };

/** What a channel listens for; made once per connection. */
export interface Wanted {
  /** `at`: when the network saw it. */
  post(did: string, record: unknown, at: Instant): Verdict;
  deletion(did: string, rkey: string): Verdict;
  /** A changed name or a shut account. */
  author(did: string): Verdict;
}

export function wantedBy(access: ChannelAccess): Wanted {
  const ours = access.externalId;
  const { keywords } = settingsOf(access.config);
  const says = wordMatcher([...keywords, ...(access.handle.includes(".") ? [`@${access.handle}`] : [])]);
  const isOurs = (uri: string) => readPostUri(uri)?.did === ours;
  return {
    post(did, record, at) {
      if (did === ours && ours !== "") return { keep: true };
      const reply = field(record, "reply");
      const [root, parent] = [text(field(reply, "root"), "uri"), text(field(reply, "parent"), "uri")];
      const near = [root, parent, quotedOf(field(record, "embed")) ?? ""];
      if (mentionsOf(record).includes(ours) || near.some(isOurs)) return { keep: true };
      const otherwise: Verdict = says(text(record, "text"))
        ? { keep: true, found: "keyword" }
        : { keep: "if-wanted", post: strangersPost(did, record, at) };
      // A channel that only listens has no threads of its own.
      if (ours === "") return otherwise;
      const messages = [...new Set([root, parent])].filter((uri) => readPostUri(uri) !== null);
      return messages.length > 0 ? { keep: "if-known", messages, otherwise } : otherwise;
    },
    deletion: (did, rkey) => ({ keep: "if-known", messages: [postUri(did, rkey)], otherwise: DROP }),
    author: (did) => (did === ours ? DROP : { keep: "if-author", did }),
  };
}

/** Whole words and phrases, whatever their case, width and accents' composition; inside of words only where the script has no spaces. */
export function wordMatcher(words: readonly string[]): (text: string) => boolean {
  const folded = words.map(fold).filter((w) => w !== "");
  if (folded.length === 0) return () => false;
  const escaped = folded.map((w) => {
    const body = w.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
    const edge = (at: string, look: string) => (/[\p{L}\p{N}]/u.test(at) && !SPACELESS.test(at) ? look : "");
    return `${edge([...w][0]!, "(?<![\\p{L}\\p{N}])")}${body}${edge([...w].at(-1)!, "(?![\\p{L}\\p{N}])")}`;
  });
  const pattern = new RegExp(escaped.join("|"), "u");
  return (text) => pattern.test(fold(text));
}

const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const fold = (text: string) => text.normalize("NFKC").toLowerCase().trim();

/** What monitors are asked: the words, the links behind them and what is known of a post without asking its author's server. */
export function strangersPost(did: string, record: unknown, at: Instant): StrangersPost {
  const embed = field(record, "embed");
  const links = list(record, "facets").flatMap((facet) =>
    list(facet, "features").flatMap((feature) => text(feature, "uri") || []),
  );
  const card = text(field(embed, "external"), "uri");
  const media = text(field(embed, "media"), "$type") || text(embed, "$type");
  const lang = list(record, "langs").find((one): one is string => typeof one === "string");
  return {
    ...{ text: text(record, "text").slice(0, LONGEST), from: did, at },
    ...(lang !== undefined && { lang: lang.slice(0, 35) }),
    links: (card ? [...links, card] : links).slice(0, 20).map((link) => link.slice(0, 2_000)),
    has: media.startsWith("app.bsky.embed.images")
      ? ["images"]
      : media.startsWith("app.bsky.embed.video")
        ? ["video"]
        : [],
    is: [
      ...(text(field(field(record, "reply"), "parent"), "uri") ? (["reply"] as const) : []),
      ...(quotedOf(embed) ? (["quote"] as const) : []),
    ],
  };
}

/** Posts have 300 signs; whoever writes a longer record is read so far. */
const LONGEST = 5_000;
