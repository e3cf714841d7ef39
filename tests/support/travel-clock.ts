import type { Clock, Instant, Millis } from "../../server/platform/clock.ts";

/** A clock that runs, and jumps ahead when told: three minutes pass in no time. Desk and playground share one. */
export class TravelClock implements Clock {
  readonly #start: Instant;
  readonly #began = performance.now();
  #jumped = 0;
  constructor(start: Instant) {
    this.#start = start;
  }
  now(): Instant {
    return Math.floor(this.#start + this.#jumped + performance.now() - this.#began);
  }
  jump(by: Millis): void {
    this.#jumped += by;
  }
}
