import { chance as chanceFrom } from "../judge/tweets/chance.ts";

/** Monitors and posts in which a known number of them is caught: the same for benches and for the gate on evaluations. */
export interface Crowd {
  /** Queries as people write them: words, phrases, AND with OR, NEAR. */
  readonly queries: readonly string[];
  /** A word without which the query never matches, and the words that make it match. */
  readonly words: readonly string[];
  readonly lines: readonly string[];
  readonly texts: readonly string[];
  /** Hits of all posts that were put in. */
  readonly planted: number;
}

const SYLLABLES = [
  "ka",
  "lo",
  "mi",
  "ten",
  "ru",
  "sa",
  "vel",
  "do",
  "pra",
  "shi",
  "no",
  "bar",
  "fe",
  "gul",
  "zy",
  "wen",
];
const nameOf = (n: number): string => {
  let rest = n + 4_096;
  let word = "";
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
};
const COMMON =
  "the a to and is in it of for you that this on my with have not be at are was just so like what up out all if get can about when your more one will now how they do there been from would good time people day really know think see love back new want going today too some as by or we an but our am very only after over work home never last still because great make right off why down first way much even need well most any other here late broken refund".split(
    " ",
  );

export function crowdOf({
  monitors,
  posts,
  hits,
  seed = 7,
}: {
  monitors: number;
  posts: number;
  hits: number;
  seed?: number;
}): Crowd {
  const draw = chanceFrom(seed);
  const queries: string[] = [];
  const words: string[] = [];
  const bait: string[] = [];
  for (let n = 0; n < monitors; n++) {
    const [name, second] = [nameOf(n), nameOf(monitors + n)];
    words.push(name);
    const kind = n % 10;
    if (kind < 4) [queries[n], bait[n]] = [name, name];
    else if (kind < 6) [queries[n], bait[n]] = [`"${name} ${second}"`, `${name} ${second}`];
    else if (kind < 9)
      [queries[n], bait[n]] = [`${name} AND (${second} OR late OR "not work" OR refund) NOT spam`, `${name} late`];
    else [queries[n], bait[n]] = [`${name} NEAR/4 (${second} OR broken OR down)`, `${name} is broken`];
  }
  const texts: string[] = [];
  const lines: string[] = [];
  for (let n = 0; n < posts; n++) {
    const parts = Array.from({ length: 16 }, () => draw.one(COMMON));
    for (let h = 0; h < hits; h++) parts.splice(draw.whole(parts.length), 0, draw.one(bait));
    const text = `${parts.join(" ")}${n % 3 === 0 ? " #today" : ""}${n % 5 === 0 ? " https://example.com/a/b" : ""}`;
    texts.push(text);
    lines.push(lineOf(n, text));
  }
  return { queries, words, lines, texts, planted: posts * hits };
}

/** As a Jetstream sends it. */
export function lineOf(n: number, text: string, at = 1_794_906_000_000): string {
  const rkey = `3k${String(n).padStart(11, "0")}`;
  const record = {
    ...{ $type: "app.bsky.feed.post", createdAt: new Date(at + n).toISOString(), langs: ["en"], text },
    reply:
      n % 2 === 0
        ? undefined
        : {
            parent: {
              cid: "bafyreih4zlpyq2tqsnxbfzyqhcxr4e2s4fjc4xtjg5d6ktw7qjmhyyzw5q",
              uri: `at://did:plc:${nameOf(n)}aaaaaaaa/app.bsky.feed.post/3kparent`,
            },
            root: {
              cid: "bafyreih4zlpyq2tqsnxbfzyqhcxr4e2s4fjc4xtjg5d6ktw7qjmhyyzw5q",
              uri: `at://did:plc:${nameOf(n)}aaaaaaaa/app.bsky.feed.post/3kroot`,
            },
          },
  };
  return JSON.stringify({
    ...{ did: `did:plc:${nameOf(n % 50_000)}bbbbbbbbbbbb`, time_us: (at + n) * 1_000, kind: "commit" },
    commit: {
      ...{ rev: "3l3qo2vutsw2b", operation: "create", collection: "app.bsky.feed.post", rkey, record },
      cid: "bafyreidc6sydkkbchcyg62v77wbhzvb2mvytlmsychqgwf2xojjtirmzj4",
    },
  });
}
