/** Every code the network answers with, and its HTTP status. API.md §2 explains each. */
export const STATUS_OF = {
  "bad-request": 400,
  unauthorized: 401,
  "token-expired": 401,
  forbidden: 403,
  "scope-missing": 403,
  "dm-not-allowed": 403,
  "private-reply-used": 403,
  "private-reply-expired": 403,
  "not-found": 404,
  "handle-taken": 409,
  "stale-revision": 409,
  "cursor-ahead": 409,
  deleted: 410,
  "body-too-large": 413,
  "unsupported-media-type": 415,
  validation: 422,
  "text-invalid": 422,
  "text-too-long": 422,
  "text-empty": 422,
  "idempotency-mismatch": 422,
  "webhook-url-refused": 422,
  "rate-limited": 429,
  "server-error": 500,
  unavailable: 503,
} as const;

export type RefusalCode = keyof typeof STATUS_OF;

export type Refusal = { ok: false; code: RefusalCode; detail: string; extra?: Record<string, unknown> };

export function refuse(code: RefusalCode, detail: string, extra?: Record<string, unknown>): Refusal {
  return { ok: false, code, detail, extra };
}
