import { useKeyRing } from "#modules/company";
import { reader as listening } from "#modules/listening";
import { type Clock, type Millis, SECOND } from "#platform/clock";
import { type Database, sql } from "#platform/db";
import { type RunningReaders, runReaders } from "#platform/journal/run-readers";
import { type Sequencer, startSequencer } from "#platform/journal/sequencer";
import type { Log } from "#platform/log";
import { readers } from "../modules.ts";
import { inBulk } from "./in-bulk.ts";
import { type ReaderThread, startListeningThread } from "./reader-thread.ts";

/**
 * Readers for an import while no server runs on the database: begun when nobody leads the journal, now or (a server that stops in the
 * middle) later. Where a server runs, its own readers do the work.
 */
export class StandIn {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #key: () => Uint8Array;
  #sequencer: Sequencer | null = null;
  #readers: RunningReaders | null = null;
  #thread: ReaderThread | null = null;
  /** Reads what the thread should have read, when that has failed. */
  #instead: RunningReaders | null = null;
  #looked = 0;

  constructor(db: Database, clock: Clock, log: Log, key: () => Uint8Array) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
    this.#key = key;
  }

  get works(): boolean {
    return this.#readers !== null;
  }

  async look(): Promise<void> {
    if (this.#readers || this.#clock.now() - this.#looked < SECOND) return;
    this.#looked = this.#clock.now();
    if (await this.#isLed()) return;
    const key = this.#key();
    useKeyRing(key);
    let wake = () => {};
    this.#sequencer = startSequencer(this.#db, this.#clock, this.#log, `import ${process.pid}`, () => wake());
    const here = readers.filter((r) => r.name !== listening.name).map(inBulk);
    this.#readers = runReaders(this.#db, here, this.#clock, this.#log);
    this.#thread = startListeningThread(
      { address: this.#db.address, logLevel: this.#log.level, key: Uint8Array.from(key) },
      (error) => {
        this.#log.warn({ err: error }, "import: labels without a thread of its own");
        this.#instead = runReaders(this.#db, [inBulk(listening)], this.#clock, this.#log);
      },
    );
    wake = () => {
      this.#readers?.wake();
      this.#instead?.wake();
    };
  }

  /** A named statement of the system role: whether a living process numbers the journal. */
  async #isLed(): Promise<boolean> {
    const found = await this.#db.asSystem((trx) =>
      sql`select 1 from lease where name = 'sequencer' and expires_at > ${new Date(this.#clock.now())}`.execute(trx),
    );
    return found.rows.length > 0;
  }

  /** What the import wrote last is read, too. */
  async settled(): Promise<void> {
    if (!this.#readers) return;
    do await this.#allSettled();
    while (((await this.#sequencer?.drain()) ?? 0) > 0);
    await this.#allSettled();
  }

  async #allSettled(): Promise<void> {
    await this.#thread?.settled();
    await this.#instead?.settled();
    await this.#readers?.settled();
  }

  async close(): Promise<void> {
    await this.#thread?.close();
    await this.#instead?.close();
    await this.#readers?.close();
    await this.#sequencer?.close();
  }

  async wait(ms: Millis): Promise<void> {
    await this.look();
    await new Promise((done) => setTimeout(done, ms));
  }
}
