import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Playground, type PlaygroundOptions, startPlayground } from "./index.ts";

/** Support for the tests beside it; nothing that ships imports it. */

export const TOKEN = "token-of-acme-0001";
export const SECRET = "secret-of-acme-0001";
export const KEY = "simulator-key-0001";
export const START = Date.parse("2026-03-01T09:00:00.000Z");

/** A clock that moves only when told. */
function handClock(at = START) {
  return {
    at,
    now() {
      return this.at;
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: answers are JSON of many shapes, and the tests look into them
export type Json = any;
export type Reply = { status: number; headers: Headers; body: Json };

export type Kit = Playground & {
  clock: ReturnType<typeof handClock>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** As the company @acme. */
  acme(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** As a simulated person. */
  as(handle: string, method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  admin(method: string, path: string, body?: unknown): Promise<Reply>;
  post(handle: string, text: string, more?: Record<string, unknown>): Promise<Json>;
};

/** A network with the company @acme and the people @alice and @bob. */
export async function startKit(options: Partial<PlaygroundOptions> = {}): Promise<Kit> {
  const clock = handClock();
  const playground = await startPlayground({
    port: 0,
    clock,
    simulatorKey: KEY,
    webhookRetry: { firstMs: 1, maxMs: 2, timeoutMs: 5_000 },
    ...options,
  });

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(playground.url + path, {
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      body: body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
  }
  const simulator = { "x-playground-key": KEY };
  const kit: Kit = {
    ...playground,
    clock,
    call,
    acme: (method, path, body, headers) =>
      call(method, `/api/v1${path}`, body, { authorization: `Bearer ${TOKEN}`, ...headers }),
    as: (handle, method, path, body, headers) =>
      call(method, `/sim/v1${path}`, body, { ...simulator, "x-playground-as": handle, ...headers }),
    admin: (method, path, body) => call(method, `/admin${path}`, body, simulator),
    async post(handle, text, more = {}) {
      const { status, body } = await kit.as(handle, "POST", "/posts", { text, ...more });
      if (status !== 201) throw new Error(`post refused: ${JSON.stringify(body)}`);
      return body;
    },
  };
  await kit.admin("PUT", "/companies/acme", { name: "Acme", token: TOKEN, appSecret: SECRET });
  await call("PUT", "/sim/v1/people", { people: [{ handle: "alice" }, { handle: "bob" }] }, simulator);
  return kit;
}

export type Delivery = { headers: IncomingHttpHeaders; raw: string; body: Json };
export type Subscriber = {
  url: string;
  deliveries: Delivery[];
  /** Every event delivered so far, in order of arrival. */
  events(): Json[];
  /** What the next requests are answered; 200 when empty. */
  answers: { status: number; headers?: Record<string, string> }[];
  /** Resolves as soon as the condition holds; looked at after each delivery. */
  until(condition: () => boolean): Promise<void>;
  close(): Promise<void>;
};

/** A subscriber on loopback that writes down what it is told. */
export async function startSubscriber(): Promise<Subscriber> {
  const deliveries: Delivery[] = [];
  const waiting = new Set<() => void>();
  const answers: Subscriber["answers"] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const answer = answers.shift() ?? { status: 200 };
    if (answer.status < 300) {
      const raw = Buffer.concat(chunks).toString("utf8");
      deliveries.push({ headers: request.headers, raw, body: JSON.parse(raw) });
    }
    response.writeHead(answer.status, answer.headers).end();
    for (const look of [...waiting]) look();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    answers,
    events: () => deliveries.flatMap((d) => d.body.events),
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
