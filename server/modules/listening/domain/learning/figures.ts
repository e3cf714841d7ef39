import { calibrationError } from "../calibrate.ts";

/** What was said of one held-out post, how sure, and what people say. */
export interface Answer {
  said: string;
  /** 0 to 1. */
  sure: number;
  truth: string;
}

/** One label on the held-out slice. Precision is `hits` of `said`, recall `hits` of `true`. */
export interface LabelFigures {
  label: string;
  hits: number;
  said: number;
  true: number;
}

/** How good a version is on posts it never learnt from. */
export interface Figures {
  /** Held-out posts, and how many were answered rightly. */
  of: number;
  right: number;
  /** Expected calibration error, 0 to 1; null without posts. */
  calibration: number | null;
  labels: LabelFigures[];
  /** The version that was in use then (0: what ships; null: none), and how many of the same posts it got right. */
  before: { version: number; right: number } | null;
}

const LABELS_KEPT = 60;

export function figuresOf(answers: readonly Answer[], before: Figures["before"] = null): Figures {
  const by = new Map<string, LabelFigures>();
  const of = (label: string): LabelFigures => {
    const found = by.get(label) ?? { label, hits: 0, said: 0, true: 0 };
    by.set(label, found);
    return found;
  };
  for (const { said, truth } of answers) {
    of(said).said++;
    of(truth).true++;
    if (said === truth) of(said).hits++;
  }
  const right = answers.filter((a) => a.said === a.truth).length;
  return {
    of: answers.length,
    right,
    calibration:
      answers.length === 0
        ? null
        : calibrationError(
            answers.map((a) => a.sure),
            answers.map((a) => a.said === a.truth),
          ),
    labels: [...by.values()].toSorted((a, b) => b.true - a.true || (a.label < b.label ? -1 : 1)).slice(0, LABELS_KEPT),
    before,
  };
}

/** What becomes of a version that was just learnt. */
export type Verdict = "promoted" | "worse" | "pinned";

/**
 * A version is used only when it gets no fewer of the held-out posts right than the one in use; newer marks break a tie. Where somebody
 * pinned a version, nothing takes its place.
 */
export function verdictOn(right: number, before: Figures["before"], pinned: boolean): Verdict {
  if (pinned) return "pinned";
  return before !== null && right < before.right ? "worse" : "promoted";
}
