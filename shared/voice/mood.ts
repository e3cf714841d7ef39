/** What somebody who writes is in, as far as the words tell. */
export interface Mood {
  grief: boolean;
  harm: boolean;
  hardship: boolean;
  /** Afraid, frail, robbed, a child or a day in life at stake: what befell them weighs more than its price. */
  need: boolean;
  anger: boolean;
  joking: boolean;
  praise: boolean;
}
