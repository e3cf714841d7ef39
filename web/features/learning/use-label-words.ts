import { useLingui } from "@lingui/react/macro";

/** Labels and their values in the words of the screen; an account's own intents stand as they are. */
export function useLabelWords() {
  const { t } = useLingui();
  const tasks: Record<string, string> = {
    actionable: t`Needs an answer`,
    noise: t`Noise`,
    sentiment: t`Tone`,
    intent: t`What they want`,
    gratitude: t`Thanks`,
  };
  const asked: Record<string, string> = {
    actionable: t`Does this need an answer from us?`,
    noise: t`Is this noise?`,
    gratitude: t`Does this say thanks?`,
  };
  const values: Record<string, string> = {
    yes: t`yes`,
    no: t`no`,
    noise: t`noise`,
    signal: t`worth reading`,
    negative: t`angry`,
    neutral: t`even`,
    positive: t`glad`,
    question: t`question`,
    complaint: t`complaint`,
    request: t`request`,
    praise: t`praise`,
    purchase: t`wants to buy`,
    cancel: t`wants to leave`,
    other: t`something else`,
  };
  const own = (words: Record<string, string>, key: string) => (Object.hasOwn(words, key) ? words[key]! : key);
  return {
    task: (task: string) => own(tasks, task),
    question: (task: string) => own(asked, task),
    value: (value: string) => own(values, value),
  };
}
