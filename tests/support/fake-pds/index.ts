import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../../../server/platform/clock.ts";
import { Firehose } from "./firehose.ts";
import { type Answer, Methods, no } from "./methods.ts";
import { type Json, type Person, POST, Repos } from "./repos.ts";

export type { Json, Person } from "./repos.ts";

/** What goes wrong with the next calls of a method. */
export interface Fault {
  /** The end of a method's name, such as `putRecord`. */
  on: string;
  how:
    | "429"
    | "500"
    | "500-after-write"
    | "drop"
    | "drop-after-write"
    | "hang"
    | "hang-after-write"
    | "garbage"
    | "refuse";
  /** So many calls; one unless given. */
  times?: number;
  /** Calls of this account only. */
  by?: string;
  /** With `429`: instead of the headers that say when it ends. */
  headers?: Record<string, string>;
  /** With `refuse`. */
  status?: number;
  error?: string;
}

/** One AT Protocol network in one process: directory, personal data server, firehose, and a small AppView. For tests only. */
export interface FakePds {
  readonly url: string;
  readonly firehoseUrl: string;
  readonly repos: Repos;
  readonly firehose: Firehose;
  readonly methods: Methods;
  /** Method names in the order of their calls. */
  readonly calls: string[];
  person(handle: string): Promise<Person>;
  /** A post; facets for `@handle` of people there are made as a client makes them. */
  post(who: Person, text: string, more?: Json): Promise<{ uri: string; cid: string; rkey: string }>;
  remove(who: Person, uri: string): Promise<void>;
  rename(who: Person, handle: string): void;
  /** The account is deleted, deactivated, takendown or suspended. */
  shut(who: Person, status: string): void;
  fault(fault: Fault): void;
  close(): Promise<void>;
}

export async function startFakePds(clock: Clock): Promise<FakePds> {
  const repos = new Repos(clock);
  const firehose = new Firehose(repos);
  let url = "";
  const methods = new Methods(repos, clock, () => url);
  const faults: Fault[] = [];
  const calls: string[] = [];
  const hanging = new Set<ServerResponse>();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = new URL(request.url ?? "/", url);
    if (at.pathname.startsWith("/did:")) {
      const document = methods.document(decodeURIComponent(at.pathname.slice(1)));
      return send(response, document ? { status: 200, body: document } : no(404, "NotFound"));
    }
    const method = at.pathname.replace("/xrpc/", "");
    calls.push(method);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const whole = Buffer.concat(chunks);
    const mime = request.headers["content-type"] ?? "";
    const isJson = mime.startsWith("application/json");
    const body = whole.length === 0 ? undefined : isJson ? JSON.parse(whole.toString()) : { bytes: whole, mime };
    const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
    const fault = takeFault(method, methods.tokens.access.get(token));
    if (fault?.how === "429")
      return send(
        response,
        no(429, "RateLimitExceeded", "Rate Limit Exceeded"),
        fault.headers ?? {
          ...{ "ratelimit-limit": "100", "ratelimit-remaining": "0", "ratelimit-policy": "100;w=300" },
          "ratelimit-reset": String(Math.ceil(clock.now() / 1_000) + 30),
        },
      );
    if (fault?.how === "refuse") return send(response, no(fault.status ?? 400, fault.error ?? "InvalidRequest"));
    if (fault?.how === "500") return send(response, no(500, "InternalServerError"));
    if (fault?.how === "drop") return void request.socket.destroy();
    if (fault?.how === "hang") return void hanging.add(response);
    const image = method === "com.atproto.sync.getBlob" && methods.blobs.get(at.searchParams.get("cid") ?? "");
    if (image) return void response.writeHead(200, { "content-type": image.mime }).end(image.bytes);
    const answer = await methods.answer(method, { query: at.searchParams, body, token });
    if (fault?.how === "500-after-write") return send(response, no(502, "UpstreamFailure"));
    if (fault?.how === "drop-after-write") return void request.socket.destroy();
    if (fault?.how === "hang-after-write") return void hanging.add(response);
    if (fault?.how === "garbage") {
      response.writeHead(200, { "content-type": "text/html" });
      return void response.end("<html>We will be back soon</html>");
    }
    send(response, answer);
  }
  /** Dated by the network's own clock. */
  function send(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
    const date = new Date(clock.now()).toUTCString();
    response.writeHead(status, { "content-type": "application/json", date, ...headers });
    response.end(JSON.stringify(body));
  }
  function takeFault(method: string, caller: string | undefined): Fault | undefined {
    const at = faults.findIndex((f) => method.endsWith(f.on) && (f.by === undefined || f.by === caller));
    const fault = faults[at];
    if (!fault) return undefined;
    fault.times = (fault.times ?? 1) - 1;
    if (fault.times <= 0) faults.splice(at, 1);
    return fault;
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => send(response, no(500, "InternalServerError", String(error))));
  });
  server.on("upgrade", (request, socket, head) => firehose.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, firehoseUrl: `${url.replace("http", "ws")}/xrpc/com.atproto.sync.subscribeRepos` },
    ...{ repos, firehose, methods, calls },
    person: (handle) => repos.add(handle),
    async post(who, text, more = {}) {
      const rkey = methods.nextKey();
      const facets = mentions(repos, text);
      const record = {
        ...{ $type: POST, text, createdAt: new Date(clock.now()).toISOString(), langs: ["en"] },
        ...(facets.length > 0 && { facets }),
        ...more,
      };
      return { ...(await repos.put(who, rkey, record)), rkey };
    },
    remove: (who, uri) => repos.remove(who, uri.split("/").at(-1)!),
    rename(who, handle) {
      who.handle = handle;
      repos.tell("#identity", { did: who.did, handle });
    },
    shut(who, status) {
      who.status = status;
      repos.tell("#account", { did: who.did, active: false, status });
    },
    fault: (fault) => void faults.push(fault),
    async close() {
      firehose.close();
      for (const response of hanging) response.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function mentions(repos: Repos, text: string): Json[] {
  return [...text.matchAll(/@([a-z0-9.-]+[a-z])/g)].flatMap((hit) => {
    const person = repos.find(hit[1]!);
    if (!person) return [];
    const byteStart = Buffer.byteLength(text.slice(0, hit.index));
    const feature = { $type: "app.bsky.richtext.facet#mention", did: person.did };
    return [{ index: { byteStart, byteEnd: byteStart + Buffer.byteLength(hit[0]) }, features: [feature] }];
  });
}
