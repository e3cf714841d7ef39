import { createHash } from "node:crypto";
import { z } from "zod";
import type { Bucket } from "./limits.ts";

export const FAULT_KINDS = [
  "webhook-duplicate",
  "webhook-delay",
  "webhook-reorder",
  "webhook-drop",
  "api-429",
  "api-503",
  "api-500-after-write",
  "api-hang",
  "api-reset-after-write",
  "api-slow",
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** Milliseconds when none are given. */
export const DEFAULT_MS: Partial<Record<FaultKind, number>> = {
  "webhook-delay": 3_000,
  "webhook-reorder": 200,
  "api-429": 1_000,
  "api-slow": 2_000,
};

export const faultInput = z.strictObject({
  kind: z.enum(FAULT_KINDS),
  rate: z.number().min(0).max(1).optional(),
  next: z.int().min(1).max(1_000_000).optional(),
  ms: z.int().min(0).max(600_000).optional(),
  company: z.string().max(40).optional(),
  on: z.enum(["write", "read", "all"]).optional(),
});
export type FaultInput = z.infer<typeof faultInput>;

export type Fault = FaultInput & { hits: number };

export type Faults = {
  seed: string;
  list: Fault[];
  /** Is this call or event hit? Counts it when so; answers the milliseconds that go with it. */
  draw(kind: FaultKind, company: string, on?: Bucket): { ms: number } | null;
  /** One of n, by the same seeded chance. */
  pick(n: number): number;
  add(fault: FaultInput): void;
  remove(kind: string): boolean;
  replace(seed: string, faults: FaultInput[]): void;
};

/** Faults that are switched on. Chance is drawn from the seed, per kind, so that one kind does not disturb another. */
export function createFaults(seed = "1"): Faults {
  const draws = new Map<string, () => number>();
  function chance(kind: string): number {
    const next = draws.get(kind) ?? randomFrom(`${faults.seed} ${kind}`);
    draws.set(kind, next);
    return next();
  }
  const faults: Faults = {
    seed,
    list: [],
    draw(kind, company, on) {
      for (const fault of faults.list) {
        if (fault.kind !== kind || (fault.company && fault.company !== company)) continue;
        const scope = fault.on ?? "write";
        if (on && scope !== "all" && scope !== on) continue;
        if (fault.next !== undefined) {
          fault.next--;
          if (fault.next <= 0) faults.list = faults.list.filter((f) => f !== fault);
        } else if (chance(kind) >= (fault.rate ?? 1)) continue;
        fault.hits++;
        return { ms: fault.ms ?? DEFAULT_MS[kind] ?? 0 };
      }
      return null;
    },
    pick: (n) => Math.floor(chance("pick") * n),
    add(fault) {
      const company = fault.company?.replace(/^@/, "").toLowerCase();
      const list = faults.list.filter((f) => f.kind !== fault.kind || f.company !== company);
      faults.list = [...list, { ...fault, company, hits: 0 }];
    },
    remove(kind) {
      const before = faults.list.length;
      faults.list = faults.list.filter((f) => f.kind !== kind);
      return faults.list.length < before;
    },
    replace(newSeed, list) {
      faults.seed = newSeed;
      faults.list = [];
      draws.clear();
      for (const fault of list) faults.add(fault);
    },
  };
  return faults;
}

/** Mulberry32: small, fast and good enough to choose whom to hit. */
function randomFrom(seed: string): () => number {
  let a = createHash("sha256").update(seed).digest().readUInt32LE(0);
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
