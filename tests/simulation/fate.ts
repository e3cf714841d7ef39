import { type Random, seeded } from "../../scenarios/random.ts";

/** Where something may go wrong: around a transaction and around a call of the network. */
export type Crossing = "begin" | "commit" | "committed" | "call" | "answered";
export type Verdict = "go" | "fail" | "crash";

/** How often a crossing fails and how often it kills the process, 0 to 1. */
export interface Weather {
  fail: number;
  crash: number;
}
export const CALM: Weather = { fail: 0, crash: 0 };

/** What ends a transaction at its last step: rolled back, as when the process or the line dies there. */
export class Cut extends Error {
  readonly verdict: Verdict;
  constructor(verdict: Verdict) {
    super("cut");
    this.verdict = verdict;
  }
}

/**
 * One life of the simulated process. After its death nothing it awaits ever ends, as with kill -9: no handler runs, nothing is
 * tidied up.
 */
export class Life {
  dead = false;
  readonly died: Promise<void>;
  #tell!: () => void;
  constructor() {
    this.died = new Promise((resolve) => {
      this.#tell = resolve;
    });
  }
  die(): void {
    this.dead = true;
    this.#tell();
  }
}

export const NEVER = new Promise<never>(() => {});

/** Decides by seed what happens at each crossing, and lets one seam at a time through: the order is the same in every run. */
export class Fate {
  weather = CALM;
  readonly counts = { crossings: 0, failures: 0, crashes: 0 };
  readonly #random: Random;
  #last: Promise<unknown> = Promise.resolve();

  constructor(seed: string) {
    this.#random = seeded(`${seed} fate`);
  }

  cross(life: Life, _where: Crossing): Verdict {
    this.counts.crossings++;
    if (life.dead) return "crash";
    if (this.weather === CALM) return "go";
    const drawn = this.#random.next();
    if (drawn < this.weather.crash) {
      this.counts.crashes++;
      life.die();
      return "crash";
    }
    if (drawn < this.weather.crash + this.weather.fail) {
      this.counts.failures++;
      return "fail";
    }
    return "go";
  }

  /** From 0 up to 1, for seams that choose among ways to fail. */
  draw(): number {
    return this.#random.next();
  }

  /** Runs after all that asked before. */
  inTurn<T>(run: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(run);
    this.#last = mine.catch(() => {});
    return mine;
  }
}
