/** A refusal is a value: `{ ok: false, why: "outside-hours" }`. `why` is a closed union at each use. */
export type Result<T, Why extends string> = ({ ok: true } & T) | { ok: false; why: Why; detail?: string };
