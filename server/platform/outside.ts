import { lookup as dnsLookup, type LookupAddress } from "node:dns";
import http from "node:http";
import https from "node:https";
import { BlockList, isIP } from "node:net";

/** Addresses that no stranger may send us to: this machine, its neighbours, the cloud's own services. RFC 6890 and its kin. */
const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  inside.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
] as const)
  inside.addSubnet(net, bits, "ipv6");

/** True for an address that is not in the public internet, and for what is no address at all. */
export function isInside(address: string): boolean {
  const plain = address.replace(/^\[|\]$/g, "").replace(/%.*$/, "");
  const family = isIP(plain);
  if (family === 0) return true;
  // BlockList looks through ::ffff:a.b.c.d by itself; the deprecated ::a.b.c.d is refused whole.
  if (family === 6 && /^::(?!ffff:)[\da-f.:]*$/i.test(plain)) return true;
  return inside.check(plain, family === 6 ? "ipv6" : "ipv4");
}

/** The address was refused before anything was sent. */
export class InsideAddress extends Error {
  constructor(host: string) {
    super(`${host} is not an address in the public internet, and this channel may call no other.`);
    this.name = "InsideAddress";
  }
}

/** How names become addresses; the system's resolver unless a test hands in another. */
export type Resolve = typeof dnsLookup;

/** Looks names up and refuses what lies inside, at the moment of the connection: a name that changes in between does not help. */
function outsideLookup(resolve: Resolve): Resolve {
  return ((host: string, options: object, done: (...given: unknown[]) => void) => {
    resolve(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) return done(error);
      const bad = found.find((one) => isInside(one.address));
      if (bad || found.length === 0) return done(new InsideAddress(host));
      if ((options as { all?: boolean }).all) return done(null, found);
      done(null, found[0]!.address, found[0]!.family);
    });
  }) as Resolve;
}

interface OutsideAgents {
  http: http.Agent;
  https: https.Agent;
}
const agentsBy = new WeakMap<Resolve, OutsideAgents>();

/** Agents that connect only to the outside; the same for the same resolver. */
export function outsideAgents(resolve: Resolve = dnsLookup): OutsideAgents {
  const known = agentsBy.get(resolve);
  if (known) return known;
  const lookup = outsideLookup(resolve);
  const made = { http: new http.Agent({ lookup }), https: new https.Agent({ lookup }) };
  agentsBy.set(resolve, made);
  return made;
}
const guarded = outsideAgents();

/** Throws `InsideAddress` for an address that names an inside host literally, or is not plain https. */
export function checkOutside(url: URL): void {
  const host = url.hostname;
  const literal = isIP(host.replace(/^\[|\]$/g, "")) !== 0;
  if (url.protocol !== "https:" && url.protocol !== "wss:") throw new InsideAddress(url.origin);
  if (literal ? isInside(host) : !host.includes(".") || /\.(?:localhost|local|internal|home\.arpa)\.?$/i.test(host))
    throw new InsideAddress(host);
  if (url.username !== "" || url.password !== "") throw new InsideAddress(host);
}

/** For WebSocket libraries: an agent that connects only to the outside. */
export const outsideAgent = guarded.https;

export interface OutsideRequest {
  method?: "GET" | "POST";
  headers?: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  signal: AbortSignal;
  /** The operator said that this address may lie in a private network. */
  mayBeInside: boolean;
  maxBytes?: number;
}
export interface OutsideAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** An error of a request; `sent` false: no byte of it can have reached the other side. */
export class RequestFailed extends Error {
  readonly sent: boolean;
  constructor(message: string, sent: boolean) {
    super(message);
    this.name = "RequestFailed";
    this.sent = sent;
  }
}

/** One HTTP exchange. Redirects are not followed (a 3xx is the answer); the body is bounded. Throws `RequestFailed` or `InsideAddress`. */
export async function outsideRequest(address: string, options: OutsideRequest): Promise<OutsideAnswer> {
  if (!URL.canParse(address)) throw new RequestFailed(`"${address.slice(0, 200)}" is no address.`, false);
  const url = new URL(address);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw new RequestFailed(`${url.protocol} is not spoken here: only http and https.`, false);
  if (!options.mayBeInside) checkOutside(url);
  if (options.signal.aborted) throw new RequestFailed("There was no time left.", false);
  const secure = url.protocol === "https:";
  const agent = options.mayBeInside ? undefined : guarded[secure ? "https" : "http"];
  return new Promise((resolve, reject) => {
    let connected = false;
    const fail = (error: Error) =>
      reject(error instanceof InsideAddress ? error : new RequestFailed(error.message || error.name, connected));
    const request = (secure ? https : http).request(
      url,
      {
        method: options.method ?? "GET",
        headers: {
          ...options.headers,
          ...(options.body !== undefined && { "content-length": String(Buffer.byteLength(options.body)) }),
        },
        ...(agent && { agent }),
        signal: options.signal,
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on("data", (chunk: Buffer) => {
          size += chunk.length;
          if (size <= (options.maxBytes ?? 8 * 1_048_576)) chunks.push(chunk);
          else {
            // Said before the connection's own end is.
            fail(new Error("The answer is too large."));
            answer.destroy();
          }
        });
        answer.on("error", fail);
        answer.on("aborted", () => fail(new Error("The connection ended inside of the answer.")));
        answer.on("end", () => {
          const headers = Object.entries(answer.headers).map(([k, v]) => [
            k,
            Array.isArray(v) ? v.join(", ") : (v ?? ""),
          ]);
          resolve({
            status: answer.statusCode ?? 0,
            headers: Object.fromEntries(headers),
            body: Buffer.concat(chunks),
          });
        });
      },
    );
    request.on("socket", (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once(secure ? "secureConnect" : "connect", () => (connected = true));
    });
    request.on("error", fail);
    request.end(options.body);
  });
}
