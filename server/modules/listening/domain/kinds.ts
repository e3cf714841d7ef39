import { type Label, strongest } from "./label.ts";
import { FACTS, sureness } from "./sureness.ts";
import { type Tokens, tokenise } from "./tokens.ts";
import { type KindList, kindWords } from "./told-by-words/kind-frames.ts";
import { type Place, wordsAt } from "./told-by-words/tag.ts";
import type { Understanding } from "./understand.ts";

/** What kind of post one is, as written policies speak of posts. `problem`: the writer's own and open; `hearsay`: that of others. */
export const POST_KINDS = [
  "problem",
  "solved",
  "hearsay",
  "question",
  "purchase",
  "churn",
  "praise",
  "thanks",
  "wish",
  "feedback",
  "opinion",
  "joke",
  "news",
  "job",
  "rival",
  "noise",
  "danger",
  "security",
  "outage",
  "legal",
  "press",
  "chat",
] as const;
export type PostKind = (typeof POST_KINDS)[number];
/** Kinds that no other label tells of. */
export const TOLD_KINDS = ["wish", "joke", "solved", "hearsay", "opinion", "rival", "news", "job"] as const;
export type ToldKind = (typeof TOLD_KINDS)[number];
export type KindShares = Record<PostKind, number>;

/** How sharply the strongest kind stands out: odds in natural logarithms are divided by this. */
const EVEN = 0.8;

/**
 * The share of each kind in a post, together 1. Odds in natural logarithms, set by hand: what the models say, and the words by
 * which people tell what kind of post theirs is. `names`: how the company is called.
 */
export function kindsOf(text: string, u: Understanding, names: readonly string[]): KindShares {
  const post = tokenise(text);
  return sharesOf(post, kindWords(post), u, names);
}

function sharesOf(
  post: Tokens,
  words: ReadonlyMap<KindList, readonly Place[]>,
  u: Understanding,
  names: readonly string[],
): KindShares {
  const { text } = post;
  const has = (list: KindList) => words.has(list);
  const n = (list: KindList) => Math.min(2, words.get(list)?.length ?? 0);
  const is = (yes: boolean, odds: number) => (yes ? odds : 0);
  const signal = (name: string) => u.signals.some((s) => s.value === name);
  const risk = (name: string) => u.urgency.risks.some((r) => r.value === name);
  const intent = (name: string) => (u.intent.value === name ? u.intent.score : 0);
  const bad = u.sentiment.value === "negative" ? u.sentiment.score : 0;
  const good = u.sentiment.value === "positive" ? u.sentiment.score : 0;
  const asked = has("asked");
  const link = post.tokens.some((t) => t.kind === "link");
  const calls = post.tokens.some((t) => t.kind === "handle");
  const low = text.toLowerCase();
  const named = names.some((name) => name !== "" && low.includes(name.toLowerCase()));
  const other = has("rivals") || (!calls && !named && namesAnother(text));
  const sarcasm = signal("sarcasm");
  const thanks = u.gratitude.gratitude || (has("thanked") && !has("inAdvance"));
  const second = has("somebody") && (has("heard") || !has("asked"));
  const told = second ? 2 + n("heard") : has("heard") ? 1 : 0;
  const wished = has("wished");
  const mine = has("me");
  const newsy = has("reported") && (link || !mine);
  const bargain = u.noise.value === "noise" ? 2.5 * u.noise.score : 0;
  const trouble = n("trouble");
  const odds: KindShares = {
    problem: sum(
      [-1.2, 1.5 * intent("complaint"), 0.7 * bad, 1.1 * trouble, is(mine, 0.5), is(mine && trouble > 0, 0.5)],
      [is(calls, 0.5), is(sarcasm, 0.8), 0.4 * intent("request")],
      [is(has("sweeping"), -0.8), sarcasm ? 0 : -0.5 * n("praised"), is(thanks, -0.8)],
    ),
    solved: sum([-1.6, 2.8 * n("solved"), is(asked, -1.5), is(wished, -1.5)]),
    hearsay: sum([-1.6, 1.8 * told, is(thanks, -1.5), is(calls, -0.7), is(newsy && !second, -1)]),
    question: sum(
      [-1, 2 * intent("question"), is(has("howTo"), 1.2), is(asked, 1), is(has("howTo") && asked, 0.6)],
      [is(wished, -1)],
    ),
    purchase: sum(
      [-2, 2 * intent("purchase"), is(signal("purchase_intent"), 2.2), is(has("wants"), 1.4)],
      [is(asked && has("wants"), 0.6), is(trouble > 0, -0.8), is(wished, -1.5)],
    ),
    churn: sum(
      [-2.2, 2.2 * intent("cancel"), is(signal("churn_risk"), 2.2), is(has("leaves"), 3.2)],
      [is(other && !has("leaves"), -1)],
    ),
    praise: sum(
      [-1.8, 1.3 * intent("praise"), 1.6 * good, 1.7 * n("praised")],
      [is(sarcasm, -2.5), -0.9 * bad, -0.6 * trouble, is(trouble > 0 && bad > 0, -1)],
    ),
    thanks: sum(
      [-2, is(thanks, 3), is(u.gratitude.thanksOnly, 1.2)],
      [is(sarcasm, -2.5), is(asked, -0.8), -0.5 * trouble],
    ),
    wish: sum([-1.9, is(wished, 2.4), 0.8 * n("wished"), -0.4 * trouble, is(has("jobs"), -1.5)]),
    feedback: sum(
      [-1.8, is(signal("product_feedback"), 2), 1.5 * n("flaw")],
      [is(u.intent.value === "question", -1), -0.4 * trouble],
    ),
    opinion: sum([-1.4, 1.6 * n("sweeping"), 0.8 * bad, is(calls, -0.8), is(mine, -0.4)]),
    joke: sum([-2, 3.6 * n("joking"), -0.4 * trouble, -0.4 * bad]),
    news: sum([-2, 1.1 * n("reported"), is(link, 1.4), is(mine && !link, -1.4), is(asked, -0.8), is(calls, -0.6)]),
    job: sum([-2, 2.4 * n("jobs"), is(link && bargain > 1, -0.5)]),
    rival: sum(
      [-2, is(other, 2.6), is(other && (bad > 0.4 || has("bad") || trouble > 0), 1.8)],
      [0.4 * n("bad"), is(named, -1)],
    ),
    noise: sum([-2, 1.4 * bargain, is(mine && !has("reported") && u.noise.kind === undefined, -0.5)]),
    danger: sum([-2, is(risk("safety") || risk("vulnerable"), 4.5), is(newsy && link, -3)]),
    security: sum([-2, is(risk("security"), 4)]),
    outage: sum([-2, is(risk("outage"), 2.6)]),
    legal: sum([-2, is(risk("legal_press") && !pressy(low), 4), is(newsy, -3.5)]),
    press: sum([-2, is(pressy(low), 4.5)]),
    chat: sum([-0.2, intent("other"), -0.9 * bad, -0.5 * trouble, is(asked, -1), is(calls || named, -0.5)]),
  };
  return shares(odds);
}

const LISTS: Record<ToldKind, readonly KindList[]> = {
  wish: ["wished"],
  joke: ["joking"],
  solved: ["solved"],
  hearsay: ["somebody", "heard"],
  opinion: ["sweeping"],
  rival: ["rivals", "bad"],
  news: ["reported"],
  job: ["jobs"],
};

/** The kind that is more than half of a post, with the words that made it; none where another label says it. */
export function toldKinds(post: Tokens, u: Understanding, names: readonly string[]): Label<ToldKind>[] {
  const words = kindWords(post);
  const shares = sharesOf(post, words, u, names);
  return TOLD_KINDS.filter((kind) => shares[kind] > 0.5).map((kind) => {
    const places = LISTS[kind].flatMap((list) => words.get(list) ?? []);
    return {
      value: kind,
      score: sureness("kind", FACTS.kind(shares[kind], kind)),
      words: strongest(wordsAt(post, places, 1)),
    };
  });
}

function sum(...parts: number[][]): number {
  return parts.flat().reduce((all, part) => all + part, 0);
}

function shares(odds: KindShares): KindShares {
  const most = Math.max(...Object.values(odds));
  const made = {} as KindShares;
  let all = 0;
  for (const kind of POST_KINDS) {
    made[kind] = Math.exp((odds[kind] - most) / EVEN);
    all += made[kind];
  }
  for (const kind of POST_KINDS) made[kind] /= all;
  return made;
}

const PRESS =
  /\b(?:journalist|reporter|i write for|writing (?:a piece|an article)|newsroom|(?:evening|morning|daily) (?:post|news|ledger|times)|press enquiry|press inquiry|presseanfrage|redaktion|redakteur|redactrice|periodista|giornalista|jornalista|dziennikar|gazeteci)/u;
/** Somebody of the press asks; a quarrel at law is another matter. */
function pressy(low: string): boolean {
  return PRESS.test(low);
}

/** A name written with capitals inside (TeleFix, CityLine) is the mark of a company. */
const ANOTHER = /(?:^|[^\p{L}#@])(?:\p{Lu}\p{Ll}+){2,}(?!\p{L})/u;
/** A name after a word of place: "bei Stromfix", "with Quickline". */
const AFTER = /(?:^|\s)(?:bei|with|at|chez|con|da|bij|from)\s\p{Lu}\p{Ll}{4,}/u;
/** Somebody else's company is named; asked only of posts without our name. */
function namesAnother(text: string): boolean {
  return ANOTHER.test(text) || AFTER.test(text);
}
