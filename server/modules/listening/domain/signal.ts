/** What a post tells besides its intent. Gratitude is read on its own. */
export const SIGNALS = ["purchase_intent", "product_feedback", "churn_risk", "sarcasm"] as const;
export type Signal = (typeof SIGNALS)[number];
