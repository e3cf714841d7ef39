import { expect, test } from "vitest";
import { calibrationsOf } from "../../bench/judge/calibration.ts";
import { FACTS, sureness } from "../../server/modules/listening/domain/sureness.ts";
import { heldOutClaims, readCases } from "./weigh-sureness.ts";

const cases = await readCases();
const NAMES = Object.keys(FACTS) as (keyof typeof FACTS)[];

// Figures of November 2026 on folds held out: noise .002, intent .000, risk .018, signals .050, kinds .022. Chance alone gives .03 to .06.
const MOST = 0.08;

test.each(NAMES)("%s is as sure as it is right on posts held out", (name) => {
  const [found] = calibrationsOf(heldOutClaims(name, cases[name]));
  expect(found!.error).toBeLessThanOrEqual(MOST);
  expect(found!.n).toBeGreaterThan(40);
});

test.each(NAMES)("what ships for %s fits the posts it was learnt from", (name) => {
  const claims = cases[name].flatMap(({ post, facts, right, times }) =>
    Array.from({ length: times }, () => ({ label: name, post, right, sure: sureness(name, facts) })),
  );
  const [found] = calibrationsOf(claims);
  expect(Math.abs(found!.sure - found!.right)).toBeLessThan(0.02);
  expect(found!.error).toBeLessThanOrEqual(MOST);
});
