/** The classes of danger, in the order in which a desk looks at them. What each means stands beside its phrases. */
export const RISKS = ["safety", "security", "outage", "legal_press", "vulnerable", "deadline"] as const;
export type Risk = (typeof RISKS)[number];
