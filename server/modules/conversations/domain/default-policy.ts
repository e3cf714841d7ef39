import type { PolicyRule } from "#contracts/policy";

/** The written policy a company starts with, until it says otherwise: the words and the rules made of them say the same. */
export const DEFAULT_POLICY_TEXT = [
  "We answer everybody who speaks to us and waits for an answer.",
  "A private message is work unless it only says thanks. In public we answer questions, complaints and requests that call us or answer us, and whatever is said to us in anger; whoever calls us by our handle is answered unless it is praise. Whoever is hurt, robbed of an account or speaks of lawyers or the press is urgent, even when we are only spoken about. A failure that goes on, a person in need and something that is lost by tomorrow come before the rest. Whoever names us with a trouble but does not call us gets an answer when there is time; a bad word with a large audience sooner.",
  "We leave noise, machines, thanks that ask nothing, praise that asks nothing, what people say to one another, and what is not about us.",
].join("\n\n");

const TO_US_IN_PUBLIC = ["reply", "mention"] as const;
const ABOUT_US = ["direct", "reply", "mention", "named", "about", "bystander"] as const;
const WANTS = ["complaint", "question", "request", "cancel", "purchase"];
/** From here on a post is heard by many: about one author in a hundred has so many followers. */
export const LARGE_AUDIENCE = 10_000;

export const DEFAULT_RULES: readonly PolicyRule[] = [
  {
    id: "machines",
    says: "Nobody waits behind a machine's message.",
    when: [{ on: "author", is: ["bot", "us"] }],
    verdict: "leave",
    priority: "low",
  },
  { id: "noise", says: "Noise needs no answer.", when: [{ on: "noise", is: true }], verdict: "leave", priority: "low" },
  {
    id: "thanks",
    says: "Thanks open no work.",
    when: [{ on: "thanks-only", is: true }],
    verdict: "leave",
    priority: "low",
  },
  {
    id: "danger",
    says: "Danger, theft, lawyers and the press are urgent, even when we are only spoken about.",
    when: [
      { on: "risk", any: ["safety", "security", "legal_press"] },
      { on: "addressed", is: [...ABOUT_US] },
    ],
    verdict: "work",
    priority: "urgent",
  },
  {
    id: "need",
    says: "A failure that goes on, a person in need and what is lost by tomorrow come first.",
    when: [
      { on: "risk", any: ["outage", "vulnerable", "deadline"] },
      { on: "addressed", is: ["direct", "reply", "mention", "named"] },
    ],
    verdict: "work",
    priority: "high",
  },
  {
    id: "direct",
    says: "A direct message is work.",
    when: [{ on: "addressed", is: ["direct"] }],
    verdict: "work",
    priority: "normal",
  },
  {
    id: "asked",
    says: "Questions, complaints and requests addressed to us are work.",
    when: [
      { on: "addressed", is: [...TO_US_IN_PUBLIC] },
      { on: "intent", is: WANTS },
    ],
    verdict: "work",
    priority: "normal",
  },
  {
    id: "praise",
    says: "Praise that asks nothing is left to stand.",
    when: [
      { on: "intent", is: ["praise"] },
      { on: "sentiment", is: ["positive", "neutral"] },
    ],
    verdict: "leave",
    priority: "low",
  },
  {
    id: "anger",
    says: "Whatever is said to us in anger is work.",
    when: [
      { on: "addressed", is: [...TO_US_IN_PUBLIC] },
      { on: "sentiment", is: ["negative"] },
    ],
    verdict: "work",
    priority: "normal",
  },
  {
    id: "goes-on",
    says: "What the customer says to us while we work on it waits for an answer.",
    when: [
      { on: "episode", is: ["open"] },
      { on: "addressed", is: [...TO_US_IN_PUBLIC] },
    ],
    verdict: "work",
    priority: "normal",
  },
  {
    id: "called",
    says: "Whoever calls us by our handle waits for an answer.",
    when: [{ on: "addressed", is: ["mention"] }],
    verdict: "work",
    priority: "normal",
  },
  {
    id: "heard-by-many",
    says: "A bad word about us with a large audience is answered soon.",
    when: [
      { on: "addressed", is: ["named", "about"] },
      { on: "sentiment", is: ["negative"] },
      { on: "followers", atLeast: LARGE_AUDIENCE },
    ],
    verdict: "work",
    priority: "high",
  },
  {
    id: "named",
    says: "A trouble told with our name, though not to us, is answered when there is time.",
    when: [
      { on: "addressed", is: ["named"] },
      { on: "intent", is: ["complaint", "question", "request", "cancel"] },
    ],
    verdict: "work",
    priority: "low",
  },
  {
    id: "bystander",
    says: "What people say to one another is theirs.",
    when: [{ on: "addressed", is: ["bystander"] }],
    verdict: "leave",
    priority: "low",
  },
  {
    id: "not-addressed",
    says: "What is not said to us is left.",
    when: [{ on: "addressed", is: ["none", "about", "named"] }],
    verdict: "leave",
    priority: "low",
  },
  { id: "rest", says: "Nothing is asked of us.", when: [], verdict: "leave", priority: "low" },
];
