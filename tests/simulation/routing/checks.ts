/** The invariants of operations.md §1.3, and what each of them looks at. */
export const invariants = {
  "R1 one owner": "decisions that give an item to somebody",
  "R1 one open item of a conversation": "items that came in",
  "R2 capacity": "times an agent carried more after a decision than before",
  "R3 exclusive work": "decisions beside or for exclusive work",
  "R3 held beside a call": "items beside a call",
  "R4 work conservation": "pairs of waiting work and an agent who is here, when nothing moves any more",
  "R5 no inversion": "items that waited beside one that was handed out",
  "R6 place is kept": "acts on items whose clock ran",
  "R7 nothing is lost": "looks at all items",
  "R7 done is final": "items that ended",
  "R8 turns": "overload turns that passed somebody over",
  "R8 urgent in time": "overload turns that urgent work had because it neared its due time",
  "R8 bound": "overload turns that went to what waited two and a half targets",
  "R8 in time first": "overload turns that went to what could still be in time",
  "R8 lateness": "overload turns that went to the latest of those that are late",
  "R8 crowds": "items of an author or text that waits behind",
  "R9 hard needs": "needs of items handed out",
  "R9 rings": "items handed out after a ring opened",
  "R10 determinism": "decisions told twice",
  "R11 idempotence": "clicks that came again, late or from another",
  "R12 fold": "items held against the sum of their decisions",
  "R12 crash": "decisions told by a process that never died",
  "R12 nothing outlives its time": "offers, snoozes and wrap-ups that stand",
  "R13 presence": "offers, with whom they are",
  "R13 who leaves": "items of an agent who left",
  "R13 conflict": "items that somebody must not have",
  "R14 wake-up": "agents whose parked work woke in bulk",
  "R15 sticky hold": "holds",
  "R16 business time": "due times",
  "R16 opening": "items handed out or kept in queues with hours",
  "R17 decline cycle": "offers of an item that was declined",
  "R17 all have declined": "declines forgotten because everybody declined",
  "R18 reasons": "decisions",
  "R18 scores": "offers, chosen anew from what is recorded",
} as const;
export type Check = keyof typeof invariants;

/** Counts how often each invariant had something to look at, and keeps the first fault of each. */
export class Checks {
  readonly cases = new Map<Check, number>();
  readonly faults = new Map<Check, string>();
  looked(check: Check, n = 1): void {
    this.cases.set(check, (this.cases.get(check) ?? 0) + n);
  }
  fault(check: Check, text: string): void {
    if (!this.faults.has(check)) this.faults.set(check, text);
  }
  /** One look that has to come out true. The text is made only when it does not. */
  expect(check: Check, holds: boolean, text: () => string): void {
    this.cases.set(check, (this.cases.get(check) ?? 0) + 1);
    if (!holds) this.fault(check, text());
  }
  add(other: Checks): void {
    for (const [check, n] of other.cases) this.looked(check, n);
    for (const [check, text] of other.faults) this.fault(check, text);
  }
  /** `R5` for a fault of any of its checks. */
  broken(): Set<string> {
    return new Set([...this.faults.keys()].map((check) => check.split(" ")[0] as string));
  }
}
