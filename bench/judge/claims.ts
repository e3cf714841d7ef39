import { seeded } from "../../server/modules/listening/domain/learn.ts";
import { courseOf } from "../../server/modules/listening/index.ts";
import type { Claim } from "./calibration.ts";
import type { LabelledSet } from "./find-sets.ts";
import { listOf, type Row } from "./rows.ts";

/** What a post was said to feel, how surely, and what people say. */
export interface MoodSaid {
  truth: string;
  said: string;
  sure: number;
}

/** Answers of `backtest labels` under the label of the truth they are held against. */
export interface Said {
  label: string;
  value: string;
  score: number;
}

/** Sets that were looked at while rules and models were made, and those of a dozen lines, measure nothing. */
export const isHeldOut = (name: string): boolean => !/_dev$|\/own$|^examples\//u.test(name);

const NAMES: Readonly<Record<string, string>> = {
  ...{ kind: "kind of post", personal: "personal data", things: "products and places" },
  ...{ gratitude: "thanks", sarcasm: "mockery", insult: "abuse", threat: "abuse", slur: "abuse" },
  personal_data: "personal data",
};
const SIGNALS = new Set(["purchase_intent", "product_feedback", "churn_risk"]);
/** Under which name a label, or one of the signals, stands in the table. */
const nameOf = (label: string, value = ""): string =>
  NAMES[value] ?? (SIGNALS.has(value) ? "purchase, feedback, churn" : (NAMES[label] ?? label));

/** How a message stands to us, in the three ways in which a person can tell it. */
const STANDS: Readonly<Record<string, string>> = {
  ...{ direct: "to_us", reply: "to_us", mention: "to_us", named: "about_us", about: "about_us" },
  ...{ bystander: "neither", none: "neither" },
};

/** Whether people agree with one of the labels of a row; null: they were not asked. */
export function isRight({ label, value }: Said, truth: Row): boolean | null {
  const labels = (truth.labels ?? {}) as Record<string, unknown>;
  if (!(label in labels)) return null;
  const wanted = [...listOf(labels[label]), ...listOf((truth.may as Record<string, unknown> | undefined)?.[label])];
  if (label === "noise") return (value === "signal") === wanted.includes("signal");
  return wanted.includes(value) || (label === "addressed" && wanted.includes(STANDS[value] ?? ""));
}

/** All that was said of the posts of a set with how sure it was. */
export function claimsOf(set: LabelledSet, truth: readonly Row[], found: readonly Row[]): Claim[] {
  const answers = new Map(found.map((f) => [f.id, f]));
  const names = new Set(truth.flatMap((t) => [...listOf(t.signals), ...listOf(t.may)]));
  return truth.flatMap((t) => {
    const answer = answers.get(t.id);
    if (!answer) return [];
    const post = `${set.name} ${String(t.id)}`;
    const scores = (answer.scores ?? {}) as Record<string, unknown>;
    const claim = (label: string, share: unknown, right: boolean): Claim[] =>
      typeof share === "number" ? [{ label, post, sure: share, right }] : [];
    if (set.subject === "classify")
      return claim(
        set.learn || set.folds ? `${set.task}, learnt from marks` : nameOf(set.task),
        scores[String(answer.label)],
        answer.label === t.label,
      );
    if (set.subject === "risk" || set.subject === "signals") {
      const wanted = [...listOf(set.subject === "risk" ? t.must : t.signals), ...listOf(t.may)];
      return listOf(set.subject === "risk" ? answer.risks : answer.signals)
        .filter((name) => set.subject === "risk" || names.has(name))
        .flatMap((name) => claim(nameOf(set.subject, name), scores[name], wanted.includes(name)));
    }
    if (set.subject !== "labels") return [];
    return saidOf(answer).flatMap((said) => {
      const right = isRight(said, t);
      return right === null ? [] : claim(nameOf(said.label, said.value), said.score, right);
    });
  });
}

export const saidOf = (answer: Row | undefined): Said[] =>
  Array.isArray(answer?.labels) ? (answer.labels as Said[]) : [];

/** Of each post of a set what it was said to feel. */
export function moodsOf(set: LabelledSet, truth: readonly Row[], found: readonly Row[]): MoodSaid[] {
  const answers = new Map(found.map((f) => [f.id, f]));
  return truth.flatMap((t) => {
    const answer = answers.get(t.id);
    if (set.subject === "classify" && set.task === "sentiment" && answer) {
      const sure = (answer.scores as Record<string, number> | undefined)?.[String(answer.label)];
      return sure === undefined ? [] : [{ truth: String(t.label), said: String(answer.label), sure }];
    }
    if (set.subject !== "labels") return [];
    const said = saidOf(answer).find((s) => s.label === "sentiment");
    const feels = listOf((t.labels as Record<string, unknown> | undefined)?.sentiment)[0];
    return said && feels ? [{ truth: feels, said: said.value, sure: said.score }] : [];
  });
}

const COURSES = 2_000;
/** Six in ten moods last into the next message. */
const LASTS = 0.6;
const WAYS: Readonly<Record<string, number>> = { negative: -1, neutral: 0, positive: 1 };

/** Turns of mood over two to six messages, drawn from posts whose mood is known: nobody has marked conversations for it. */
export function drawnCourses(moods: readonly MoodSaid[]): Claim[] {
  const by = Map.groupBy(moods, (m) => m.truth);
  const kinds = [...by.keys()].filter((k) => k in WAYS).sort();
  if (kinds.length < 2) return [];
  const chance = seeded(5);
  const one = <T>(of: readonly T[]) => of[Math.floor(chance() * of.length)]!;
  return Array.from({ length: COURSES }, (_, n) => {
    const drawn: MoodSaid[] = [];
    for (let left = 2 + Math.floor(chance() * 5); left > 0; left--) {
      const before = drawn.at(-1)?.truth;
      drawn.push(one(by.get(before !== undefined && chance() < LASTS ? before : one(kinds))!));
    }
    const course = courseOf(
      drawn.map(({ said, sure }, i) => ({ messageId: `${i}`, at: i, sentiment: { value: said, score: sure } })),
    );
    if (!course?.turnedAt) return [];
    const cut = Number(course.turnedAt);
    const mean = (part: readonly MoodSaid[]) => part.reduce((sum, m) => sum + WAYS[m.truth]!, 0) / part.length;
    const moved = mean(drawn.slice(cut)) - mean(drawn.slice(0, cut));
    const right = course.course === "better" ? moved > 0 : moved < 0;
    return [{ label: "course of the mood (drawn)", post: `course ${n}`, sure: course.score, right }];
  }).flat();
}
