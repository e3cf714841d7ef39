/**
 * How sure a join is, surest first. What a network, a token or the customer's own words say joins by itself; what an agent decides is
 * below that because it is a judgement; likeness never joins.
 */
export const rungs = ["verified", "network", "stated", "contact", "agent", "similar"] as const;
export type Rung = (typeof rungs)[number];

/** The share of joins on a rung that we expect to be right; shown to people, compared with nothing. */
export const confidenceOf: Readonly<Record<Rung, number>> = {
  verified: 0.99,
  network: 0.98,
  stated: 0.95,
  contact: 0.9,
  agent: 0.85,
  similar: 0.5,
};

/** What a person said with his own words or what two places know of him: an account of several people makes it worthless. */
export function isHearsay(rung: Rung): boolean {
  return rung === "stated" || rung === "contact";
}

/** Negative when `a` is surer. */
export function compareRungs(a: Rung, b: Rung): number {
  return rungs.indexOf(a) - rungs.indexOf(b);
}
