import { clusterScores } from "./cluster-scores.ts";
import { type Figures, mean, type Row } from "./rows.ts";

/** From so many sets on a file is a collection of cases, each of which is right or wrong as a whole. */
const CASES = 20;

/** Rows of one set with their truth and their answer; what has no answer stands alone. */
interface Pair {
  set: string;
  truth: string;
  found: string;
  handle: string | null;
  customer: string | null;
  answered: string;
}

/** Conversations (or, by `field`, threads) against the true ones; and, where the truth names customers, the joins of handles. */
export function scoreStitch(truth: readonly Row[], found: readonly Row[], field: "conversation" | "thread"): Figures {
  const answers = new Map(found.map((f) => [keyOf(f), f]));
  const pairs = truth.map((t): Pair => {
    const answer = answers.get(keyOf(t));
    const set = String(t.set ?? "");
    const handle = typeof t.handle === "string" ? t.handle : null;
    const group = answer?.[field] ?? answer?.conversation;
    return {
      set,
      truth: JSON.stringify([set, t.conversation]),
      found: group === undefined ? `alone ${keyOf(t)}` : JSON.stringify([set, group]),
      handle,
      customer: t.customer === undefined || t.customer === null ? null : String(t.customer),
      answered: String(answer?.customer ?? `alone ${handle}`),
    };
  });
  const cases = [...Map.groupBy(pairs, (p) => p.set).values()];
  const c = clusterScores(
    pairs.map((p) => p.truth),
    pairs.map((p) => p.found),
  );
  return {
    messages: pairs.length,
    pair_f1: c.pairF1,
    b3_precision: c.b3Precision,
    b3_recall: c.b3Recall,
    b3_f1: c.b3F1,
    one_to_one: c.oneToOne,
    vi: c.vi,
    exact_f1: c.exactF1,
    ...(cases.length > CASES && {
      cases: cases.length,
      cases_wholly_right: mean(cases.map(isRight)),
      ...between(
        "cases_wholly_right",
        interval(cases, (some) => mean(some.map(isRight))),
      ),
      ...between(
        "b3_f1",
        interval(cases, (some) => b3Of(some.flatMap((x, i) => x.map((p) => ({ ...p, draw: i }))))),
      ),
    }),
    ...joins(cases),
  };
}

function keyOf(r: Row): string {
  return JSON.stringify([r.set ?? "", r.id]);
}

function isRight(rows: readonly Pair[]): number {
  return Number(rows.every((a) => rows.every((b) => (a.truth === b.truth) === (a.found === b.found))));
}

function b3Of(rows: readonly (Pair & { draw: number })[]): number {
  return clusterScores(
    rows.map((r) => `${r.draw} ${r.truth}`),
    rows.map((r) => `${r.draw} ${r.found}`),
  ).b3F1;
}

/** Pairs of customers' handles inside each set. */
function joins(cases: readonly Pair[][]): Figures {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const rows of cases) {
    const handles = [
      ...new Map(rows.flatMap((r) => (r.handle && r.customer ? [[r.handle, r] as const] : []))).values(),
    ];
    handles.forEach((a, i) => {
      for (const b of handles.slice(i + 1)) {
        const same = a.customer === b.customer;
        const joined = a.answered === b.answered;
        if (same && joined) right += 1;
        else if (joined) wrong += 1;
        else if (same) missed += 1;
      }
    });
  }
  if (right + wrong + missed === 0) return {};
  return {
    join_precision: right / (right + wrong || 1),
    join_recall: right / (right + missed || 1),
    wrong_joins: wrong,
  };
}

const DRAWS = 400;

/** The middle 95 % of a figure over draws of the cases with replacement. The draws are the same in every run. */
export function interval<T>(cases: readonly T[], figure: (some: T[]) => number): [number, number] {
  let state = 20_261_122;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  const drawn = Array.from({ length: DRAWS }, () =>
    figure(cases.map(() => cases[Math.floor(next() * cases.length)]!)),
  ).sort((a, b) => a - b);
  return [drawn[Math.floor(DRAWS * 0.025)]!, drawn[Math.ceil(DRAWS * 0.975) - 1]!];
}

function between(name: string, [low, high]: [number, number]): Figures {
  return { [`${name} from`]: low, [`${name} to`]: high };
}
