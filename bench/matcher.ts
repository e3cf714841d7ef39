// @ts-expect-error: it brings no types.
import AhoCorasick from "ahocorasick";
import { Client } from "pg";
import { Matcher } from "../server/modules/listening/domain/matching/matcher.ts";
import { createLane } from "../server/modules/listening/monitors/matching-lane.ts";
import { createDatabase } from "../server/platform/postgres/index.ts";
import type { Query } from "../shared/query/ast.ts";
import { parseQuery } from "../shared/query/parse.ts";
import { withPostgres } from "./house.ts";
import { type Crowd, crowdOf } from "./matching/crowd.ts";
import { type Bench, counted, type Figure, inTurns, parseRate, throughput } from "./measure.ts";

const ROUNDS = 5;
const POSTS = 20_000;
const HITS = 5;
/** The slow ones are asked about fewer. */
const FEW = { naive: 20, aho: 2_000, tsquery: 40, whole: 20 };

const treeOf = (query: string): Query => {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.fault.says);
  return parsed.query;
};
function each<T>(all: readonly T[], run: (one: T) => unknown): void {
  for (const one of all) run(one);
}
/** Items a second. */
function rate(count: number, run: () => unknown): number {
  const began = performance.now();
  run();
  return count / ((performance.now() - began) / 1_000);
}

async function inOneThread(monitors: number, others: boolean, client: Client | null): Promise<Figure[]> {
  const crowd = crowdOf({ monitors, posts: POSTS, hits: HITS });
  const posts = crowd.texts.map((text) => ({ text, lang: "en" }));
  const matcher = new Matcher();
  for (const [n, query] of crowd.queries.entries()) matcher.add(String(n), treeOf(query));
  for (const post of posts.slice(0, 2_000)) matcher.match(post);
  const values: Record<string, number[]> = {
    matcher: [],
    json: [],
    naive: [],
    aho: [],
    tsquery: [],
    whole: [],
    parse: [],
    insert: [],
  };
  let hits = 0;
  const parts = [
    async () => {
      hits = 0;
      values.matcher!.push(rate(POSTS, () => each(posts, (post) => (hits += matcher.match(post).length))));
    },
    async () => {
      let size = 0;
      values.json!.push(rate(POSTS, () => each(crowd.lines, (line) => (size += Object.keys(JSON.parse(line)).length))));
    },
    async () => void values.parse!.push(parseRate()),
    async () => void values.insert!.push(insertTime(matcher, crowd)),
  ];
  if (others) {
    const naive = crowd.words.map((word) => new RegExp(`\\b${word}\\b`, "i"));
    const Aho = AhoCorasick as new (words: readonly string[]) => { search(text: string): [number, string[]][] };
    // As one would build it: all words of all queries in one automaton, then the queries that have a word that was found.
    const byWord = new Map<string, number[]>();
    for (const [n, query] of crowd.queries.entries())
      for (const word of new Set(query.match(/\b[a-z]+\b/g))) byWord.set(word, [...(byWord.get(word) ?? []), n]);
    const aho = new Aho([...byWord.keys()]);
    const holds = crowd.queries.map((query) => plainTest(treeOf(query)));
    const byAho = (text: string): number => {
      const words = new Set<string>();
      for (const [, some] of aho.search(text)) for (const word of some) words.add(word);
      const asked = new Set<number>();
      for (const word of words) for (const n of byWord.get(word) ?? []) asked.add(n);
      let found = 0;
      for (const n of asked) if ((holds[n] as PlainTest)(text, words)) found++;
      return found;
    };
    parts.push(async () => {
      let found = 0;
      const few = crowd.texts.slice(0, FEW.naive);
      values.naive!.push(
        rate(few.length, () => each(few, (text) => (found += naive.filter((one) => one.test(text)).length))),
      );
    });
    parts.push(async () => {
      let found = 0;
      const few = crowd.texts.slice(0, FEW.aho);
      values.aho!.push(rate(few.length, () => each(few, (text) => (found += byAho(text.toLowerCase())))));
    });
    parts.push(async () => {
      const began = performance.now();
      for (const text of crowd.texts.slice(0, FEW.tsquery))
        await client?.query("select id from monitor_query where to_tsvector('simple', $1) @@ query", [text]);
      values.tsquery!.push(FEW.tsquery / ((performance.now() - began) / 1_000));
    });
    parts.push(async () => {
      const began = performance.now();
      for (const text of crowd.texts.slice(0, FEW.whole))
        await client?.query("select id from monitor_whole where to_tsvector('simple', $1) @@ query", [text]);
      values.whole!.push(FEW.whole / ((performance.now() - began) / 1_000));
    });
    await client?.query("create temp table monitor_whole (id int, query tsquery)");
    await client?.query(
      "insert into monitor_whole select n, whole::tsquery from unnest($1::text[]) with ordinality as w(whole, n)",
      [crowd.queries.map((query) => tsqueryOf(treeOf(query)))],
    );
    await client?.query("create temp table monitor_query (id int, query tsquery)");
    await client?.query(
      "insert into monitor_query select n, plainto_tsquery('simple', word) from unnest($1::text[]) with ordinality as w(word, n)",
      [crowd.words],
    );
  }
  await inTurns(ROUNDS, parts);
  const { evaluations, posts: read } = matcher.counts;
  const name = `${monitors.toLocaleString("en")} monitors`;
  const against = (what: string, key: string) => ({ what, rounds: values[key]! });
  return [
    throughput(`${name}, posts`, "/s", values.matcher!, values.parse!, against("JSON.parse of the same lines", "json")),
    ...(others
      ? [
          throughput(
            `${name}, beside npm ahocorasick`,
            "/s",
            values.matcher!,
            values.parse!,
            against("its posts/s", "aho"),
          ),
          throughput(
            `${name}, beside PostgreSQL tsquery`,
            "/s",
            values.matcher!,
            values.parse!,
            against("its posts/s", "tsquery"),
          ),
          throughput(
            `${name}, beside PostgreSQL tsquery of the whole queries`,
            "/s",
            values.matcher!,
            values.parse!,
            against("its posts/s", "whole"),
          ),
          throughput(
            `${name}, beside a RegExp each`,
            "/s",
            values.matcher!,
            values.parse!,
            against("its posts/s", "naive"),
          ),
        ]
      : []),
    counted(`${name}, hits`, "a post", [hits / POSTS]),
    counted(`${name}, queries asked`, "a post", [evaluations / read]),
    counted(`${name}, one put in and taken out`, "µs", values.insert!),
  ];
}

/** The same query as PostgreSQL writes it. */
function tsqueryOf(query: Query): string {
  if (query.kind === "phrase") return query.words.map((word) => word.text).join(" <-> ");
  if (query.kind === "not") return `!(${tsqueryOf(query.of)})`;
  if (query.kind === "all" || query.kind === "any")
    return (query.of as readonly Query[])
      .map((one) => `(${tsqueryOf(one)})`)
      .join(query.kind === "all" ? " & " : " | ");
  if (query.kind !== "near") throw new Error("not in the crowd");
  const [left, right] = [`(${tsqueryOf(query.left)})`, `(${tsqueryOf(query.right)})`];
  const apart = Array.from({ length: query.within }, (_, n) => `<${n + 1}>`);
  const pairs = apart.map((by) => `(${left} ${by} ${right})`);
  return [...pairs, ...(query.ordered ? [] : apart.map((by) => `(${right} ${by} ${left})`))].join(" | ");
}

type PlainTest = (text: string, words: ReadonlySet<string>) => boolean;
/** The queries of the crowd over words that were found; where they stand is looked for in the text. */
function plainTest(query: Query): PlainTest {
  if (query.kind === "all" || query.kind === "any") {
    const of = (query.of as readonly Query[]).map(plainTest);
    return query.kind === "all" ? (t, w) => of.every((one) => one(t, w)) : (t, w) => of.some((one) => one(t, w));
  }
  if (query.kind === "not") {
    const of = plainTest(query.of);
    return (t, w) => !of(t, w);
  }
  if (query.kind === "near") {
    const [a, b] = [plainTest(query.left as Query), plainTest(query.right as Query)];
    return (t, w) => a(t, w) && b(t, w);
  }
  if (query.kind !== "phrase") throw new Error("not in the crowd");
  const phrase = new RegExp(`\\b${query.words.map((word) => word.text).join(" ")}\\b`);
  return (t, w) => query.words.every((word) => w.has(word.text)) && phrase.test(t);
}

/** Microseconds for a monitor that comes and goes while all others stand. */
function insertTime(matcher: Matcher, crowd: Crowd): number {
  const fresh = crowd.queries
    .slice(0, 200)
    .map((query, n) => [`new${n}`, treeOf(query.replaceAll(/[a-z]{5,}/g, "$&x"))] as const);
  const began = performance.now();
  for (const [id, tree] of fresh) {
    matcher.add(id, tree);
    matcher.remove(id);
  }
  return ((performance.now() - began) * 1_000) / fresh.length;
}

/** The same through the thread: packed, handed over, answered with ids. */
async function throughTheThread(monitors: number): Promise<Figure> {
  const crowd = crowdOf({ monitors, posts: POSTS, hits: HITS });
  const lane = createLane({ thread: true });
  const accents = "fold" as const;
  const about = { version: 1, brandId: null, accents, languages: [] };
  lane.know(
    "bench",
    1,
    crowd.queries.map((query, n) => ({ ...about, id: String(n), query })),
  );
  const rounds: number[] = [];
  const parse: number[] = [];
  const posts = crowd.texts.map((text) => ({ text, lang: "en", brandId: "b" }));
  try {
    await lane.wanted("bench", posts.slice(0, 500));
    for (let round = 0; round < ROUNDS; round++) {
      parse.push(parseRate());
      const began = performance.now();
      const asked = [];
      for (let from = 0; from < posts.length; from += 500)
        asked.push(lane.wanted("bench", posts.slice(from, from + 500)));
      await Promise.all(asked);
      rounds.push(POSTS / ((performance.now() - began) / 1_000));
    }
  } finally {
    await lane.close();
  }
  return throughput(`${monitors.toLocaleString("en")} monitors, through the thread`, "/s", rounds, parse);
}

export const matcher: Bench = {
  about:
    "Posts a second against 10,000 and 100,000 monitors with 5 hits a post, parsing not counted, on one core; beside JSON.parse of the same lines (the posts as a Jetstream sends them), npm ahocorasick over their words (the queries asked over what it finds), PostgreSQL tsquery over one word of each monitor and over the whole queries, and a RegExp each.",
  run: ({ folder, say }) =>
    withPostgres(folder, async (postgres) => {
      const client = new Client({ connectionString: (await createDatabase(postgres.cluster, "bench_matcher")).owner });
      await client.connect();
      try {
        const figures = await inOneThread(10_000, true, client);
        say("10,000 done");
        figures.push(...(await inOneThread(100_000, false, null)), await throughTheThread(10_000));
        return figures;
      } finally {
        await client.end();
      }
    }),
};
