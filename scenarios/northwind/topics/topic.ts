/** What people say about one kind of trouble, in one language. Templates of `compose.ts`. */
export interface Voice {
  /** First words, short enough for any network. */
  open: readonly string[];
  /** Sentences that a letter, a forum post or a call adds. */
  more?: readonly string[];
  /** What they want. */
  ask?: readonly string[];
  /** First words in private, after we asked them there or from the beginning. */
  private?: readonly string[];
  /** After an answer that did not help. */
  notYet?: readonly string[];
  /** Days later. */
  back?: readonly string[];
  /** Others who pass by. */
  bystander?: readonly string[];
}
/** What we answer. A template is only taken when the customer named every fact in it, so an answer looks at the matter. */
export interface House {
  answer: readonly string[];
  invite?: readonly string[];
  private?: readonly string[];
  sorted?: readonly string[];
}
export type Course =
  /** Something is wrong or wanted; it is worked to an end. */
  | "trouble"
  /** The same, never begun in public. */
  | "direct"
  /** Kind words: answered once, or not. */
  | "praise"
  /** Not to us, or not for us: nobody answers. */
  | "talk"
  /** Many join in. */
  | "viral";
export interface Topic {
  kind: string;
  language: string;
  course: Course;
  /** How often it comes, relative to the others. */
  weight: number;
  followers?: readonly [number, number];
  /** How a colleague recognises it in somebody's words. */
  cues: RegExp;
  voice: Voice;
  house?: House;
}
