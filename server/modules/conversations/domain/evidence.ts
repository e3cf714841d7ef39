import { DAY, HOUR, MINUTE } from "#platform/clock";
import { overlap } from "./said.ts";
import { type Matter, type Placed, type StitchMessage, saidBefore } from "./stitch-world.ts";

/** One reason for or against a conversation. Weights add up; `text` is what a person reads. */
export interface Evidence {
  code: string;
  text: string;
  weight: number;
}

/** Marks a decision that could have gone the other way: the desk asks a person. */
export const CLOSE_CALL: Evidence = {
  code: "ask",
  weight: 0,
  text: "A close call: please look whether it belongs here.",
};
/** Marks the same mail as it came to a second mailbox: it stands where the first does, is shown there once, and asks for nothing itself. */
export const COPY = "copy";
export const isCopy = (evidence: readonly Pick<Evidence, "code">[]): boolean => evidence.some((e) => e.code === COPY);

/** So near the line a decision is asked about. */
export const CLOSE = 0.5;
/** From here on a message joins the conversation; below, it begins its own and the conversation is offered as an alternative. */
export const ENOUGH = 2;
/** Spans of time that make sentences true; sources: reference text.md §1 (gaps of real threads), §6. */
export interface StitchSettings {
  /** A fresh public post joins an unfinished matter at most this much later. */
  freshPostMs: number;
  /** A private message after a public one that waits. */
  mediaShiftMs: number;
  /** Thanks find what they thank for; references and follow-ups find their matter. */
  memoryMs: number;
  /** Posts of one breath. */
  burstMs: number;
}
export const STITCH_SETTINGS: StitchSettings = {
  freshPostMs: 24 * HOUR,
  mediaShiftMs: 72 * HOUR,
  memoryMs: 30 * DAY,
  burstMs: 10 * MINUTE,
};

/** Everything that speaks for or against `message` belonging to one of the customer's own conversations. */
export function weigh(message: StitchMessage, matter: Matter, settings: StitchSettings, alone: boolean): Evidence[] {
  const found: Evidence[] = [];
  const add = (code: string, weight: number, text: string) => found.push({ code, weight, text });
  const earlier = saidBefore(matter, message);
  const last = earlier.at(-1);
  if (!last) return found;
  const own = earlier.filter((m) => m.by === "customer" && m.customerId === matter.customerId);
  const gap = message.at - last.at;
  const finished = isFinished(matter, own, message.at);
  if (gap > settings.memoryMs) add("long-ago", -3, `The last word in it is ${days(gap)} old.`);
  if (message.said.newMatter) add("new-matter", -4, "Says that this is another matter.");

  const shared = sharedRefs(message, own);
  if (shared.length > 0) add("reference", 4, `Names the same ${shared.slice(0, 3).join(", ")}.`);

  if (message.address && own.some((m) => m.said.refs.has(message.address!)))
    add(
      "address",
      3,
      `Comes from ${message.address.replace("tel:", "the number that ends in ")}, which was given in it.`,
    );

  if (message.thanksOnly) {
    if (gap <= settings.memoryMs) add("thanks", 2.5, "Thanks belong to what they thank for.");
    if (earlier.some((m) => m.by === "us")) add("answered", 0.5, "We answered in it.");
    if (gap <= settings.freshPostMs) add("recent", 0.5, `Said ${days(gap)} after the last word in it.`);
    return found;
  }

  const open = !finished && own.some((m) => m.wants);
  const shift = open ? mediaShift(message, earlier, own, settings) : null;
  if (shift) found.push(...shift);

  if (message.said.citesHelp && earlier.some((m) => m.by === "us" && m.said.gives))
    add(
      "help",
      2.5,
      message.said.worked ? "Says that the help we linked here worked." : "Speaks of the help we linked here.",
    );

  const words = sharedWords(message, own);
  if (words.shared.length >= 3 || (words.shared.length >= 2 && words.share >= 0.5))
    add("words", 1.5, `Speaks of the same: ${words.shared.slice(0, 4).join(", ")}.`);
  else if (words.shared.length > 0) add("words", 0.75, `Shares the word ${words.shared[0]}.`);
  if (message.said.followsUp && gap <= settings.memoryMs) {
    add("follow-up", 1, "Speaks of something said before.");
    if (alone && open) add("only-one", 0.5, "It is the customer's only unfinished matter.");
  }
  if (open && gap <= settings.freshPostMs) add("recent", 1, `Its matter was open ${days(gap)} before.`);
  if (gap <= settings.burstMs && open) {
    if (message.said.laterPart) add("part", 3, "A later part of the same post.");
    else if (last.by === "customer" && last.audience === message.audience)
      add("same-breath", 0.75, "Said in the same breath.");
  }
  if (open && gap <= settings.freshPostMs && message.intent !== "other" && own.some((m) => m.intent === message.intent))
    add("intent", 0.25, `A ${message.intent} like before.`);
  return found;
}

export function total(evidence: readonly Evidence[]): number {
  return evidence.reduce((sum, e) => sum + e.weight, 0);
}

/** A person ended the work on it, and the customer has not been back since. */
function isFinished(matter: Matter, own: readonly Placed[], at: number): boolean {
  if (matter.doneAt === null || matter.doneAt > at) return false;
  return !own.some((m) => m.at > matter.doneAt! && m.wants);
}

/** The customer changes from public to private, or says in public that he did. */
function mediaShift(
  message: StitchMessage,
  earlier: readonly Placed[],
  own: readonly Placed[],
  s: StitchSettings,
): Evidence[] | null {
  const other = message.audience === "private" ? "public" : "private";
  const before = own.findLast((m) => m.audience === other && m.wants);
  if (!before || message.at - before.at > s.mediaShiftMs) return null;
  if (message.audience === "public")
    return message.said.wentPrivate
      ? [{ code: "went-private", weight: 3, text: "Says in public that a private message was sent." }]
      : null;
  const hours = days(message.at - before.at);
  const found = [{ code: "media-shift", weight: 2.5, text: `Turned private ${hours} after an open public post.` }];
  if (earlier.some((m) => m.by === "us" && m.said.invitesPrivate))
    found.push({ code: "invited", weight: 1, text: "We had asked for a private message." });
  return found;
}

function sharedRefs(message: StitchMessage, own: readonly Placed[]): string[] {
  return [...message.said.refs].filter((ref) => own.some((m) => m.said.refs.has(ref)));
}

function sharedWords(message: StitchMessage, own: readonly Placed[]): { shared: string[]; share: number } {
  const words = new Set<string>();
  for (const m of own) for (const w of m.said.words) words.add(w);
  const both = overlap(message.said.words, words);
  return {
    shared: both.shared,
    share: message.said.words.size === 0 ? 0 : both.shared.length / Math.min(message.said.words.size, words.size || 1),
  };
}

/** A length of time in the words a desk uses. */
export function days(ms: number): string {
  const abs = Math.abs(ms);
  if (abs < HOUR) return `${Math.max(1, Math.round(abs / MINUTE))} min`;
  if (abs < 2 * DAY) return `${Math.round(abs / HOUR)} h`;
  return `${Math.round(abs / DAY)} days`;
}
