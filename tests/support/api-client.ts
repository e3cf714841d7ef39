import { randomUUID } from "node:crypto";

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes, and the tests look into them
export type Json = any;
export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
  text: string;
}
export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** Sent as JSON; `raw` is sent as it is. */
  body?: unknown;
  raw?: string | Uint8Array;
}

/** Speaks to the API as a browser does: cookies, the CSRF token, a fresh Idempotency-Key for each command. */
export class ApiClient {
  readonly url: () => string;
  readonly cookies = new Map<string, string>();
  bearer: string | null = null;

  constructor(url: string | (() => string)) {
    this.url = typeof url === "string" ? () => url : url;
  }

  /** A request with nothing added but the cookies. */
  async ask(path: string, ask: Ask = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const body = ask.raw ?? (ask.body === undefined ? undefined : JSON.stringify(ask.body));
    const response = await fetch(this.url() + path, {
      method: ask.method ?? "GET",
      redirect: "manual",
      headers: {
        ...(cookie && { cookie }),
        ...(this.bearer && { authorization: `Bearer ${this.bearer}` }),
        ...(ask.body !== undefined && { "content-type": "application/json" }),
        ...ask.headers,
      },
      ...(body !== undefined && { body: body as BodyInit }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const text = await response.text();
    const isJson = /json/.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson && text !== "" ? JSON.parse(text) : null,
    };
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "") this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  get csrf(): Record<string, string> {
    const token = this.cookies.get("hubbub_csrf");
    return token ? { "x-csrf-token": token } : {};
  }

  /** A command as the desk sends it, whatever comes of it. */
  send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method,
      headers: { "idempotency-key": randomUUID(), ...this.csrf, ...headers },
      ...(body !== undefined && { body }),
    });
  }

  /** A command that has to work. */
  async do(method: string, path: string, body?: unknown): Promise<Json> {
    return must(`${method} ${path}`, await this.send(method, path, body));
  }

  /** A query that has to work. */
  async get(path: string): Promise<Json> {
    return must(`GET ${path}`, await this.ask(path));
  }

  async signIn(email: string, password: string): Promise<this> {
    must("sign in", await this.ask("/api/session", { method: "POST", body: { email, password } }));
    return this;
  }
}

function must(what: string, answer: Answer): Json {
  if (answer.status >= 300) throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 600)}`);
  return answer.body;
}
