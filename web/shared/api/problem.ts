/**
 * How a call came to nothing. The looks differ on screen, because what the agent should do differs:
 * refused: the server said no and nothing happened · conflict: somebody was first (409, with the present state)
 * failed: the server broke, nothing happened · unknown: a command left and no answer came, it may have happened
 * offline: it never left · signed-out: the session is over
 */
export type ProblemKind = "refused" | "conflict" | "failed" | "unknown" | "offline" | "signed-out";

/** One fault in what was sent: `path` as the contract names it ("body.text"); `code` and `params` where it is of a kind the contract names. */
export type FieldFault = {
  path: string;
  message: string;
  code?: string | undefined;
  params?: Readonly<Record<string, string | number>> | undefined;
};

type ProblemDetails = {
  kind: ProblemKind;
  /** RFC 9457 `type`. */
  type: string;
  title: string;
  status: number;
  /** Stable code of docs/errors.md. */
  code: string;
  detail?: string;
  errors?: readonly FieldFault[];
  /** With 409: the thing as it stands now. */
  present?: unknown;
  /** Seconds until another try is taken (429, 503). */
  retryAfter?: number;
  /** To be named when asking for help. */
  traceId?: string;
};

/** An RFC 9457 problem, thrown by the API client. Its words come from the server and are meant to be read by people. */
export class Problem extends Error {
  readonly kind: ProblemKind;
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly errors: readonly FieldFault[];
  readonly present: unknown;
  readonly retryAfter: number | undefined;
  readonly traceId: string | undefined;

  constructor(details: ProblemDetails) {
    super(details.detail ?? details.title);
    this.name = "Problem";
    this.kind = details.kind;
    this.type = details.type;
    this.title = details.title;
    this.status = details.status;
    this.code = details.code;
    this.detail = details.detail;
    this.errors = details.errors ?? [];
    this.present = details.present;
    this.retryAfter = details.retryAfter;
    this.traceId = details.traceId;
  }

  /** The fault of one field; `sayFault` has words for it. */
  faultOf(path: string): FieldFault | undefined {
    return this.errors.find((fault) => fault.path === path || fault.path === `body.${path}`);
  }
}

export function kindOf(status: number): ProblemKind {
  if (status === 401) return "signed-out";
  if (status === 409) return "conflict";
  return status >= 500 ? "failed" : "refused";
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

function faults(value: unknown): FieldFault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((fault) => {
    const path = text(fault?.path) ?? text(fault?.pointer) ?? (Array.isArray(fault?.path) ? fault.path.join(".") : "");
    const message = text(fault?.message) ?? text(fault?.detail);
    const [code, params] = [text(fault?.code), fault?.params];
    const more = { ...(code && { code }), ...(params && typeof params === "object" && { params }) };
    return message ? [{ path: path.replace(/^[/#]+/, "").replaceAll("/", "."), message, ...more }] : [];
  });
}

/** Reads whatever came with a status of 400 and more; a proxy's HTML page is a problem too. */
export function readProblem(status: number, body: unknown, retryAfterHeader: string | null = null): Problem {
  const said = (typeof body === "object" && body !== null ? body : {}) as Record<string, unknown>;
  const seconds = Number(retryAfterHeader ?? said.retryAfter ?? Number.NaN);
  return new Problem({
    kind: kindOf(status),
    type: text(said.type) ?? "about:blank",
    title: text(said.title) ?? `The server answered ${status}.`,
    status,
    code: text(said.code) ?? `http-${status}`,
    detail: text(said.detail),
    errors: faults(said.errors),
    present: said.present,
    retryAfter: Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds) : undefined,
    traceId: text(said.traceId),
  });
}

/** No answer came. A read never left a trace; a command may have, and then nobody knows; else it was not sent. */
export function noAnswer(command: boolean, browserOnline: boolean): Problem {
  const left = command && browserOnline;
  return new Problem({
    kind: left ? "unknown" : "offline",
    type: "about:blank",
    title: left ? "No answer came." : "No connection to the server.",
    status: 0,
    code: left ? "outcome-unknown" : command ? "offline" : "not-read",
  });
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem;
}

/** Anything thrown, as a problem: what is not one is a fault of ours. */
export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  return new Problem({
    kind: "failed",
    type: "about:blank",
    title: "This page has a fault.",
    status: 0,
    code: "page-fault",
    detail: error instanceof Error ? error.message : undefined,
  });
}
