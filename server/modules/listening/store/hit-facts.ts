/** What a hit carries for the trends, so that no message has to be read for a figure. */
export interface HitFacts {
  /** A hash of who wrote it, as a number in decimal digits. */
  readonly author: string;
  /** As the post said it; null: it did not. */
  readonly followers: number | null;
  readonly verified: boolean;
  /** A repost or a quote. */
  readonly passedOn: boolean;
}
