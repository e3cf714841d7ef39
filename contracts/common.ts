import { z } from "zod";

/** A UUID in lower case. */
export const id = z.uuid().describe("UUID");
/** RFC 3339 in UTC with milliseconds. */
export const instant = z.iso.datetime({ precision: 3 }).describe("RFC 3339, UTC, milliseconds");
/** The version the caller last saw of the thing it changes; another one is answered with 409 and the present state. */
export const expectedVersion = z.int().min(1).max(2_147_483_647);
export const locale = z.string().min(2).max(35);

/** Why a field is not taken, by the rule it breaks. Others have only their sentence. */
export const faultCode = z.enum([
  ...(["required", "wrong-type", "wrong-format", "not-among", "unknown-field", "not-valid"] as const),
  ...(["too-short", "too-long", "too-few", "too-many", "too-small", "too-large", "not-a-multiple"] as const),
  ...(["no-whole-number", "no-email", "no-address", "no-date", "no-time"] as const),
]);
export type FaultCode = z.infer<typeof faultCode>;
/**
 * One fault of what was sent. `code` with `params` says the same as `message` to whoever has words of his own for it: `limit` (the
 * least or the most, or a step), `expected` (a type), `options`, `fields`. Preflight, the brand's voice and listening
 * queries (`sign`: which one of them, from 1) give codes of their findings.
 */
export const fieldFault = z.object({
  path: z.string(),
  message: z.string(),
  code: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldFault = z.infer<typeof fieldFault>;

/** RFC 9457 problem details; `code` is one of docs/errors.md. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  traceId: z.string().optional(),
  errors: z.array(fieldFault).optional(),
  present: z.unknown().optional(),
});
export type Problem = z.infer<typeof problem>;

/** Keyset paging: `next` is opaque; null at the end. */
export const cursor = z.string().max(400).optional();
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
export const done = z.object({ ok: z.literal(true) });
