/** How work ends at the demo company, and why: the lists agents choose from, and what they chose. Pure. */
interface Reason {
  key: string;
  name: string;
  below?: { key: string; name: string }[];
}
export interface Outcome {
  key: string;
  name: string;
  reasons?: Reason[];
}

const network: Reason = {
  ...{ key: "network", name: "Network" },
  below: [
    { key: "outage", name: "Outage" },
    { key: "slow", name: "Slow data" },
    { key: "roaming", name: "Roaming abroad" },
    { key: "engineer", name: "Engineer's visit" },
  ],
};
const money: Reason = {
  ...{ key: "money", name: "Money" },
  below: [
    { key: "bill", name: "Bill wrong or unclear" },
    { key: "prices", name: "Prices and plans" },
    { key: "refund", name: "Refund or credit" },
  ],
};
const things = (below: Reason["below"]): Reason => ({ key: "things", name: "Devices and orders", below });
const account: Reason = {
  ...{ key: "account", name: "Account" },
  below: [
    { key: "access", name: "Access and security" },
    { key: "bereavement", name: "Bereavement" },
    { key: "danger", name: "Danger or emergency" },
  ],
};
const other: Reason = { key: "other", name: "Something else" };
const [device, delivery, oldSim] = [
  { key: "device", name: "Device or SIM" },
  { key: "delivery", name: "Delivery" },
  { key: "old-sim", name: "Old SIM after the 3G switch-off" },
];

const listed = (below: Reason["below"]): Outcome[] => [
  { key: "solved", name: "Solved", reasons: [network, money, things(below), account, other] },
  {
    ...{ key: "answered", name: "Answered" },
    reasons: [{ key: "praise", name: "Thanks and praise" }, { key: "question", name: "Question" }, other],
  },
  {
    ...{ key: "passed-on", name: "Passed on" },
    reasons: [
      { key: "engineers", name: "To the engineers" },
      { key: "billing", name: "To billing" },
      { key: "shop", name: "To a shop" },
    ],
  },
  { key: "customer-silent", name: "Customer fell silent" },
  { key: "no-answer-needed", name: "No answer needed" },
  { key: "spam", name: "Spam" },
];
/** The list of today, and the one before it: a reason has been retired since, and keeps its name in the figures. */
export const outcomes: Outcome[] = listed([device, delivery]);
export const formerOutcomes: Outcome[] = listed([device, delivery, oldSim]);

/** Reasons by the kind of trouble. */
const SOLVED: Readonly<Record<string, [string, string]>> = {
  ...{ outage: ["network", "outage"], viral: ["network", "outage"], slow: ["network", "slow"] },
  ...{ roaming: ["network", "roaming"], engineer: ["network", "engineer"] },
  ...{ billing: ["money", "bill"], prices: ["money", "prices"], refund: ["money", "refund"] },
  ...{ device: ["things", "device"], delivery: ["things", "delivery"] },
  ...{ direct: ["account", "access"], bereavement: ["account", "bereavement"], urgent: ["account", "danger"] },
};
const PASSED_ON: Readonly<Record<string, string>> = { network: "engineers", money: "billing", things: "shop" };
/** What whoever makes the product should know, by the kind of trouble. */
const FEEDBACK: Readonly<Record<string, readonly string[]>> = {
  outage: [
    "The status page said all was well for an hour after the masts were down.",
    "Asks for a text message when a mast goes down, with the time it will be back.",
    "The coverage map shows full bars where there has been none since spring.",
  ],
  slow: [
    "The speed test in the app measures Wi-Fi, not our network.",
    "No way to see in the app that the cap is reached.",
  ],
  roaming: ["The day pass starts at midnight of the home country; nobody expects that."],
  engineer: ["The slot can be moved by telephone only. It should work in the app."],
  billing: [
    "The bill does not say which days a part month covers.",
    "Two charges carry the same name on the bill and cannot be told apart.",
  ],
  prices: ["The offer page hides the price after month six below the fold."],
  refund: ["The app says “paid back” when we ask the bank, not when the money is there."],
  device: ["The setup wizard skips eSIM when a plastic SIM is in the phone."],
  delivery: ["Tracking names no day, only “soon”.", "The parcel note has no number of ours to call."],
  direct: ["The reset link ends after ten minutes; mails take longer than that at busy times."],
};
/** Kinds after which people may want to buy, one in so many. */
const LEAD_IN: Readonly<Record<string, number>> = { prices: 4, question: 9, roaming: 12, device: 14 };
/** Since so many weeks the retired reason is not used any more. */
const RETIRED_WEEKS = 8;

export interface ChosenClosing {
  reason: string[];
  feedback: string;
  lead: boolean;
}
/**
 * What an agent says of a matter's end. `about`: the kind of trouble; `seed`: the matter's name, which decides what would be chance;
 * `weeksAgo`: how long ago it ended. Nothing where the outcome asks for nothing.
 */
export function closingFor(matter: { outcome: string; about: string; seed: string; weeksAgo: number }): ChosenClosing {
  const { outcome, about, seed, weeksAgo } = matter;
  const draw = (what: string, of: number) => hash(`${what} ${seed}`) % of;
  const ours = outcome === "solved" || outcome === "answered" || outcome === "passed-on";
  const texts = FEEDBACK[about] ?? [];
  return {
    // One in eleven is ended in a hurry.
    reason: !ours || draw("hurry", 11) === 0 ? [] : reasonOf(),
    feedback: ours && texts.length > 0 && draw("feedback", 16) === 0 ? texts[draw("text", texts.length)]! : "",
    lead: ours && about in LEAD_IN && draw("lead", LEAD_IN[about]!) === 0,
  };

  function reasonOf(): string[] {
    const path = SOLVED[about];
    if (outcome === "answered")
      return [about === "praise" ? "praise" : about === "question" || path !== undefined ? "question" : "other"];
    if (outcome === "passed-on") return [PASSED_ON[path?.[0] ?? ""] ?? "engineers"];
    if (about === "device" && weeksAgo >= RETIRED_WEEKS && draw("old", 4) === 0) return ["things", "old-sim"];
    return path ? [...path] : ["other"];
  }
}

/** FNV-1a: the same words give the same number, 0 to 2³² − 1. */
function hash(words: string): number {
  let sum = 0x811c9dc5;
  for (const sign of words) sum = Math.imul(sum ^ sign.codePointAt(0)!, 0x01000193);
  return sum >>> 0;
}
