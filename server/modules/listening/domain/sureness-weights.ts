/** Learnt by tools/train/weigh-sureness.ts: what each of `FACTS` adds to the log odds that a label is right. */
export const SURENESS = {
  noise: { start: 0.04, of: [0.56, 0.62, -0.2] },
  intent: { start: -0.04, of: [0.47] },
  sentiment: { start: 0.74, of: [0.69, -1.07, -0.81] },
  risk: { start: 0.63, of: [0.3, -1.34, 2.05] },
  signal: { start: 0.64, of: [0.33, 0.86] },
  kind: { start: 0.8, of: [0.84, -0.81] },
};
