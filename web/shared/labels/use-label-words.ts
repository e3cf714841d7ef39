import { useLingui } from "@lingui/react/macro";

/** What a label is called by its task and value; an account's own values stand as they are. */
export function useLabelWords() {
  const { t } = useLingui();
  const words: Record<string, string> = {
    "sentiment negative": t`unhappy`,
    "sentiment neutral": t`neutral`,
    "sentiment positive": t`happy`,
    "intent question": t`a question`,
    "intent complaint": t`a complaint`,
    "intent request": t`a request`,
    "intent praise": t`praise`,
    "intent purchase": t`wants to buy`,
    "intent cancel": t`wants to leave`,
    "intent other": t`something else`,
    "noise noise": t`noise`,
    "noise signal": t`not noise`,
    "gratitude yes": t`thanks`,
    "gratitude no": t`no thanks`,
    "actionable yes": t`needs work`,
    "actionable no": t`needs no work`,
    "risk safety": t`safety`,
    "risk security": t`security`,
    "risk outage": t`outage`,
    "risk legal_press": t`legal or press`,
    "risk vulnerable": t`vulnerable`,
    "risk deadline": t`deadline`,
    "abuse insult": t`an insult to us`,
    "abuse threat": t`a threat to us`,
    "abuse slur": t`a slur`,
    "signal purchase_intent": t`may buy`,
    "signal product_feedback": t`on the product`,
    "signal churn_risk": t`may leave`,
    "signal sarcasm": t`sarcasm`,
    "signal wish": t`a wish`,
    "signal joke": t`a joke`,
    "signal solved": t`over by now`,
    "signal hearsay": t`about others`,
    "signal opinion": t`an opinion`,
    "signal rival": t`another company`,
    "signal news": t`news`,
    "signal job": t`a job`,
    "personal card": t`a card number`,
    "personal cvv": t`a card code`,
    "personal iban": t`a bank account`,
    "personal phone": t`a phone number`,
    "personal email": t`an e-mail address`,
    "personal national_id": t`an identity number`,
    "personal password": t`a password`,
  };
  return (task: string, value: string): string => {
    const known = `${task} ${value}`;
    return Object.hasOwn(words, known) ? words[known]! : value.replaceAll("_", " ");
  };
}
