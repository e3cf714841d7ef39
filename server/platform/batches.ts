/** What came of one of many: each has its own. */
export type Settled<R> = { readonly ok: true; readonly value: R } | { readonly ok: false; readonly error: unknown };

interface Asking<T, R> {
  readonly one: T;
  resolve(value: R): void;
  reject(error: unknown): void;
}

/**
 * What is asked for while the same is being done is done together next: by a key one batch after the other, in the order of asking, of `most`
 * at a time. `run` answers for each; when it throws, nothing of the batch stands, and each is done again by itself, so that nobody fails
 * for what another has asked. Nobody waits for a batch to become full.
 */
export class Batches<T, R> {
  readonly #lines = new Map<string, Asking<T, R>[]>();
  readonly #run: (key: string, all: readonly T[]) => Promise<readonly Settled<R>[]>;
  readonly #most: number;
  constructor(run: (key: string, all: readonly T[]) => Promise<readonly Settled<R>[]>, most = 32) {
    this.#run = run;
    this.#most = most;
  }
  /** Keys under which something is being done. */
  get size(): number {
    return this.#lines.size;
  }
  ask(key: string, one: T): Promise<R> {
    const { promise, resolve, reject } = Promise.withResolvers<R>();
    const line = this.#lines.get(key);
    if (line) line.push({ one, resolve, reject });
    else {
      const made = [{ one, resolve, reject }];
      this.#lines.set(key, made);
      void this.#work(key, made);
    }
    return promise;
  }

  async #work(key: string, line: Asking<T, R>[]): Promise<void> {
    while (line.length > 0) {
      // Who asks at this same moment, or anew after an answer, comes along.
      await new Promise((turn) => setImmediate(turn));
      await this.#together(key, line.splice(0, this.#most));
    }
    this.#lines.delete(key);
  }

  async #together(key: string, batch: readonly Asking<T, R>[]): Promise<void> {
    try {
      const all = await this.#run(
        key,
        batch.map(({ one }) => one),
      );
      for (const [n, { resolve, reject }] of batch.entries()) {
        const settled = all[n];
        if (settled?.ok) resolve(settled.value);
        else reject(settled ? settled.error : new Error("A batch has left one of its own without an answer."));
      }
    } catch (error) {
      if (batch.length === 1) batch[0]?.reject(error);
      else await Promise.all(batch.map((asking) => this.#together(key, [asking])));
    }
  }
}
