/** Learnt by tools/train/weigh-sureness.ts: what each of `FACTS` adds to the log odds that a label is right. */
export const SURENESS = {
  noise: { start: 0.23, of: [0.68, 0.79, -1.34] },
  intent: { start: -0.18, of: [0.57] },
  risk: { start: 1.35, of: [0.32, -2.65, 1.43] },
  signal: { start: 0.37, of: [0.45, 2.9] },
  kind: { start: 0.77, of: [0.94, -1.14] },
};
