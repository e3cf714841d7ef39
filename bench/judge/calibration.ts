import { calibrationError } from "../../server/modules/listening/domain/calibrate.ts";
import { seeded } from "../../server/modules/listening/domain/learn.ts";

/** One thing that was said of a post: of which label, how sure (0 to 1), and whether people agree. */
export interface Claim {
  label: string;
  /** Set and id: all that is said of one post is drawn together. */
  post: string;
  sure: number;
  right: boolean;
}

/** How far "so sure" lies from "so often right" for one label. All but `n` and `bins` between 0 and 1. */
export interface Calibration {
  label: string;
  n: number;
  right: number;
  sure: number;
  /** Over ten bands of sureness of equal width. Of few claims it is too high: chance alone keeps a band's share of right ones off. */
  plain: number;
  /** Over `bins` bands of equally many claims, and less what chance alone adds. */
  error: number;
  bins: number;
  /** The middle 95 % of `error` over draws of the posts. */
  from: number;
  to: number;
}

const BINS = 5;
/** A band of fewer claims says nothing. */
const FEWEST = 10;
const DRAWS = 1_000;

/** Of each label, in the order of their first claims. The same claims give the same figures. */
export function calibrationsOf(claims: readonly Claim[]): Calibration[] {
  return [...Map.groupBy(claims, (c) => c.label)].map(([label, of]) => calibrationOf(label, of));
}

/**
 * Expected calibration error over bands of equally many claims, less its bias: what drawing anew adds to it is taken off once more, as Kumar, Liang and
 * Ma do with normal draws ("Verified Uncertainty Calibration", NeurIPS 2019); here the posts are drawn, so that what is said of one post stays
 * together. The interval is the draws', reflected (Efron and Tibshirani 1993, "An Introduction to the Bootstrap", 13.4). Bands of equal width over all claims
 * (`plain`) print .05 for 200 claims that are sure exactly as often as they are right (Roelofs, Cain, Shlens, Mozer, AISTATS 2022, say why).
 */
export function calibrationOf(label: string, claims: readonly Claim[]): Calibration {
  const rising = claims.toSorted((a, b) => a.sure - b.sure);
  const n = rising.length;
  const band = bandsOf(rising);
  const bins = (band.at(-1) ?? -1) + 1;
  const posts = new Map([...new Set(rising.map((c) => c.post))].map((post, i) => [post, i]));
  const place = rising.map((c) => posts.get(c.post)!);
  const chance = seeded(11);
  const drawn = Array.from({ length: DRAWS }, () => {
    const times = new Uint16Array(posts.size);
    for (let i = 0; i < posts.size; i++) times[Math.floor(chance() * posts.size)]!++;
    return errorOf((i) => times[place[i]!]!);
  }).sort((a, b) => a - b);
  const found = errorOf(() => 1);
  const mean = (of: (c: Claim) => number) => rising.reduce((sum, c) => sum + of(c), 0) / Math.max(1, n);
  const within = (x: number) => Math.min(1, Math.max(0, x));
  return {
    ...{ label, n, bins, right: mean((c) => Number(c.right)), sure: mean((c) => c.sure) },
    plain: calibrationError(
      rising.map((c) => c.sure),
      rising.map((c) => c.right),
    ),
    error: within(2 * found - drawn.reduce((a, b) => a + b, 0) / DRAWS),
    from: within(2 * found - drawn[Math.floor(0.975 * DRAWS)]!),
    to: within(2 * found - drawn[Math.floor(0.025 * DRAWS)]!),
  };

  function errorOf(times: (i: number) => number): number {
    const off = new Float64Array(bins);
    let all = 0;
    rising.forEach((c, i) => {
      const t = times(i);
      all += t;
      off[band[i]!]! += t * (c.sure - Number(c.right));
    });
    return off.reduce((sum, o) => sum + Math.abs(o), 0) / Math.max(1, all);
  }
}

/** The band of each claim, from the least sure on; equal scores stand in one. */
function bandsOf(rising: readonly Claim[]): number[] {
  const bins = Math.max(1, Math.min(BINS, Math.floor(rising.length / FEWEST)));
  const made: number[] = [];
  let [band, filled] = [-1, 0];
  rising.forEach((c, i) => {
    const begins = band < 0 || (i * bins >= filled * rising.length && c.sure !== rising[i - 1]!.sure);
    if (begins) {
      band++;
      filled = Math.floor((i * bins) / rising.length) + 1;
    }
    made.push(band);
  });
  return made;
}

/** The table as it is printed: one line for each label. */
export function calibrationTable(of: readonly Calibration[]): string {
  const share = (x: number) => x.toFixed(3).padStart(7);
  const head = `  ${"label".padEnd(44)}${"n".padStart(6)}  right   sure  plain   less chance (middle 95 %)  bins`;
  return [
    head,
    ...of.map(
      (c) =>
        `  ${c.label.padEnd(44)}${String(c.n).padStart(6)}${share(c.right)}${share(c.sure)}${share(c.plain)}   ${share(c.error)} (${c.from.toFixed(3)} to ${c.to.toFixed(3)})${String(c.bins).padStart(8)}`,
    ),
  ].join("\n");
}
