import { tokenise } from "../tokens.ts";

/** A question that could be asked of a person: is this label right for this post? */
export interface Candidate {
  messageId: string;
  task: string;
  /** How probable "yes" is, 0 to 1, as far as the models know. */
  p: number;
  text: string;
}

/** As many are asked each day. */
export const A_DAY = 5;
/** Of one label at most so many a day, while others have something to ask. */
const OF_ONE_TASK = 3;
/** From the first on two posts say much the same: asked only where nothing else is left; from the second on they are copies. */
const ALIKE = 0.6;
const COPY = 0.95;
/** Below that nobody learns from the answer. */
const LEAST = 0.05;
const CONSIDERED = 400;

/** 1 where the model does not know at all, 0 where it is sure (uncertainty sampling: Lewis and Gale 1994; Settles 2009, §3.1). */
export const uncertainty = (p: number): number => 1 - Math.abs(2 * p - 1);

/**
 * The posts worth a person's minute: those the models know least about, and each unlike the others (maximal marginal relevance, Carbonell
 * and Goldstein 1998), so that five answers teach five things. The same candidates give the same choice.
 */
export function choosePosts(candidates: readonly Candidate[], wanted = A_DAY): Candidate[] {
  const pool = candidates
    .filter((c) => uncertainty(c.p) >= LEAST)
    .toSorted(
      (a, b) =>
        uncertainty(b.p) - uncertainty(a.p) ||
        (a.messageId < b.messageId ? -1 : a.messageId > b.messageId ? 1 : a.task < b.task ? -1 : 1),
    )
    .slice(0, CONSIDERED)
    .map((candidate) => ({ candidate, words: wordsOf(candidate.text), likest: 0 }));
  const chosen: typeof pool = [];
  const asked = new Map<string, number>();
  const unlike = (most: number) =>
    pool.filter(
      ({ candidate, likest }) => likest < most && !chosen.some((c) => c.candidate.messageId === candidate.messageId),
    );
  while (chosen.length < wanted) {
    const open = unlike(ALIKE).length > 0 ? unlike(ALIKE) : unlike(COPY);
    const fresh = open.filter(({ candidate }) => (asked.get(candidate.task) ?? 0) < OF_ONE_TASK);
    const from = fresh.length > 0 ? fresh : open;
    const next = from.reduce<(typeof pool)[number] | null>(
      (best, one) => (best === null || worth(one) > worth(best) ? one : best),
      null,
    );
    if (!next) break;
    chosen.push(next);
    asked.set(next.candidate.task, (asked.get(next.candidate.task) ?? 0) + 1);
    for (const one of pool) one.likest = Math.max(one.likest, likeness(one.words, next.words));
  }
  return chosen.map((c) => c.candidate);
}

const worth = ({ candidate, likest }: { candidate: Candidate; likest: number }): number =>
  uncertainty(candidate.p) * (1 - likest);

function wordsOf(text: string): Set<string> {
  return new Set(
    tokenise(text)
      .tokens.filter((t) => t.kind !== "handle" && t.kind !== "link" && t.kind !== "mark")
      .slice(0, 200)
      .map((t) => t.norm),
  );
}

/** Jaccard: shared words of all words. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
