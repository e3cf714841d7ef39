import type { Label, Word } from "./label.ts";
import { wordAt } from "./label.ts";
import { normalise, type Token, type Tokens } from "./tokens.ts";

/**
 * How a message stands to us, from the closest:
 * `direct` written to us alone · `reply` answers what we said · `mention` calls our handle · `named` says our name without the
 * handle · `about` holds our hashtag or a watched term · `bystander` speaks to others in a thread we are in · `none`.
 */
export type AddressedAs = "direct" | "reply" | "mention" | "named" | "about" | "bystander" | "none";
export type Addressed = Label<AddressedAs> & {
  /** Somebody waits for us: direct, reply or mention. */
  toUs: boolean;
};

/** How people call the brand: names ("Ringbus"), handles with or without @, watched terms ("#ringbus", "line 7"). */
export type BrandNames = { names: readonly string[]; handles: readonly string[]; terms: readonly string[] };

/** What is known of the thread the message stands in. */
export type ThreadFacts = {
  /** The handle of whoever wrote the message this one answers. */
  repliesTo?: string;
  /** The thread began with a message of ours. */
  begunByUs?: boolean;
  /** We have spoken in it. */
  weSpoke?: boolean;
  /** The author is the customer whose matter the thread is. */
  authorIsCustomer?: boolean;
};

export type AddressedInput = {
  visibility: "public" | "private";
  kind: string;
  mentions: readonly string[];
  why: readonly string[];
  brand: BrandNames;
  thread?: ThreadFacts;
};

/**
 * How often each is right: to us, about us or neither (`labels/every_dev` of bench/judge). Who names us in passing may call our handle; who misspells
 * our name is taken for nobody; of `about` and `bystander` few were seen.
 */
const SCORES: Record<AddressedAs, number> = {
  direct: 0.99,
  reply: 0.95,
  mention: 0.97,
  named: 0.97,
  about: 0.7,
  bystander: 0.85,
  none: 0.83,
};
/** Our name in other letters than ours: "almond", where we are Almond. */
const NAMED_OTHERWISE = 0.5;
const WHY_DIRECT = /^(?:dm|direct|private|email|mail|chat|sms|call|review)\b/;

/** Whether and how a message addresses us. Rules only: the same facts always give the same answer. */
export function readAddressed(post: Tokens, input: AddressedInput): Addressed {
  const ours = new Set(input.brand.handles.map(bareHandle).filter(Boolean));
  const calls = post.tokens.filter((t) => t.kind === "handle" && isOurs(textOf(post, t), ours));
  const leading = leadingHandles(post);
  const spoken = calls.filter((t) => !leading.has(t));
  const words = (tokens: readonly Token[]) => tokens.slice(0, 5).map((t) => wordAt(post.text, t.start, t.end));
  const say = (value: AddressedAs, made: Word[] = []): Addressed => ({
    value,
    score: SCORES[value],
    words: made,
    toUs: value === "direct" || value === "reply" || value === "mention",
  });

  if (input.visibility === "private" || input.why.some((w) => WHY_DIRECT.test(w)) || WHY_DIRECT.test(input.kind))
    return say("direct", words(calls));
  const thread = input.thread ?? {};
  if (thread.repliesTo !== undefined && ours.has(bareHandle(thread.repliesTo))) return say("reply", words(calls));
  if (spoken.length) return say("mention", words(spoken));
  const toOther = thread.repliesTo !== undefined && thread.repliesTo !== "";
  const inOurThread = Boolean(thread.weSpoke || thread.begunByUs);
  // Networks put everybody of the thread before an answer: such a handle was not called by the writer.
  if (toOther && inOurThread && !thread.authorIsCustomer) return say("bystander", words(calls));
  const called =
    calls.length > 0 || input.why.includes("mention") || input.mentions.some((m) => ours.has(bareHandle(m)));
  if (called) return say("mention", words(calls));
  if (thread.begunByUs && !toOther && input.kind === "comment") return say("reply");
  if (thread.authorIsCustomer && inOurThread) return say("reply");
  const named = phraseWords(post, input.brand.names, false);
  if (named.length) {
    const said = say("named", named);
    return isWrittenAsOurs(named, input.brand.names) ? said : { ...said, score: NAMED_OTHERWISE };
  }
  const about = phraseWords(post, [...input.brand.terms, ...input.brand.names], true);
  if (about.length) return say("about", about);
  return say("none");
}

const isWrittenAsOurs = (words: readonly Word[], names: readonly string[]): boolean =>
  words.some((w) => names.some((name) => w.text.startsWith(name.replace(/^[#@]/, ""))));

/** Handle without @, in small letters; a Fediverse handle keeps its host. */
export function bareHandle(handle: string): string {
  return handle
    .normalize("NFKC")
    .replace(/^@+/, "")
    .replace(/[.,]+$/, "")
    .toLowerCase();
}

function isOurs(raw: string, ours: ReadonlySet<string>): boolean {
  const bare = bareHandle(raw);
  return ours.has(bare) || ours.has(bare.replace(/[.-].*$/, ""));
}

function textOf(post: Tokens, token: Token): string {
  return post.text.slice(token.start, token.end);
}

function leadingHandles(post: Tokens): Set<Token> {
  const leading = new Set<Token>();
  for (const token of post.tokens) {
    if (token.kind !== "handle") break;
    leading.add(token);
  }
  // One handle alone at the front is a call ("@brand help"); a run of several is what the network put there.
  return leading.size > 1 ? leading : new Set();
}

/** Where names stand as whole words, also in the genitive ("Ringbus's", "Ringbus'"); as hashtags only where asked. */
function phraseWords(post: Tokens, phrases: readonly string[], withTags: boolean): Word[] {
  const found: Word[] = [];
  const spoken = post.tokens.filter(
    (t) => t.kind === "word" || t.kind === "number" || (withTags && t.kind === "hashtag"),
  );
  for (const phrase of phrases) {
    const parts = phrase
      .replace(/[#@]/g, " ")
      .split(/[\s\p{P}]+/u)
      .filter(Boolean)
      .map(normalise);
    if (!parts.length) continue;
    const joined = parts.join("");
    for (let i = 0; i < spoken.length && found.length < 5; i++) {
      const token = spoken[i]!;
      if (token.kind === "hashtag" && token.norm === joined) found.push(wordAt(post.text, token.start, token.end));
      else if (parts.every((part, k) => spoken[i + k] && sameWord(post, spoken[i + k]!, part))) {
        found.push(wordAt(post.text, token.start, spoken[i + parts.length - 1]!.end));
      }
    }
  }
  return found.sort((a, b) => a.start - b.start).filter((w, i, all) => !i || all[i - 1]!.start !== w.start);
}

function sameWord(post: Tokens, token: Token, part: string): boolean {
  if (token.kind === "hashtag") return false;
  if (token.kind === "number") return normalise(textOf(post, token)) === part;
  return token.norm === part || token.norm.replace(/'s?$/, "") === part;
}
