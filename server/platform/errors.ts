/** Every problem the API can answer with; the same list, in the same words, stands in docs/errors.md (a test compares them). */
export const errorCodes = {
  "invalid-request": { status: 400, title: "The request does not have the shape this address takes" },
  "no-such-subject": { status: 400, title: "There is nobody here to give this right to" },
  "no-such-scope": { status: 400, title: "There is no such queue, brand or team to give a right for" },
  "scope-does-not-fit": { status: 400, title: "This right cannot be given for such a place" },
  "invalid-json": { status: 400, title: "The body is not readable JSON" },
  "sign-in-required": { status: 401, title: "Sign in first" },
  "wrong-credentials": { status: 401, title: "E-mail or password is wrong" },
  "chat-identity-refused": { status: 401, title: "The host site's word about who this is was not taken" },
  "chat-token-refused": { status: 401, title: "This visit of the chat has ended" },
  "bad-signature": { status: 401, title: "The signature does not fit the bytes" },
  "not-permitted": { status: 403, title: "Your rights do not cover this" },
  "bad-csrf-token": { status: 403, title: "The request did not come from the desk's own page" },
  "chat-consent-needed": { status: 403, title: "The visitor has not agreed to the chat's notice" },
  "not-found": { status: 404, title: "There is nothing here that you may see" },
  "method-not-allowed": { status: 405, title: "This address does not take that method" },
  "version-conflict": { status: 409, title: "It was changed by somebody else meanwhile" },
  "command-reused": { status: 409, title: "This command id was used for another request" },
  "not-now": { status: 409, title: "The present state does not allow this" },
  "too-large": { status: 413, title: "The body is too large" },
  "unsupported-media-type": { status: 415, title: "The body has to be application/json" },
  "file-refused": { status: 422, title: "This file is not taken" },
  "approval-needed": { status: 422, title: "Somebody else has to pass this reply first" },
  "reason-needed": { status: 422, title: "It needs a reason first, or another one" },
  "query-refused": { status: 422, title: "The listening query cannot be asked" },
  "preflight-refused": { status: 422, title: "The reply may not leave as it stands" },
  "voice-held": { status: 422, title: "The reply is held by the brand's voice" },
  "channel-refused": { status: 422, title: "The network did not take what was given" },
  "too-many-requests": { status: 429, title: "Too many requests" },
  "not-ready": { status: 503, title: "The server is starting or a part of it is down" },
  overloaded: { status: 503, title: "The input could not be made durable in time" },
  internal: { status: 500, title: "Something broke on our side" },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** A failure that the edge turns into problem details (RFC 9457). `detail` is safe to show: it names no secret and no row of others. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly extra: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    code: ErrorCode,
    detail: string,
    extra: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.name = "AppError";
    this.code = code;
    this.extra = extra;
    this.headers = headers;
  }
  get status(): number {
    return errorCodes[this.code].status;
  }
}

export const notFound = (what: string): AppError =>
  new AppError("not-found", `There is no ${what} here that you may see.`);
export const notPermitted = (what: string): AppError =>
  new AppError("not-permitted", `You may not ${what}. Ask who manages rights.`);
/** 409 with the present state, so that the caller can show what changed. */
export const conflict = (what: string, present: unknown): AppError =>
  new AppError("version-conflict", `The ${what} changed meanwhile. Look at the present state and try again.`, {
    present,
  });
export const notNow = (detail: string, extra: Readonly<Record<string, unknown>> = {}): AppError =>
  new AppError("not-now", detail, extra);

/** Ends the program at start: one sentence for the operator and an exit code (docs/errors.md, "At start"). */
export class StartError extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode: number) {
    super(message);
    this.name = "StartError";
    this.exitCode = exitCode;
  }
}
export const exitCodes = {
  "port-taken": 10,
  "data-folder": 11,
  "disk-full": 12,
  "database-newer": 13,
  "database-unreachable": 14,
  "database-refused": 15,
  "runtime-missing": 16,
  "install-failed": 17,
  "build-failed": 18,
  "already-running": 19,
  "cannot-run-postgres": 20,
  "blob-store": 21,
  "backup-unusable": 22,
  "not-empty": 23,
  "wrong-key": 24,
  "virus-scanner": 25,
} as const;
