import { findLinks } from "./links.ts";

/** A stretch of text that means more than its letters. UTF-16 units, end exclusive. */
export interface Entity {
  kind: "link" | "mention" | "hashtag" | "email";
  start: number;
  end: number;
  /** What it points at: a link with its scheme, a handle without @, a tag without #, an address. */
  value: string;
}

// `@name`, `@name@host.example`, `@name.bsky.social`; never inside a word or an address. All repeats are bounded.
const mention =
  /(?<![\p{L}\p{N}_.@/＠])[@＠]([\p{L}\p{N}_][\p{L}\p{N}_-]{0,63}(?:[.][\p{L}\p{N}_-]{1,63}){0,8}(?:@[\p{L}\p{N}-]{1,63}(?:[.][\p{L}\p{N}-]{1,63}){1,8})?)/gu;
const hashtag = /(?<![\p{L}\p{N}_&/#＃])[#＃]([\p{L}\p{M}\p{N}_]{1,140})/gu;
const email =
  /(?<![\p{L}\p{N}_.+%@-])[\p{L}\p{N}_][\p{L}\p{N}_.+%-]{0,63}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})(?:[.][\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62})){1,8}/gu;

/** Links, mentions, hashtags and e-mail addresses of a text, in order and never overlapping. Links win, then addresses. */
export function findEntities(text: string): Entity[] {
  const found: Entity[] = findLinks(text).map(({ start, end, scheme }) => {
    const written = text.slice(start, end);
    return { kind: "link", start, end, value: scheme ? written : `https://${written}` };
  });
  const add = (kind: Entity["kind"], pattern: RegExp) => {
    const taken = found.toSorted((a, b) => a.start - b.start);
    let next = 0;
    for (const hit of text.matchAll(pattern)) {
      const value = hit[1] ?? hit[0];
      if (kind === "hashtag" && !/[\p{L}\p{M}]/u.test(value)) continue;
      const [start, end] = [hit.index, hit.index + hit[0].length];
      while (next < taken.length && (taken[next] as Entity).end <= start) next++;
      const covering = taken[next];
      if (!covering || covering.start >= end) found.push({ kind, start, end, value });
    }
  };
  if (text.includes("@") || text.includes("＠")) {
    add("email", email);
    add("mention", mention);
  }
  if (text.includes("#") || text.includes("＃")) add("hashtag", hashtag);
  return found.sort((a, b) => a.start - b.start);
}
