import type { Instant } from "#platform/clock";

/**
 * Tells an unusual rise of posts from the ordinary ups and downs of one series of counts, one interval after the other, by what
 * was seen before it alone.
 *
 * A count is compared with what is usual at this hour (a slow level and a profile of the day, both of counts whose spread was
 * made even: Anscombe, 2·√(n + 3/8)). What deviates is measured in the series' own spread, over a quarter of an hour and over an
 * hour; both have to be out of the ordinary. Series that leap every day raise their own bar: it stands at a part of the highest
 * leap of the last days. The constants were chosen on five open series of brand posts (16 windows of unusual days) where moving
 * any one of them by a step finds 14 to 16 windows at 0.08 to 0.17 false alarms per day.
 */
export class RiseDetector {
  #seen = 0;
  #level = 0;
  #profile = new Float64Array(HOURS);
  #profileSeen = new Float64Array(HOURS);
  /** What the last hour's counts differed from the usual, newest last. */
  #past: number[] = [];
  /** Variance of the deviation over the short and the long span. */
  #spread: [number, number] = [1, 1];
  /** The highest leap of late; forgets half of itself in PEAK_HALF_LIFE. */
  #peak = 0;
  #at: Instant | null = null;
  /** When the series last was out of the ordinary. */
  #lastHigh = Number.NEGATIVE_INFINITY;
  /** The highest strength of the rise that began last. */
  #height = 0;
  #lasting = false;
  /** Since when a lasting rise is below half of what raises an alarm. */
  #calmSince: Instant | null = null;
  readonly #least: number;

  /** `least`: spreads above the usual that are out of the ordinary; the shipped value is the one that was measured. */
  constructor(least: number = LEAST) {
    this.#least = least;
  }

  /** One that goes on where another stood. */
  static from(state: DetectorState, least: number = LEAST): RiseDetector {
    const made = new RiseDetector(least);
    made.#seen = state.seen;
    made.#level = state.level;
    made.#profile = Float64Array.from(state.profile);
    made.#profileSeen = Float64Array.from(state.profileSeen);
    made.#past = [...state.past];
    made.#spread = [...state.spread];
    made.#peak = state.peak;
    made.#at = state.at;
    made.#lastHigh = state.lastHigh ?? Number.NEGATIVE_INFINITY;
    made.#height = state.height;
    made.#lasting = state.lasting;
    made.#calmSince = state.calmSince;
    return made;
  }

  /** Where it stands, as JSON can keep it. */
  state(): DetectorState {
    return {
      seen: this.#seen,
      level: this.#level,
      profile: [...this.#profile],
      profileSeen: [...this.#profileSeen],
      past: [...this.#past],
      spread: [...this.#spread],
      peak: this.#peak,
      at: this.#at,
      lastHigh: Number.isFinite(this.#lastHigh) ? this.#lastHigh : null,
      height: this.#height,
      lasting: this.#lasting,
      calmSince: this.#calmSince,
    };
  }

  /** `count`: posts of the interval that begins at `at`; intervals are INTERVAL long and come in order. */
  next(at: Instant, count: number): Reading {
    const value = 2 * Math.sqrt(Math.max(0, count) + 3 / 8);
    if (this.#seen === 0) this.#level = value;
    this.#seen += 1;
    const hour = Math.floor(at / HOUR) % HOURS;
    const usual = this.#level + this.#profile[hour]! * Math.min(1, this.#profileSeen[hour]! / PROFILE_TRUSTED);
    const deviation = value - usual;
    this.#past.push(deviation);
    if (this.#past.length > LONG) this.#past.shift();
    const short = this.#against(0, this.#past.slice(-SHORT));
    const long = this.#against(1, this.#past);
    this.#learn(hour, deviation);
    if (this.#at !== null && at > this.#at) this.#peak *= 0.5 ** ((at - this.#at) / PEAK_HALF_LIFE);
    this.#at = at;
    const bar = Math.max(this.#least, PART_OF_PEAK * this.#peak);
    // The bar is set by what came before; only then may this leap raise it.
    if (this.#seen > UNSETTLED && short > this.#peak) this.#peak = short;
    const high = short > bar && long > LEAST_LONG;
    const anew = at - this.#lastHigh > QUIET;
    const raised = high && this.#seen > WARM_UP && (anew || short > STRONGER * this.#height);
    if (high) {
      this.#height = anew ? short : Math.max(this.#height, short);
      this.#lastHigh = at;
    }
    return {
      raised,
      over: this.#standDown(at, raised, short < bar / 2),
      expected: Math.max(0, (usual / 2) ** 2 - 3 / 8),
      strength: short,
      bar,
    };
  }

  /** How many spreads the sum of these deviations lies above nothing; learns the spread from it, extremes cut off. */
  #against(which: 0 | 1, deviations: readonly number[]): number {
    const mean = deviations.reduce((sum, d) => sum + d, 0) / Math.sqrt(deviations.length);
    const spread = Math.sqrt(this.#spread[which]);
    const z = mean / spread;
    const counted = Math.max(-CUT, Math.min(CUT, z)) * spread;
    const pace = this.#seen < DAY_OF_INTERVALS ? 1 / Math.max(20, this.#seen) : 1 / (DAY_OF_INTERVALS * SPREAD_DAYS);
    this.#spread[which] = Math.max(
      LEAST_SPREAD,
      this.#spread[which] + pace * (counted * counted - this.#spread[which]),
    );
    return z;
  }

  #learn(hour: number, deviation: number): void {
    const counted = Math.max(-CUT, Math.min(CUT, deviation));
    this.#level += counted * Math.max(1 / (DAY_OF_INTERVALS * LEVEL_DAYS), 1 / (this.#seen + 1));
    const seen = this.#profileSeen[hour]!;
    const wide = seen < PROFILE_OPEN ? Math.max(-CUT_AT_FIRST, Math.min(CUT_AT_FIRST, deviation)) : counted;
    this.#profile[hour]! += wide / Math.max(PROFILE_TRUSTED, Math.min(PROFILE_PACE, seen));
    this.#profileSeen[hour] = seen + 1;
  }

  /** True once, when a rise that was raised has been calm for CALM. */
  #standDown(at: Instant, raised: boolean, calm: boolean): boolean {
    if (raised) this.#lasting = true;
    if (!this.#lasting || !calm) {
      this.#calmSince = null;
      return false;
    }
    this.#calmSince ??= at;
    if (at - this.#calmSince < CALM) return false;
    this.#lasting = false;
    this.#calmSince = null;
    return true;
  }
}

/** What a detector knows, as JSON. */
export interface DetectorState {
  seen: number;
  level: number;
  profile: number[];
  profileSeen: number[];
  past: number[];
  spread: [number, number];
  peak: number;
  at: Instant | null;
  lastHigh: Instant | null;
  height: number;
  lasting: boolean;
  calmSince: Instant | null;
}

/** What one interval tells. */
export interface Reading {
  /** An alarm begins here: a lasting rise raises one only. */
  raised: boolean;
  /** A rise that was raised has ended. */
  over: boolean;
  /** Posts that are usual in an interval of this hour. */
  expected: number;
  /** Spreads of the series above the usual, over the last quarter of an hour. */
  strength: number;
  /** The strength that raises an alarm now. */
  bar: number;
}

const HOURS = 24;
const HOUR = 3_600_000;
const DAY = HOURS * HOUR;
/** Length of an interval in milliseconds. */
export const INTERVAL = 300_000;
const DAY_OF_INTERVALS = DAY / INTERVAL;
/** Intervals of the two spans: a quarter of an hour and an hour. */
const SHORT = 3;
const LONG = 12;
/** Spreads above the usual that are out of the ordinary over the short and the long span. */
export const LEAST = 4.75;
const LEAST_LONG = 2;
const PART_OF_PEAK = 0.85;
const PEAK_HALF_LIFE = 3.5 * DAY;
/** A rise that comes again sooner than this after the last high count is the same one. */
const QUIET = 18 * HOUR;
/** … unless it is so many times as strong. */
const STRONGER = 2;
/** A rise is over after so long below half of the bar (three hours: operations, §5). */
const CALM = 3 * HOUR;
/** Two days are learnt before anything is raised. */
const WARM_UP = 2 * DAY_OF_INTERVALS;
/** The first leaps of a series nobody knows yet are none. */
const UNSETTLED = 50;
/** Deviations are learnt from up to so many spreads, that a crisis does not become the usual. */
const CUT = 3;
/** … but from more on the first three days of an hour's profile: many brands are silent at night. */
const CUT_AT_FIRST = 9;
const PROFILE_OPEN = 36;
const LEAST_SPREAD = 0.3;
const SPREAD_DAYS = 5;
const LEVEL_DAYS = 4;
/** Of one interval's deviation the profile takes this part, more of it at first; it is trusted wholly after two hours of its hour. */
const PROFILE_PACE = 168;
const PROFILE_TRUSTED = 24;
