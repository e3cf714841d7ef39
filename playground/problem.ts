import { type Refusal, type RefusalCode, STATUS_OF } from "./domain/refusal.ts";

/** A refusal on its way to the HTTP edge. */
export class Problem extends Error {
  readonly code: RefusalCode;
  readonly status: number;
  readonly extra: Record<string, unknown>;
  constructor(code: RefusalCode, detail: string, extra: Record<string, unknown> = {}) {
    super(detail);
    this.code = code;
    this.status = STATUS_OF[code];
    this.extra = extra;
  }
}

/** The good outcome, or the refusal thrown. */
export function must<T extends { ok: true }>(outcome: T | Refusal): T {
  if (outcome.ok) return outcome;
  throw new Problem(outcome.code, outcome.detail, outcome.extra);
}
