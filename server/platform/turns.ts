import type { Millis } from "./clock.ts";

/**
 * One after the other in this process, by a key, in the order of asking. A courtesy and no lock: it keeps those who would only wait for one
 * another in the database from doing so there, where each waiter costs a connection and more than the work itself. Who has waited for
 * `mostMs` goes on without a turn; what must not happen twice at a time is kept by the database.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>();
  readonly #mostMs: Millis;
  constructor(mostMs: Millis) {
    this.#mostMs = mostMs;
  }
  /** Keys for which somebody has the turn. */
  get size(): number {
    return this.#last.size;
  }
  /** Resolves when it is the caller's turn, which lasts until the answer is called. */
  async take(key: string): Promise<() => void> {
    const before = this.#last.get(key);
    const { promise: over, resolve } = Promise.withResolvers<void>();
    const all = before ? before.then(() => over) : over;
    this.#last.set(key, all);
    if (before) await this.#atMost(before);
    return () => {
      resolve();
      if (this.#last.get(key) === all) this.#last.delete(key);
    };
  }
  async #atMost(before: Promise<void>): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.#mostMs);
    await Promise.race([before, late]);
    clearTimeout(timer);
  }
}
