import { isMainThread, Worker } from "node:worker_threads";
import type { Millis } from "#platform/clock";
import type { HeardPost, Hit, MonitorQuery, Trial } from "../domain/matching/books.ts";
import { type Answer, createDesk, type Packed, pack, type Question, type TrialAnswer } from "./matching-desk.ts";

/** So many questions are with the thread at a time; who asks more waits, and whoever feeds it with him. */
const AT_ONCE = 4;
/** A batch takes milliseconds; a thread that says nothing for so long is ended and begun anew. */
const SILENCE: Millis = 30_000;
/** A question that ended so many threads is given up. */
const TRIES = 3;

/** All monitors of all accounts in one thread. */
export interface Lane {
  /** Makes what the thread knows of an account that of this list; what has not changed costs nothing. */
  know(accountId: string, stamp: number, monitors: readonly MonitorQuery[]): void;
  /** Under which stamp an account is known; undefined: not at all. */
  stampOf(accountId: string): number | undefined;
  /** Ids of the monitors that want each post; what none wants is remembered for trials. */
  wanted(accountId: string, posts: readonly HeardPost[]): Promise<string[][]>;
  hits(accountId: string, posts: readonly HeardPost[]): Promise<Hit[][]>;
  try(accountId: string, brandId: string | null, posts: readonly HeardPost[], trial: Trial): Promise<TrialAnswer>;
  /** Threads begun so far. */
  readonly begun: number;
  close(): Promise<void>;
}

interface Pending {
  /** Made anew for each thread: the bytes move over and are not here any more. */
  readonly question: (n: number) => Question;
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
  tries: number;
}

/** `thread`: where the matching runs; false: here (inside of another thread). */
export function createLane(options: { thread?: boolean; silenceMs?: Millis; entry?: URL } = {}): Lane {
  const { thread = isMainThread, silenceMs = SILENCE } = options;
  const entry = options.entry ?? new URL("./matching-thread.ts", import.meta.url);
  const known = new Map<string, { stamp: number; monitors: Map<string, MonitorQuery> }>();
  const asked = new Map<number, Pending>();
  const waiting: Pending[] = [];
  let worker: Worker | null = null;
  let here: ReturnType<typeof createDesk> | null = null;
  let watch: NodeJS.Timeout | undefined;
  let next = 0;
  let begun = 0;

  function tell(question: Question): void {
    if (!thread) {
      here ??= createDesk();
      const answer = here(question);
      // In its turn, as from a thread.
      if (answer) queueMicrotask(() => hear(answer));
      return;
    }
    worker ??= begin();
    worker.postMessage(question, "posts" in question ? [question.posts.buffer] : []);
  }

  function begin(): Worker {
    begun++;
    const made = new Worker(entry);
    made.unref();
    made.on("message", hear);
    const over = (error?: unknown) => {
      if (worker === made) ended(error instanceof Error ? error : new Error("The matching thread ended."));
    };
    made.on("error", over).on("exit", over);
    // It starts with what its forerunner knew.
    for (const [account, { monitors }] of known)
      made.postMessage({ ask: "put", account, monitors: [...monitors.values()], gone: [] } satisfies Question);
    return made;
  }

  /** The thread is gone: what it was asked is asked again, in the same order. It answers in turn, so the first is who ended it. */
  function ended(error: Error): void {
    void worker?.terminate();
    worker = null;
    const again = [...asked.values()];
    asked.clear();
    const [first] = again;
    if (first && ++first.tries >= TRIES) {
      again.shift();
      first.reject(new Error(`The matching thread failed ${TRIES} times: ${error.message}`));
    }
    waiting.unshift(...again);
    pump();
  }

  function pump(): void {
    while (asked.size < AT_ONCE && waiting.length > 0) {
      const one = waiting.shift() as Pending;
      const n = ++next;
      asked.set(n, one);
      tell(one.question(n));
    }
    clearTimeout(watch);
    if (asked.size === 0) {
      worker?.unref();
      return;
    }
    // Whoever waits for an answer keeps the process alive.
    worker?.ref();
    if (thread) watch = setTimeout(() => ended(new Error("it said nothing")), silenceMs).unref();
  }

  function hear(answer: Answer): void {
    const one = asked.get(answer.n);
    if (!one) return;
    asked.delete(answer.n);
    if (answer.ok) one.resolve(answer.is as never);
    else one.reject(new Error(`The monitors could not be asked: ${answer.why}`));
    pump();
  }

  function ask<T>(question: (n: number) => Question): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      waiting.push({ question, resolve: resolve as (value: never) => void, reject, tries: 0 });
      pump();
    });
  }

  const empty = (account: string) => (known.get(account)?.monitors.size ?? 0) === 0;
  const posted = (posts: readonly HeardPost[]): (() => Packed) => {
    // Packed for the first asking at once: what is handed in may be changed by its owner.
    let first: Packed | null = pack(posts);
    const copy = [...posts];
    return () => {
      const bytes = first ?? pack(copy);
      first = null;
      return bytes;
    };
  };

  return {
    know(account, stamp, monitors) {
      const before = known.get(account)?.monitors ?? new Map<string, MonitorQuery>();
      const after = new Map(monitors.map((one) => [one.id, one]));
      const fresh = monitors.filter((one) => before.get(one.id)?.version !== one.version);
      const gone = [...before.keys()].filter((id) => !after.has(id));
      // Told first: a thread that begins now must not be told twice.
      if (worker || here) {
        if (fresh.length + gone.length > 0) tell({ ask: "put", account, monitors: fresh, gone });
        known.set(account, { stamp, monitors: after });
      } else {
        known.set(account, { stamp, monitors: after });
        if (!thread && after.size > 0) tell({ ask: "put", account, monitors: fresh, gone });
      }
    },
    stampOf: (account) => known.get(account)?.stamp,
    wanted(account, posts) {
      const packed = posted(posts);
      // Also where there are no monitors yet: the first one is tried on what is heard.
      return ask((n) => ({ ask: "wanted", n, account, posts: packed() }));
    },
    async hits(account, posts) {
      if (posts.length === 0 || empty(account)) return posts.map(() => []);
      const packed = posted(posts);
      return ask((n) => ({ ask: "hits", n, account, posts: packed() }));
    },
    try(account, brandId, posts, trial) {
      const packed = posted(posts);
      return ask((n) => ({ ask: "try", n, account, brandId, posts: packed(), trial }));
    },
    get begun() {
      return begun;
    },
    async close() {
      clearTimeout(watch);
      const old = worker;
      worker = null;
      await old?.terminate();
      for (const one of [...asked.values(), ...waiting]) one.reject(new Error("The matching thread was closed."));
      asked.clear();
      waiting.length = 0;
    },
  };
}

/** The one of this process; its thread begins with the first question. */
export const lane: Lane = createLane();
