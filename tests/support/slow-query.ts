import type { Phrase, Positional, Post, Query, QueryOptions, WordPart } from "#shared/query/ast";

/**
 * Listening queries asked the slow way: of the matcher it shares the tree of a query and nothing else. Words are cut by
 * one pattern, everything is tried at every place.
 */
interface Word {
  readonly text: string;
  readonly written: string;
  readonly sign: boolean;
  /** Right after the word before, no gap between. */
  readonly glued: boolean;
  /** "@…": its places count, its letters do not. */
  readonly handle: string | null;
  /** In which tag of the post it stands. */
  readonly tag: number;
}
interface Cut {
  readonly words: Word[];
  /** `at`: the word it begins with. */
  readonly tags: { sign: string; text: string; at: number }[];
  readonly emoji: string[];
  readonly links: string[];
}

const CJK = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}ー々〇`;
const PICTURES =
  /\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*(?:\u200d\p{Extended_Pictographic}(?:\ufe0f|\p{Emoji_Modifier})*)*|\p{Regional_Indicator}{2}|[0-9#*]\ufe0f?\u20e3/gu;
const LETTERS = String.raw`(?:(?![${CJK}])[\p{L}\p{N}\p{M}_])`;
const PIECES = new RegExp(
  `(?<handle>(?<!${LETTERS})@(${LETTERS}+(?:[.@-]${LETTERS}+)*))|(?<hash>(?<![\\p{L}\\p{N}\\p{M}_])#(?=[\\p{L}\\p{N}\\p{M}_]))|(?<cash>(?<![\\p{L}\\p{N}\\p{M}_])\\$(?=[a-z]))|(?<word>${LETTERS}+)|(?<sign>[${CJK}])|(?<gap>[^])`,
  "gu",
);

const same = (text: string, how: QueryOptions): string => {
  const small = text
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll(/[\u00ad\u2060\ufeff]/g, "")
    .replaceAll("ß", "ss");
  if (how.accents === "keep") return small.normalize("NFC");
  let out = "";
  let latin = false;
  for (const c of small.normalize("NFD")) {
    if (/\p{M}/u.test(c)) out += latin ? "" : c;
    else {
      latin = /\p{Script=Latin}/u.test(c);
      out += c;
    }
  }
  const plain: Record<string, string> = { ø: "o", ł: "l", đ: "d", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", ı: "i" };
  return out.normalize("NFC").replaceAll(/[øłđħŧæœı]/g, (c) => plain[c]!);
};

function cut(post: Post, how: QueryOptions): Cut {
  const links = (post.links ?? []).map((link) => link.toLowerCase());
  const emoji: string[] = [];
  const bare = post.text
    .slice(0, 20_000)
    .replaceAll(/(?:https?:\/\/|www\.)[^\s<>"'\u3000]+/giu, (link) => {
      links.push(link.toLowerCase());
      return " ";
    })
    .replaceAll(PICTURES, (sign) => {
      emoji.push(sign.normalize("NFKC").replaceAll(/[\u{1f3fb}-\u{1f3ff}\ufe0e\ufe0f]/gu, ""));
      return " ";
    });
  const found = pieces(same(bare, how));
  const written = pieces(bare.normalize("NFKC").replaceAll(/[\u00ad\u2060\ufeff]/g, ""));
  return {
    ...found,
    words: found.words.map((w, n) => ({ ...w, written: written.words[n]?.text ?? "" })),
    emoji,
    links,
  };
}

function pieces(text: string): Pick<Cut, "words" | "tags"> {
  const words: Word[] = [];
  const tags: Cut["tags"] = [];
  let hash = -1;
  let signEnd = -1;
  for (const m of text.matchAll(PIECES)) {
    const g = m.groups!;
    if (g.gap !== undefined || g.hash !== undefined || g.handle !== undefined || g.cash !== undefined) hash = -1;
    if (g.hash !== undefined) {
      hash = tags.length;
      tags.push({ sign: "#", text: "", at: words.length });
    } else if (g.cash !== undefined) {
      const name = /^[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*/.exec(text.slice(m.index + 1))![0];
      tags.push({ sign: "$", text: name, at: words.length });
    } else if (g.handle !== undefined)
      words.push({ text: "", written: "", sign: false, glued: false, handle: g.handle.slice(1), tag: -1 });
    else if (g.word !== undefined || g.sign !== undefined) {
      if (hash >= 0) tags[hash]!.text += m[0];
      const sign = g.sign !== undefined;
      words.push({ text: m[0], written: m[0], sign, glued: sign && signEnd === m.index, handle: null, tag: hash });
      if (sign) signEnd = m.index + m[0].length;
    }
  }
  return { words, tags };
}

const wild = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replaceAll(/[\\^$.|+()[\]{}]/g, String.raw`\$&`)
      .replaceAll("*", ".*")
      .replaceAll("?", "[^]")}$`,
    "s",
  );

function isWord(part: WordPart, word: Word | undefined, exact: boolean): boolean {
  if (!word || word.handle !== null) return false;
  const text = exact ? word.written : word.text;
  if (part.kind === "sign") return word.sign && text === part.text && (!part.glued || word.glued);
  if (word.sign) return false;
  if (part.kind === "word") return text === part.text;
  return part.kind === "prefix" ? text.startsWith(part.text) : wild(part.text).test(text);
}

type Span = [number, number];
const all = (n: number) => Array.from({ length: n }, (_, i) => i);

function spans(of: Positional, post: Cut): Span[] {
  switch (of.kind) {
    case "phrase":
      return all(post.words.length)
        .filter((at) => of.words.every((part, n) => isWord(part, post.words[at + n], of.exact)))
        .map((at): Span => [at, at + of.words.length - 1]);
    case "any":
      return of.of.flatMap((one) => spans(one, post));
    case "near": {
      const out: Span[] = [];
      for (const a of spans(of.left, post))
        for (const b of spans(of.right, post)) {
          const apart = b[0] > a[1] ? b[0] - a[1] : a[0] > b[1] && !of.ordered ? a[0] - b[1] : Infinity;
          if (apart <= of.within) out.push([Math.min(a[0], b[0]), Math.max(a[1], b[1])]);
        }
      return out;
    }
    case "mention":
      return all(post.words.length)
        .filter((at) => isMention(post.words[at]!.handle, of.text))
        .map((at): Span => [at, at]);
    case "hashtag":
      return all(post.tags.length)
        .filter((n) => post.tags[n]!.sign === "#" && post.tags[n]!.text === of.text)
        .map((n): Span => {
          const inside = all(post.words.length).filter((at) => post.words[at]!.tag === n);
          return [inside[0]!, inside.at(-1)!];
        });
    case "cashtag":
      return post.tags.filter((tag) => tag.sign === "$" && tag.text === of.text).map(({ at }): Span => [at, at]);
  }
}

const isMention = (handle: string | null, asked: string): boolean =>
  handle !== null && (handle === asked || [".", "-", "@"].some((joint) => handle.startsWith(asked + joint)));

/** Every way to give the groups places of their own. */
function looseFits(groups: readonly (readonly WordPart[])[], within: number, post: Cut): boolean {
  const go = (n: number, used: Span[]): boolean => {
    if (used.length > 0 && Math.max(...used.map((u) => u[1])) - Math.min(...used.map((u) => u[0])) > within)
      return false;
    const group = groups[n];
    if (!group) return true;
    return all(post.words.length).some(
      (at) =>
        !used.some((u) => u[0] === at) &&
        group.every((part, i) => isWord(part, post.words[at + i], false)) &&
        go(n + 1, [...used, [at, at + group.length - 1]]),
    );
  };
  return go(0, []);
}

function holds(query: Query, post: Post, words: Cut): boolean {
  switch (query.kind) {
    case "all":
      return query.of.every((one) => holds(one, post, words));
    case "any":
      return (query.of as readonly Query[]).some((one) => holds(one, post, words));
    case "not":
      return !holds(query.of, post, words);
    case "phrase":
    case "near":
      return spans(query as Phrase, words).length > 0;
    case "loose":
      return looseFits(query.groups, query.within, words);
    case "hashtag":
      return words.tags.some((tag) => tag.sign === "#" && tag.text === query.text);
    case "cashtag":
      return words.tags.some((tag) => tag.sign === "$" && tag.text === query.text);
    case "mention":
      return words.words.some((word) => isMention(word.handle, query.text));
    case "emoji":
      return words.emoji.includes(query.text);
    case "followers":
      return post.followers !== undefined && post.followers >= query.min && post.followers <= query.max;
    case "field":
      return fieldHolds(query.name, query.value, post, words);
  }
}

function fieldHolds(name: string, value: string, post: Post, words: Cut): boolean {
  const handle = (text: string) => text.replace(/^@/, "").toLowerCase();
  if (name === "from") return post.from !== undefined && handle(post.from) === value;
  if (name === "to") return (post.to ?? []).some((one) => handle(one) === value);
  if (name === "lang") return post.lang !== undefined && `${post.lang.toLowerCase()}-`.startsWith(`${value}-`);
  if (name === "url") return words.links.some((link) => link.includes(value));
  if (name === "has") {
    if (value === "links") return words.links.length > 0;
    if (value === "emoji") return words.emoji.length > 0;
    if (value === "hashtags") return words.tags.some((tag) => tag.sign === "#");
    if (value === "cashtags") return words.tags.some((tag) => tag.sign === "$");
    if (value === "mentions") return words.words.some((word) => word.handle !== null);
    if (value === "media") return (post.has ?? []).length > 0;
    return (post.has ?? []).includes(value as "images");
  }
  const is = post.is ?? [];
  if (value === "original") return !is.some((one) => ["reply", "repost", "quote"].includes(one));
  if (value === "question") return /[?？؟⸮]/u.test(post.text);
  return is.includes(value as "reply");
}

/** Does the post match? */
export function slowMatch(query: Query, post: Post, how: QueryOptions = { accents: "fold" }): boolean {
  return holds(query, post, cut(post, how));
}
/** The same for one post and many queries, its words cut once. */
export function slowMatcher(post: Post): (query: Query, how?: QueryOptions) => boolean {
  const kept = new Map<string, Cut>();
  return (query, how = { accents: "fold" }) => {
    const words = kept.get(how.accents) ?? cut(post, how);
    kept.set(how.accents, words);
    return holds(query, post, words);
  };
}
