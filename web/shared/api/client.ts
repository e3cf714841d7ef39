import { noteServerDate } from "../time/server-time.ts";
import { readCookie } from "./cookie.ts";
import { noAnswer, Problem, readProblem } from "./problem.ts";

export type Query = Record<string, string | number | boolean | null | undefined | readonly string[]>;

export type CommandOptions = {
  /** Sent as `expectedVersion` in the body: the server answers 409 with the present state when it moved on. */
  expectedVersion?: number;
  /** The command's own id; kept by whoever may try again, so that it is done once. Made anew when absent. */
  commandId?: string;
  signal?: AbortSignal;
};

/** What the client needs from the browser; tests hand in their own. */
export type ClientParts = {
  fetch: typeof fetch;
  cookies: () => string;
  online: () => boolean;
  newId: () => string;
  now: () => number;
  wait: (ms: number) => Promise<void>;
  onSignedOut: (problem: Problem) => void;
};

export type Api = {
  get: <Answer>(path: string, query?: Query, signal?: AbortSignal) => Promise<Answer>;
  post: <Answer>(path: string, body?: object, options?: CommandOptions) => Promise<Answer>;
  put: <Answer>(path: string, body?: object, options?: CommandOptions) => Promise<Answer>;
  patch: <Answer>(path: string, body?: object, options?: CommandOptions) => Promise<Answer>;
  delete: <Answer>(path: string, body?: object, options?: CommandOptions) => Promise<Answer>;
};

/** Tries of one command under one Idempotency-Key when no answer comes or the server is not ready. */
const TRIES = 3;
const PAUSE = 400;
const NOT_READY = new Set([502, 503, 504]);

export function withQuery(path: string, query: Query = {}): string {
  const words = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) words.append(name, String(one));
  }
  const said = words.toString();
  return said ? `${path}${path.includes("?") ? "&" : "?"}${said}` : path;
}

async function readBody(response: Response): Promise<unknown> {
  if (response.status === 204) return null;
  const kind = response.headers.get("content-type") ?? "";
  if (!kind.includes("json")) return null;
  return response.json().catch(() => null);
}

export function createApi(parts: ClientParts): Api {
  async function once(path: string, init: RequestInit, command: boolean): Promise<unknown> {
    const sentAt = parts.now();
    let response: Response;
    try {
      response = await parts.fetch(path, { ...init, credentials: "same-origin" });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw noAnswer(command, parts.online());
    }
    noteServerDate(response.headers.get("date"), sentAt, parts.now());
    const body = await readBody(response);
    if (response.ok) return body;
    const problem = readProblem(response.status, body, response.headers.get("retry-after"));
    if (problem.kind === "signed-out") parts.onSignedOut(problem);
    throw problem;
  }

  async function command(
    method: string,
    path: string,
    body: object = {},
    options: CommandOptions = {},
  ): Promise<unknown> {
    const { expectedVersion, commandId = parts.newId(), signal } = options;
    const headers: Record<string, string> = {
      accept: "application/json",
      "content-type": "application/json",
      "idempotency-key": commandId,
    };
    const token = readCookie(parts.cookies(), "hubbub_csrf");
    if (token) headers["x-csrf-token"] = token;
    const sent = JSON.stringify(expectedVersion === undefined ? body : { ...body, expectedVersion });
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await once(path, { method, headers, body: sent, signal: signal ?? null }, true);
      } catch (error) {
        const again = error instanceof Problem && (error.kind === "unknown" || NOT_READY.has(error.status));
        if (!again || attempt >= TRIES || signal?.aborted) throw error;
        await parts.wait(PAUSE * attempt);
      }
    }
  }

  const verb =
    (method: string) =>
    <Answer>(path: string, body?: object, options?: CommandOptions) =>
      command(method, path, body, options) as Promise<Answer>;

  return {
    get: <Answer>(path: string, query?: Query, signal?: AbortSignal) =>
      once(
        withQuery(path, query),
        { method: "GET", headers: { accept: "application/json" }, signal: signal ?? null },
        false,
      ) as Promise<Answer>,
    post: verb("POST"),
    put: verb("PUT"),
    patch: verb("PATCH"),
    delete: verb("DELETE"),
  };
}
