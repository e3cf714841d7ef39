import type { ChatFile, ChatMessage, ChatSend, ChatSession, ChatSessionAsk } from "#contracts/webchat";

/** A refusal, or that nobody answered (`status` 0). `code` is one of the server's stable codes. */
export interface Problem {
  status: number;
  code: string;
  /** How long the server asked to wait. */
  retryMs: number | null;
}
export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

const PATIENCE_MS = 20_000;

export interface Api {
  session(ask: ChatSessionAsk): Promise<Answer<ChatSession>>;
  send(message: ChatSend): Promise<Answer<{ message: ChatMessage }>>;
  /** One of `read`, `typing`, `email`, `transcript`, `consent`, `end`. */
  say(what: string, body: object): Promise<Answer<unknown>>;
  /** `progress` from 0 to 1. */
  upload(file: File, progress: (part: number) => void): { done: Promise<Answer<ChatFile>>; stop(): void };
  address(path: string): string;
  headers(): Record<string, string>;
}

/** The chat's addresses on our own server. */
export function apiOf(key: string, token: () => string): Api {
  const address = (path: string) => `/chat/${encodeURIComponent(key)}/${path}`;
  const headers = (): Record<string, string> => (token() ? { authorization: `Bearer ${token()}` } : {});

  async function post<T>(path: string, body: object): Promise<Answer<T>> {
    try {
      const response = await fetch(address(path), {
        method: "POST",
        credentials: "omit",
        headers: { "content-type": "application/json", ...headers() },
        body: JSON.stringify(body),
        signal: endsAfter(PATIENCE_MS),
      });
      return read<T>(response.status, await response.text(), response.headers.get("retry-after"));
    } catch {
      return nobody;
    }
  }

  return {
    ...{ address, headers },
    session: (ask) => post("session", ask),
    send: (message) => post("messages", message),
    say: (what, body) => post(what, body),
    upload(file, progress) {
      // fetch does not tell how far it is.
      const request = new XMLHttpRequest();
      request.open("POST", address(`files?name=${encodeURIComponent(nameOf(file.name))}`));
      for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
      request.setRequestHeader("content-type", file.type || "application/octet-stream");
      request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
      const done = new Promise<Answer<ChatFile>>((resolve) => {
        request.onload = () =>
          resolve(read(request.status, request.responseText, request.getResponseHeader("retry-after")));
        request.onerror = request.onabort = request.ontimeout = () => resolve(nobody);
      });
      request.send(file);
      return { done, stop: () => request.abort() };
    },
  };
}

/** Nobody answered. */
export const nobody: Answer<never> = { ok: false, problem: { status: 0, code: "offline", retryMs: null } };

/** What the server said; what is no answer of ours (a proxy's page) counts as nobody's. */
function read<T>(status: number, text: string, retryAfter: string | null): Answer<T> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = null;
  }
  if (status >= 200 && status < 300) return body === null ? nobody : { ok: true, value: body as T };
  const code = (body as { code?: unknown } | null)?.code;
  const seconds = Number(retryAfter ?? "");
  return {
    ok: false,
    problem: {
      status,
      code: typeof code === "string" ? code : "internal",
      retryMs: retryAfter && seconds >= 0 ? seconds * 1_000 : null,
    },
  };
}

/** Ends a request that takes longer. */
export function endsAfter(ms: number): AbortSignal {
  // `AbortSignal.timeout` is missing from browsers that visitors still have.
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

/** Text as it can be kept anywhere: without NUL and halves of signs. (`toWellFormed` is too young.) */
export const storable = (text: string): string => text.replace(/\p{Surrogate}|\0/gu, "\uFFFD");

/** What the server takes as a name: 200 characters, and the ending is kept. */
function nameOf(name: string): string {
  const clean = storable(name);
  return storable(clean.length > 200 ? `${clean.slice(0, 180)}${clean.slice(-20)}` : clean) || "file";
}
