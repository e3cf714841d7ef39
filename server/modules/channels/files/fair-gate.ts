/** Of one account's waiting jobs the smallest goes first, but none is passed over more often than this. */
export const MOST_PASSES = 8;

/** What a job takes of the gate while it runs (`cost`), and how much of the shared time it is reckoned to take (`weight`). */
export interface Load {
  cost: number;
  weight: number;
}
export interface FairGate {
  /** Runs when it is its account's turn and there is room. */
  run<T>(account: string, load: Load, job: () => Promise<T>): Promise<T>;
  /** Jobs that wait now. */
  waiting(): number;
}
interface Waiting extends Load {
  go: () => void;
  passed: number;
}

/**
 * A gate with room for `capacity` that no account can keep from the others: whoever had the least (by weight, since it began to wait)
 * is next, however much others have waiting. `each`: of the capacity one account may hold at once.
 */
export function createFairGate({ capacity, each = capacity }: { capacity: number; each?: number }): FairGate {
  const waiting = new Map<string, Waiting[]>();
  const held = new Map<string, number>();
  const had = new Map<string, number>();
  let room = capacity;
  let level = 0;

  const takes = (cost: number) => Math.min(cost, each, capacity);
  const hasRoom = (account: string, { cost }: Load) => {
    const own = held.get(account) ?? 0;
    return takes(cost) <= room && own + takes(cost) <= each;
  };

  /** Accounts in their turn. One that cannot go on for its own share holds up nobody; one that waits for the common room does. */
  function next(): [account: string, job: Waiting] | null {
    const turns = [...waiting.keys()].sort((a, b) => had.get(a)! - had.get(b)!);
    for (const account of turns) {
      const own = waiting.get(account)!;
      const job = own.find((one) => one.passed >= MOST_PASSES) ?? own.reduce((a, b) => (b.weight < a.weight ? b : a));
      if (hasRoom(account, job)) return [account, job];
      if ((held.get(account) ?? 0) + takes(job.cost) <= each) return null;
    }
    return null;
  }

  function admit(): void {
    for (let found = next(); found; found = next()) {
      const [account, job] = found;
      const own = waiting.get(account)!;
      for (const earlier of own.slice(0, own.indexOf(job))) earlier.passed += 1;
      own.splice(own.indexOf(job), 1);
      if (own.length === 0) waiting.delete(account);
      level = Math.max(level, had.get(account)!);
      had.set(account, had.get(account)! + job.weight);
      held.set(account, (held.get(account) ?? 0) + takes(job.cost));
      room -= takes(job.cost);
      job.go();
    }
  }

  function leave(account: string, cost: number): void {
    room += takes(cost);
    const left = held.get(account)! - takes(cost);
    if (left > 0) held.set(account, left);
    else held.delete(account);
    if (left <= 0 && !waiting.has(account) && had.get(account)! <= level) had.delete(account);
    if (held.size === 0 && waiting.size === 0) {
      had.clear();
      level = 0;
    }
    admit();
  }

  return {
    async run(account, load, job) {
      await new Promise<void>((go) => {
        // Whoever had not waited begins where the others stand: rest is not saved up.
        had.set(account, Math.max(had.get(account) ?? 0, level));
        const own = waiting.get(account) ?? [];
        waiting.set(account, own);
        own.push({ ...load, go, passed: 0 });
        admit();
      });
      try {
        return await job();
      } finally {
        leave(account, load.cost);
      }
    },
    waiting: () => [...waiting.values()].reduce((sum, own) => sum + own.length, 0),
  };
}
