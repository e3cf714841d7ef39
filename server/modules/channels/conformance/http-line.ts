import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "#platform/clock";
import type { Fault } from "./kit.ts";

/** What a network answers by itself, for faults that are its own. */
export interface Refusal {
  status: number;
  body: unknown;
  headers?: Readonly<Record<string, string>>;
}

export interface HttpLine {
  readonly url: string;
  /** For calls whose Authorization holds this; each account of ours has its own. */
  fault(mark: string, fault: Fault): void;
  close(): Promise<void>;
}

/** How this network says what the line makes it say. */
export interface LineWords {
  isWrite(request: IncomingMessage): boolean;
  rateLimited: Refusal;
  unauthorized: Refusal;
  refused(as: Extract<Fault, { kind: "refused" }>["as"]): Refusal;
  /** The header that says when the limit ends, as epoch seconds. */
  resetHeader?: string;
}

/** A line between us and a network that speaks HTTP: passes everything on, and does to the next writes what it is told. */
export async function openHttpLine(target: () => string, words: LineWords, clock: Clock): Promise<HttpLine> {
  const faults: { mark: string; fault: Fault; left: number }[] = [];
  const hanging = new Set<ServerResponse>();

  function take(request: IncomingMessage): Fault | undefined {
    const at = faults.findIndex(
      (f) => (request.headers.authorization ?? "").includes(f.mark) && words.isWrite(request),
    );
    const found = faults[at];
    if (!found) return undefined;
    found.left -= 1;
    if (found.left <= 0) faults.splice(at, 1);
    return found.fault;
  }

  async function pass(request: IncomingMessage, body: Buffer): Promise<Response> {
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === "string" && !["host", "connection", "content-length"].includes(name) ? [[name, value]] : [],
      ),
    );
    const { method = "GET" } = request;
    return fetch(target() + request.url, { method, headers, ...(body.length > 0 && { body: new Uint8Array(body) }) });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = take(request);
    const kind = fault?.kind;
    if (kind === "rate-limited") return answer(response, tooMany(fault as Extract<Fault, { kind: "rate-limited" }>));
    if (kind === "unauthorized") return answer(response, words.unauthorized);
    if (kind === "refused") return answer(response, words.refused(fault!.kind === "refused" ? fault!.as : "unknown"));
    if (kind === "error") return answer(response, { status: 503, body: {} });
    if (kind === "hang") return void hanging.add(response);
    if (kind === "reset") return void request.socket.destroy();
    const passed = await pass(request, Buffer.concat(chunks));
    const body = Buffer.from(await passed.arrayBuffer());
    if (kind === "error-after-write") return answer(response, { status: 500, body: {} });
    if (kind === "hang-after-write") return void hanging.add(response);
    if (kind === "reset-after-write") return void request.socket.destroy();
    const kept = [...passed.headers].filter(
      ([name]) => !["connection", "transfer-encoding", "content-encoding", "content-length"].includes(name),
    );
    response.writeHead(passed.status, Object.fromEntries(kept));
    response.end(body);
  }

  function tooMany({ says, waitMs }: Extract<Fault, { kind: "rate-limited" }>): Refusal {
    const until = clock.now() + waitMs;
    const headers: Record<string, string> =
      says === "seconds"
        ? { "retry-after": String(Math.ceil(waitMs / 1_000)) }
        : says === "date"
          ? { "retry-after": new Date(Math.ceil(until / 1_000) * 1_000).toUTCString() }
          : says === "reset" && words.resetHeader
            ? { [words.resetHeader]: String(Math.ceil(until / 1_000)) }
            : {};
    return { ...words.rateLimited, headers };
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => answer(response, { status: 502, body: { detail: String(error) } }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fault: (mark, fault) => void faults.push({ mark, fault, left: fault.times ?? 1 }),
    async close() {
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(response: ServerResponse, { status, body, headers }: Refusal): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}
