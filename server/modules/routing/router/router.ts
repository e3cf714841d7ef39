import { type Clock, type Instant, type Millis, SECOND } from "#platform/clock";
import type { Database, Tx } from "#platform/db";
import type { AccountId } from "#platform/ids";
import { Mirror } from "../mirror/mirror.ts";
import { type Begun, beginRouting, endLease, leaseOf } from "../store/step-store.ts";
import { NotTheRouter } from "./not-the-router.ts";

/** So long a process leads after its last act; the acts renew it themselves. A killed one is replaced in less than ten seconds. */
export const LEASE: Millis = 6 * SECOND;
/** A process that stops in the middle of an act is cut off by PostgreSQL after so long: it would keep the lock. */
const STALL: Millis = 20 * SECOND;
/** Accounts of which a process keeps a picture. With 0 each act reads everything anew: nothing but the speed may differ. */
export const pictures = { most: 100 };
/** Accounts of which a process knows who leads. */
const LEADS = 10_000;

/**
 * What a process is to routing. `alone`: nobody told it (a tool, a test): it serves where nobody leads, and never leads. `desk`: it has
 * no readers; its verbs decide their own item only, and whoever leads serves after them.
 */
export interface RouterRole {
  readonly is: "router" | "desk" | "alone";
  /** The name under which it leads. */
  readonly holder: string;
  readonly stallMs?: Millis;
}

interface Lead {
  readonly holder: string | null;
  readonly until: Instant;
}
/** What a process remembers of routing, for each database it has open. */
interface Memory {
  role: RouterRole;
  readonly leads: Map<AccountId, Lead>;
  readonly mirrors: Map<AccountId, Mirror>;
}
const memories = new WeakMap<object, Memory>();
const ALONE: RouterRole = { is: "alone", holder: "" };

function memoryOf(home: object): Memory {
  const found = memories.get(home);
  if (found) return found;
  const made: Memory = { role: ALONE, leads: new Map(), mirrors: new Map() };
  memories.set(home, made);
  return made;
}

/** Says at the start of a server what it is to routing. `close` gives its leases back, so that others need not wait until they run out. */
export function useRouter(db: Database, clock: Clock, role: RouterRole): { close(): Promise<void> } {
  const memory = memoryOf(db.home);
  memory.role = role;
  return {
    async close() {
      if (memory.role !== role) return;
      memory.role = ALONE;
      const led = [...memory.leads].filter(([, lead]) => lead.holder === role.holder && lead.until > clock.now());
      memory.leads.clear();
      for (const [accountId] of led) await db.withAccount(accountId, (tx) => endLease(tx, role.holder)).catch(() => {});
    },
  };
}

export interface Opened {
  readonly mirror: Mirror;
  /** Is what waits served in this act? */
  readonly serves: boolean;
}

/**
 * The lock of routing, and the picture of the account as it stands under it. `leads`: refused with `NotTheRouter` unless what waits may
 * be served here (readers and timers).
 */
export async function begin(tx: Tx, leads: boolean): Promise<Opened> {
  const memory = memoryOf(tx.home);
  const { is, holder, stallMs = STALL } = memory.role;
  const asker = is === "router" ? holder : null;
  const steps = memory.mirrors.get(tx.accountId)?.steps ?? [];
  const begun = await beginRouting(tx, { asker, leaseMs: LEASE, stallMs, known: steps });
  remember(memory.leads, tx.accountId, { holder: begun.holder, until: begun.until }, LEADS);
  const free = begun.holder === null || begun.holder === asker;
  if (leads && !free) throw new NotTheRouter(begun.until);
  const serves = free && is !== "desk";
  // Who does not serve needs a few agents and no lane: a picture of its own for one act.
  return { mirror: serves ? await mirrorOf(tx, memory, begun) : new Mirror(begun), serves };
}

async function mirrorOf(tx: Tx, memory: Memory, begun: Begun): Promise<Mirror> {
  const kept = memory.mirrors.get(tx.accountId);
  if (kept && (await kept.catchUp(tx, begun))) {
    remember(memory.mirrors, tx.accountId, kept, pictures.most);
    return kept;
  }
  const made = new Mirror(begun);
  remember(memory.mirrors, tx.accountId, made, pictures.most);
  return made;
}

/** The latest are kept. */
function remember<V>(map: Map<AccountId, V>, accountId: AccountId, value: V, most: number): void {
  map.delete(accountId);
  if (most === 0) return;
  if (map.size >= most) map.delete(map.keys().next().value as AccountId);
  map.set(accountId, value);
}

/**
 * Is it this process that reads and keeps time for the account? Asked before anything is locked. Costs nothing where it leads or led
 * last, nor while it knows that another does; an account without work is never asked for.
 */
export async function isOurTurn(db: Database, accountId: AccountId, now: Instant): Promise<boolean> {
  const { role, leads } = memoryOf(db.home);
  if (role.is === "alone") return true;
  const lead = leads.get(accountId);
  if (lead?.holder === role.holder) return true;
  if (lead && lead.holder !== null && lead.until > now) return false;
  const found = await db.withAccount(accountId, (tx) => leaseOf(tx, LEASE));
  remember(leads, accountId, found, LEADS);
  return found.holder === null || found.holder === role.holder;
}
