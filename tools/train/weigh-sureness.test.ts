import { expect, test } from "vitest";
import { calibrationsOf } from "../../bench/judge/calibration.ts";
import { FACTS, sureness } from "../../server/modules/listening/domain/sureness.ts";
import { heldOutClaims, readCases } from "./weigh-sureness.ts";

const cases = await readCases();
const NAMES = Object.keys(FACTS) as (keyof typeof FACTS)[];

// Figures of November 2026 on folds held out: noise .018, intent .007, sentiment .000, risk .008, signals .023, kinds .098 (of 56). Chance alone gives .03 to .06,
// and .1 of so few.
const MOST = { noise: 0.08, intent: 0.08, sentiment: 0.08, risk: 0.08, signal: 0.08, kind: 0.14 } as const;

test.each(NAMES)("%s is as sure as it is right on posts held out", (name) => {
  const [found] = calibrationsOf(heldOutClaims(name, cases[name]));
  expect(found!.error).toBeLessThanOrEqual(MOST[name]);
  expect(found!.n).toBeGreaterThan(40);
});

test.each(NAMES)("what ships for %s fits the posts it was learnt from", (name) => {
  const claims = cases[name].map(({ post, facts, right }) => ({
    label: name,
    post,
    right,
    sure: sureness(name, facts),
  }));
  const [found] = calibrationsOf(claims);
  expect(Math.abs(found!.sure - found!.right)).toBeLessThan(0.02);
  expect(found!.error).toBeLessThanOrEqual(MOST[name]);
});
