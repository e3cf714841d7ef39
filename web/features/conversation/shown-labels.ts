import type { TimelineMessage } from "#contracts/desk";

/** Labels that an agent can correct. */
export type Task = "noise" | "actionable" | "gratitude" | "sentiment" | "intent" | "language";
/** Labels of which several may hold, and which rules or lists make. */
export const SEVERAL = ["risk", "abuse", "signal", "personal", "thing"] as const;
export type ToldTask = (typeof SEVERAL)[number];
export type ShownLabel = {
  task: Task | ToldTask;
  value: string;
  /** 0…1; null where a rule decided, not a guess. */
  score: number | null;
  words: readonly { text: string; start: number; end: number }[];
  why: readonly { code: string; text: string }[];
  /** What it can be corrected to. */
  others: readonly string[];
};

const VALUES: Record<Exclude<Task, "language">, readonly string[]> = {
  noise: ["noise", "signal"],
  actionable: ["yes", "no"],
  gratitude: ["yes", "no"],
  sentiment: ["negative", "neutral", "positive"],
  intent: ["question", "complaint", "request", "praise", "purchase", "cancel", "other"],
};

/** Values that go without saying: they would only be clutter under every message. */
const QUIET: Partial<Record<Task, readonly string[]>> = {
  noise: ["signal"],
  gratitude: ["no"],
  sentiment: ["neutral"],
  intent: ["other"],
};

/** A label that is yes or no comes as the model says it; marks say it in words. */
const YES_NO: Readonly<Record<string, string>> = { true: "yes", false: "no" };

/** The labels worth showing under a message: the decision about work first, then danger and abuse. */
export function shownLabels(message: TimelineMessage): ShownLabel[] {
  const shown: ShownLabel[] = [];
  if (message.actionable !== null) {
    const value = message.actionable ? "yes" : "no";
    shown.push({
      task: "actionable",
      value,
      score: null,
      words: [],
      why: message.why,
      others: othersOf("actionable", value),
    });
  }
  const told = (tasks: readonly ToldTask[]) => {
    for (const [name, { value, score, words }] of Object.entries(message.labels)) {
      const task = tasks.find((one) => name === one || name.startsWith(`${one}:`));
      if (!task) continue;
      shown.push({ task, value, score, words: inside(words, message.text.length), why: [], others: [] });
    }
  };
  told(["risk", "abuse"]);
  for (const task of ["sentiment", "intent", "gratitude", "noise"] as const) {
    const label = Object.hasOwn(message.labels, task) ? message.labels[task] : undefined;
    if (!label) continue;
    const value = YES_NO[label.value] ?? label.value;
    if (QUIET[task]?.includes(value)) continue;
    const { score, words } = label;
    shown.push({
      task,
      value,
      score,
      words: inside(words, message.text.length),
      why: [],
      others: othersOf(task, value),
    });
  }
  told(["thing", "signal", "personal"]);
  return shown;
}

function othersOf(task: Exclude<Task, "language">, value: string): string[] {
  return VALUES[task].filter((one) => one !== value);
}

function inside<Word extends { start: number; end: number }>(words: readonly Word[], length: number): Word[] {
  return words.filter((word) => word.start >= 0 && word.start < word.end && word.end <= length);
}
