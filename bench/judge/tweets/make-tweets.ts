import { type Chance, chance } from "./chance.ts";
import { matterOf, textOn } from "./words.ts";

/** Points of the pauses in hours: our answers, customers' answers to us, posts of the same customer in another thread, and self-replies (own estimate). */
const OUR_ANSWER = [
  [0.01, 0],
  [0.043, 0.1],
  [0.1, 0.25],
  [0.227, 0.5],
  [1.45, 0.75],
  [9.1, 0.9],
  [31, 0.95],
  [300, 1],
] as const;
const THEIR_ANSWER = [
  [0.004, 0],
  [0.06, 0.2],
  [0.275, 0.5],
  [3.2, 0.75],
  [19.8, 0.9],
  [61, 0.95],
  [170, 0.98],
  [2_000, 1],
] as const;
const NEXT_THREAD = [
  [0.01, 0],
  [0.38, 0.25],
  [6.95, 0.5],
  [187, 0.75],
  [900, 0.95],
  [1_400, 1],
] as const;
const OWN_REPLY = [
  [0.005, 0],
  [0.03, 0.5],
  [0.15, 0.75],
  [2, 0.9],
  [40, 1],
] as const;
const LENGTHS = [
  [2, 0],
  [2.5, 0.36],
  [3.5, 0.62],
  [4.5, 0.78],
  [7, 0.9],
  [9, 0.95],
  [16, 0.99],
  [130, 1],
] as const;
const HOUR = 3_600_000;

/**
 * Posts to brands and their answers, shaped like 5,000 real ones of 76 brands (lengths of threads, pauses, who calls whom, parts, signatures,
 * second threads), with words that tell little. The words are no one's; who belongs together is known.
 */
export interface Made {
  rows: MadeRow[];
  gold: { id: string; conversation: string }[];
  links: { a: string; b: string; source: string }[];
}
export interface MadeRow {
  id: string;
  at: string;
  channel: string;
  by: "customer" | "company";
  from: string;
  to?: string;
  text: string;
}
export interface Asked {
  seed: number;
  threads: number;
  brands?: number;
  /** Share of customers with a second thread, and of these with one more each time. */
  again?: number;
  more?: number;
  /** Share of threads that go on under another name on another network, and share of these names that are known. */
  moved?: number;
  known?: number;
  days?: number;
}

interface Post {
  at: number;
  thread: number;
  channel: string;
  by: "customer" | "company";
  from: string;
  to: string | null;
  text: string;
}
interface Brand {
  name: string;
  index: number;
  weight: number;
  asksPrivate: number;
  signs: boolean;
  /** Share of first posts that begin with its name. */
  called: number;
}

export function makeTweets(asked: Asked): Made {
  const c = chance(asked.seed);
  const { threads, again = 0.07, more = 0.2, moved = 0, known = 0, days = 60 } = asked;
  const brands = Array.from(
    { length: asked.brands ?? 76 },
    (_, index): Brand => ({
      ...{
        name: `Brand${String.fromCharCode(97 + (index % 26))}${Math.floor(index / 26)}Help`,
        index,
        weight: 1 / (index + 2),
      },
      ...{ asksPrivate: c.yes(0.3) ? 0.6 : 0.1, signs: c.yes(0.62), called: 0.2 + 0.3 * c.next() },
    }),
  );
  const sum = brands.reduce((s, b) => s + b.weight, 0);
  const pick = (): Brand => {
    let left = c.next() * sum;
    for (const b of brands) {
      left -= b.weight;
      if (left < 0) return b;
    }
    return brands[0]!;
  };
  const from = Date.UTC(2017, 9, 1);
  let names = 115_700;
  const stranger = () => String(names++);
  const made: Post[][] = [];
  const links: Made["links"] = [];
  while (made.length < threads) {
    const who = stranger();
    let brand = pick();
    let matter = matterOf(c);
    let thread = threadOf(c, who, brand, matter, from + c.next() * days * 24 * HOUR, made.length, stranger);
    made.push(thread);
    for (let share = again; c.yes(share); share = more) {
      const last = thread.filter((p) => p.from === who);
      // Most of them hours or days later; some while the first one still goes on.
      const since = c.yes(0.2) ? c.one(last).at : last.at(-1)!.at;
      if (c.yes(0.03)) brand = pick();
      if (c.yes(0.5)) matter = matterOf(c);
      thread = threadOf(c, who, brand, matter, since + c.along(NEXT_THREAD) * HOUR, made.length, stranger);
      made.push(thread);
    }
  }
  if (moved > 0) for (const posts of made) if (c.yes(moved)) links.push(...move(c, posts, known));
  const ordered = made.flat().sort((a, b) => a.at - b.at);
  // Names of posts say nothing of what belongs together.
  const rows = ordered.map(
    (p, i): MadeRow => ({
      ...{ id: `p${i}`, at: new Date(p.at).toISOString(), channel: p.channel, by: p.by, from: p.from },
      ...(p.to !== null && { to: p.to }),
      text: p.text,
    }),
  );
  return { rows, gold: ordered.map((p, i) => ({ id: `p${i}`, conversation: `t${p.thread}` })), links };
}

function threadOf(
  c: Chance,
  who: string,
  brand: Brand,
  matter: number,
  began: number,
  thread: number,
  stranger: () => string,
): Post[] {
  const posts: Post[] = [];
  const people = [who];
  const length = Math.floor(c.along(LENGTHS));
  // Who talks long talks fast.
  const pace = length < 5 ? 0.9 : 0.4;
  let agent = initials(c);
  let at = began;
  const say = (p: Pick<Post, "by" | "from" | "to" | "text">) => posts.push({ ...p, at, thread, channel: "x" });
  const theirs = (from: string, text: string) => say({ by: "customer", from, to: null, text });
  const told = (turn: "opens" | "goesOn", least: number, most: number) =>
    textOn(c, brand.index, matter, turn, least + c.whole(most - least));
  const ours = (to: string, first: boolean) => {
    // Whoever sits there now signs; within an hour mostly the same.
    if (at - (posts.findLast((p) => p.by === "company")?.at ?? 0) > HOUR || c.yes(0.15)) agent = initials(c);
    const head = c.yes(0.02) ? "" : `@${to} `;
    const say_ = (text: string) =>
      say({ by: "company", from: brand.name, to, text: `${head}${text}${brand.signs ? ` ^${agent}` : ""}` });
    const body = `${textOn(c, brand.index, matter, first ? "firstAnswer" : "laterAnswer", 9)}${c.yes(brand.asksPrivate) ? " please send us a DM" : ""}${c.yes(0.27) ? " https://t.co/x" : ""}`;
    if (!c.yes(0.03)) return say_(body);
    say_(`${body} 1/2`);
    at += 20_000;
    say_(`${textOn(c, brand.index, matter, "laterAnswer", 6)} 2/2`);
  };

  const u = c.next();
  const opening = told("opens", 6, 20);
  if (u < brand.called) theirs(who, `@${brand.name} ${opening}`);
  else if (u < brand.called + 0.29) theirs(who, `${opening} @${brand.name}`);
  else if (u < 0.93) theirs(who, c.yes(0.5) ? `@${c.whole(115_000)} ${opening}` : `${opening} @${c.whole(115_000)}`);
  else theirs(who, opening);
  let now = who;
  while (posts.length < length || !posts.some((p) => p.by === "company")) {
    const last = posts.at(-1)!;
    if (last.by === "customer" && c.yes(0.06)) {
      at += c.along(OWN_REPLY) * HOUR;
      // Whom a post calls is put at the head of what answers it, one's own answer too.
      const called = last.text.includes(`@${brand.name}`) && c.yes(0.85) ? `@${brand.name} ` : "";
      theirs(last.from, `${called}${told("goesOn", 3, 14)}`);
    } else if (last.by === "customer" && c.yes(0.055) && people.length < 6) {
      now = stranger();
      people.push(now);
      at += c.along(THEIR_ANSWER) * HOUR;
      theirs(now, `@${last.from} @${brand.name} ${told("goesOn", 3, 14)}`);
    } else if (last.by === "customer") {
      at += c.along(OUR_ANSWER) * HOUR * (posts.length < 3 ? 1 : pace);
      ours(last.from, posts.length < 2);
    } else {
      if (people.length > 1 && c.yes(0.5)) now = c.one(people);
      at += c.along(THEIR_ANSWER) * HOUR * pace;
      const others = people.filter((p) => p !== now && c.yes(0.6)).map((p) => `@${p} `);
      theirs(now, `${c.yes(0.02) ? "" : `@${brand.name} ${others.join("")}`}${told("goesOn", 2, 16)}`);
    }
  }
  return posts;
}

function initials(c: Chance): string {
  return `${String.fromCharCode(65 + c.whole(12))}${String.fromCharCode(65 + c.whole(4))}`;
}

/** From its longest pause on a thread goes on elsewhere, under other names. */
function move(c: Chance, posts: Post[], known: number): Made["links"] {
  if (posts.filter((p) => p.by === "customer").length < 2) return [];
  let cut = 1;
  for (let i = 2; i < posts.length; i++)
    if (posts[i]!.at - posts[i - 1]!.at > posts[cut]!.at - posts[cut - 1]!.at) cut = i;
  const links: Made["links"] = [];
  const names = new Map<string, string>();
  for (const p of posts.slice(cut)) {
    p.channel = "fb";
    const was = p.by === "customer" ? p.from : p.to!;
    let name = names.get(was);
    if (!name) {
      name = `m${was}`;
      names.set(was, name);
      if (c.yes(known)) links.push({ a: `x:${was}`, b: `fb:${name}`, source: "login" });
    }
    if (p.by === "customer") p.from = name;
    else p.to = name;
  }
  return links;
}

/** The posts of customers who have several threads, and what was said to them. */
export function hardPart(made: Made): Made {
  const threadOfPost = new Map(made.gold.map((g) => [g.id, g.conversation]));
  const threads = new Map<string, Set<string>>();
  const whose = (r: MadeRow) => (r.by === "customer" ? r.from : r.to!);
  for (const r of made.rows)
    if (r.by === "customer") {
      const own = threads.get(r.from) ?? new Set();
      threads.set(r.from, own.add(threadOfPost.get(r.id)!));
    }
  const rows = made.rows.filter((r) => (threads.get(whose(r))?.size ?? 0) > 1);
  const ids = new Set(rows.map((r) => r.id));
  return { rows, gold: made.gold.filter((g) => ids.has(g.id)), links: [] };
}

/** Without our own posts, as some histories are kept. */
export function customersOnly(made: Made): Made {
  const rows = made.rows.filter((r) => r.by === "customer");
  const ids = new Set(rows.map((r) => r.id));
  return { rows, gold: made.gold.filter((g) => ids.has(g.id)), links: [] };
}
