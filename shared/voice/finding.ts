import type { LengthRule } from "../capabilities.ts";

/** What a draft may break; the words are those of the house rules. */
export const voiceRules = ["length", "disclosure", "canned", "tone", "privacy", "promise"] as const;
export type VoiceRule = (typeof voiceRules)[number];

export type VoiceCode =
  | "too-long"
  | "not-disclosed"
  | "other-persons-mark"
  | "not-said-automatic"
  | "pretends-human"
  | "repeated"
  | "placeholder"
  | "stock-phrase"
  | "says-nothing"
  | "wrong-name"
  | "blame"
  | "command"
  | "shouting"
  | "sarcasm"
  | "defensive"
  | "too-cheerful"
  | "no-care"
  | "makes-small"
  | "runs-down"
  | "too-casual"
  | "word-to-avoid"
  | "contact-data"
  | "number-of-theirs"
  | "name-of-theirs"
  | "address"
  | "account-fact"
  | "asks-for-data"
  | "guarantee"
  | "liability"
  | "compensation"
  | "time-not-known"
  | "amount-not-known"
  | "more-than-known";

/** One thing a draft breaks. `start`/`end` are UTF-16 units of the draft, end exclusive. */
export interface VoiceFinding {
  rule: VoiceRule;
  code: VoiceCode;
  /** `stop` holds the reply; `warn` is said, and the agent decides. */
  severity: "stop" | "warn";
  start: number;
  end: number;
  /** One English sentence with what to do, for logs, the API and the report; screens have their own by `code`. */
  message: string;
}

/** One way to say who wrote a reply. */
export interface Signed {
  /** `name`: the first name or the full one; `first-initial`: "Mia K." */
  who: "initials" | "first-name" | "first-initial" | "full-name" | "name" | "nobody";
  /** What stands directly before it, as "^"; empty where any mark will do. */
  mark: string;
  /** What stands directly after it, as "]". */
  close?: string;
  /** The name of the company stands beside the agent's; a string: this very name. */
  company: boolean | string;
  /** The words stand at the end, at the beginning, or anywhere. */
  where: "end" | "start" | "anywhere";
  /** Only the first message of a conversation needs it. */
  firstOnly?: boolean;
  /** The rule was not understood: any trace of the agent will do. */
  loose?: boolean;
}

/** Words an automatic reply begins or ends with. */
export type AutomaticWords = { words: string; where: "start" | "end" };

/** How a public reply says who wrote it. */
export interface DisclosureAsked extends Signed {
  /** Private messages need it as well. */
  alsoPrivate: boolean;
  /** The same rule said again in other languages: each of these will do, too. */
  or?: readonly Signed[];
  /** How private messages are signed, where the rule says it of them by themselves; any of these. */
  inPrivate?: readonly Signed[];
  /** The first message of a private conversation names the one who writes by the first name. */
  firstInPrivate?: boolean;
  /** The very words that an automatic reply begins or ends with; without them any word that says so will do. `or`: in other languages. */
  automatic?: AutomaticWords & { or?: readonly AutomaticWords[] };
}

/** What a company asks of its replies. */
export interface HouseVoice {
  limit: LengthRule | null;
  disclosure: DisclosureAsked;
  /** Words the brand does not want to say. */
  avoid: readonly { words: string; rule: VoiceRule }[];
}

/** A reply and what is known around it. */
export interface VoiceDraft {
  text: string;
  public: boolean;
  /** Who answers; null: nobody, it is sent automatically. */
  agent: { name: string; initials: string } | null;
  /** What the customer wrote. */
  post: string;
  /** What is known of the case, in words. */
  facts: readonly string[];
  /** Earlier replies: of this conversation, and public ones of the brand to others. */
  recent: readonly string[];
}

const sentences: Record<VoiceCode, string> = {
  "too-long": "This is longer than the network takes. Shorten it.",
  "not-disclosed": "The reply does not say who wrote it in the way the brand asks. End it with the signature.",
  "other-persons-mark": "This is not the signature of the one who writes. Sign with your own.",
  "not-said-automatic": "Nobody wrote this by hand, and it does not say so. Say that it is an automatic reply.",
  "pretends-human": "An automatic reply speaks as if a person wrote it. Take the person out.",
  repeated: "This says again what an earlier reply said. Say what is new, or say it in other words.",
  placeholder: "A field was not filled in. Put in the words, or take it out.",
  "stock-phrase": "This is a phrase that every company sends. Say what you mean in your own words.",
  "says-nothing": "This would fit any post: nothing in it is about what they wrote. Name their matter.",
  "wrong-name": "This is not the name the case has. Check whom you are writing to.",
  blame: "This puts the blame on the customer. Say what can be done instead.",
  command: "This orders the customer about. Ask, or offer.",
  shouting: "Capitals and rows of signs read like shouting. Write it plainly.",
  sarcasm: "This can be read as mockery. Say it straight.",
  defensive: "This defends us instead of listening. Take up what they said first.",
  "too-cheerful": "They are in distress or angry, and this is cheerful. Leave out what jokes and cheers.",
  "no-care": "Somebody is hurt or grieving, and no word is about that. Begin with them.",
  "makes-small": "Something bad befell them, and this makes little of it. Take it as seriously as they do.",
  "runs-down": "This makes others bad to look good. Say what we do about it instead.",
  "too-casual": "They write formally or of something grave, and this is chatty. Answer in their manner.",
  "word-to-avoid": "The brand does not say this. Choose other words.",
  "contact-data": "A mail address or a number to reach somebody does not belong in public. Take it out.",
  "number-of-theirs": "This number is from their file and they did not say it here. Take it out, or answer in private.",
  "name-of-theirs": "This name is from the file and they did not use it here. Take it out, or answer in private.",
  address: "An address tells where somebody is. Take it out, or answer in private.",
  "account-fact": "This tells everybody something of their account. Take it out, or answer in private.",
  "asks-for-data": "This asks for personal data where everybody reads. Ask for it in a private message.",
  guarantee: "Nobody can give this guarantee. Say what is being done.",
  liability: "This admits a liability; that is not ours to decide here. Say that you are sorry and what happens next.",
  compensation: "Nothing known of the case says that they get this. Leave it out until it is decided.",
  "time-not-known": "Nothing known of the case says this time. Say what is known, or that it is not known yet.",
  "amount-not-known": "Nothing known of the case says this amount. Check it, or leave it out.",
  "more-than-known": "What is known of the case does not carry this answer. Say what is open.",
};

const stops: ReadonlySet<VoiceCode> = new Set([
  "too-long",
  "not-disclosed",
  "other-persons-mark",
  "not-said-automatic",
  "pretends-human",
  "placeholder",
  "contact-data",
  "number-of-theirs",
  "name-of-theirs",
  "address",
  "account-fact",
  "asks-for-data",
]);

export type Span = { start: number; end: number };

export function finding(rule: VoiceRule, code: VoiceCode, { start, end }: Span, message?: string): VoiceFinding {
  const severity = stops.has(code) ? "stop" : "warn";
  return { rule, code, severity, start, end, message: message ?? sentences[code] };
}
