/** What an outcome says of the message that began the work: whether it needed an answer, and whether it was noise. */
const TAUGHT: Readonly<Record<string, { actionable: boolean; noise: boolean }>> = {
  solved: { actionable: true, noise: false },
  answered: { actionable: true, noise: false },
  "passed-on": { actionable: true, noise: false },
  "no-answer-needed": { actionable: false, noise: false },
  spam: { actionable: false, noise: true },
};

/** Null: the outcome says nothing of it (a customer who fell silent, an outcome the account made itself). */
export function taughtBy(outcome: string): { actionable: boolean; noise: boolean } | null {
  return Object.hasOwn(TAUGHT, outcome) ? TAUGHT[outcome]! : null;
}
