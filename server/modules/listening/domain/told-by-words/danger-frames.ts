import type { Risk } from "../risks.ts";
import type { Tokens } from "../tokens.ts";
import { DANGER_WORDS } from "./danger-words.ts";
import { type Frame, type Told, tellByFrames } from "./frame.ts";
import { SIGNAL_WORDS } from "./signal-words.ts";
import { type Place, Tagger } from "./tag.ts";
import { TROUBLE_WORDS } from "./trouble-words.ts";

type List = keyof typeof DANGER_WORDS | keyof typeof TROUBLE_WORDS | "shopping";

/**
 * Written by hand, each for one way people tell of it: "(unknown) bought phones on (my account)" is fraud whoever it is and in
 * whatever language.
 */
const FRAMES: readonly Frame<Risk, List>[] = [
  { gives: "safety", all: ["harm"], none: ["glad"] },
  { gives: "safety", all: ["hurt", "body"], none: ["glad"] },
  { gives: "safety", all: ["foreignBody", "food"], none: ["glad"] },
  { gives: "safety", all: ["blaze", "thing"], none: ["glad"] },
  { gives: "safety", all: ["cameOff", "critical"], none: ["glad"] },
  { gives: "safety", all: ["driver", "reckless"] },
  { gives: "safety", all: ["allergen", "harm"] },
  { gives: "safety", all: ["allergen", "hurt"] },
  { gives: "safety", all: ["allergen", "wrongly"], none: ["glad"] },
  { gives: "security", all: ["breach"] },
  { gives: "security", all: ["newLogin"] },
  { gives: "security", all: ["notMe", "money"] },
  { gives: "security", all: ["notMe", "account", "takeover"] },
  { gives: "security", all: ["someone", "account", "takeover"] },
  { gives: "security", all: ["someone", "money", "takeover"] },
  { gives: "security", all: ["takeover", "account", "money"], none: ["glad"] },
  { gives: "security", all: ["someone", "account", "money"] },
  { gives: "security", all: ["posing", "secret"] },
  { gives: "security", all: ["posing", "account"] },
  { gives: "security", all: ["charged", "elsewhere"] },
  { gives: "security", all: ["notMe", "records"], none: ["glad"] },
  { gives: "security", all: ["otherPerson", "records"] },
  { gives: "security", all: ["someone", "records", "posing"] },
  { gives: "outage", all: ["service", "down", "wide"], none: ["settled", "glad"] },
  { gives: "outage", all: ["service", "down", "lasting"], none: ["settled", "glad"] },
  { gives: "outage", all: ["lacking", "service", "wide"], none: ["settled", "glad"] },
  { gives: "outage", all: ["lacking", "service", "lasting"], none: ["settled", "glad"] },
  { gives: "legal_press", all: ["lawyer", "lawAct"], none: ["glad"] },
  { gives: "legal_press", all: ["authority", "file"], none: ["glad"] },
  { gives: "legal_press", all: ["press", "pressAsk"], none: ["glad"] },
  { gives: "legal_press", all: ["medium", "reached"], none: ["glad", "show"] },
  { gives: "vulnerable", all: ["despair"] },
  { gives: "vulnerable", all: ["alone", "trouble"], none: ["glad"] },
  { gives: "vulnerable", all: ["condition", "kin"], none: ["glad"] },
  { gives: "vulnerable", all: ["bereaved"], none: ["glad"] },
  { gives: "vulnerable", all: ["hardship"], none: ["glad"] },
  { gives: "deadline", all: ["soon", "occasion", "trouble"], none: ["bargain", "glad"] },
];

/** What makes a danger's words mean something else. */
const OTHER_READINGS: Readonly<Record<Risk, readonly List[]>> = {
  safety: ["glad", "bargain", "show", "shopping"],
  security: ["glad", "bargain", "show"],
  outage: ["settled", "glad", "bargain", "shopping"],
  legal_press: ["glad", "bargain", "show", "shopping"],
  vulnerable: ["glad", "show", "shopping"],
  deadline: ["bargain", "glad"],
};

const tagger = new Tagger<List>({
  ...DANGER_WORDS,
  ...TROUBLE_WORDS,
  shopping: `${SIGNAL_WORDS.priceAsk}, ${SIGNAL_WORDS.availability}`,
});

export interface FramedRisks {
  /** The dangers that frames see in a post, each with the words that made it. */
  told: Told<Risk, List>["told"];
  /** Something in the post speaks for another reading of this danger's words. */
  spokenFor(risk: Risk): boolean;
}

/** What frames see in a post; words `guarded` says yes to do not count. */
export function framedRisks(post: Tokens, guarded: (place: Place) => boolean): FramedRisks {
  const { told, has } = tellByFrames(post, tagger, FRAMES, guarded);
  return { told, spokenFor: (risk) => has(OTHER_READINGS[risk]) };
}
