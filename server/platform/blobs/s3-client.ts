import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { AwsV4Signer } from "aws4fetch";
import type { Clock, Millis } from "../clock.ts";
import { MINUTE, SECOND } from "../clock.ts";
import type { Arrived } from "./blob-files.ts";

/** A bucket of any server that speaks S3, addressed by path: `<endpoint>/<bucket>/<prefix><key>`. */
export interface S3Place {
  /** `https://host[:port]`, no path. */
  endpoint: string;
  bucket: string;
  /** Empty, or ends with a slash. */
  prefix: string;
  region: string;
  key: string;
  /** Never logged, never part of a message. */
  secret: string;
}

export interface S3Options {
  clock: Clock;
  /** The pause between two tries. */
  wait(ms: Millis): Promise<void>;
  /** So long may the line be silent before the try is given up. */
  idleMs?: Millis;
  /** So long may one try take up to the answer's head. */
  answerMs?: Millis;
}

export interface S3Call {
  method: "GET" | "PUT" | "DELETE";
  /** Under the prefix; empty for the bucket itself. */
  key: string;
  query?: Readonly<Record<string, string>>;
  body?: Uint8Array | Arrived;
}

/** The store does not answer, or refuses. `code` reads as a fault of the line: who stores input tries later. */
export class S3Failure extends Error {
  readonly code = "EBLOBSTORE";
  /** Null when there was no answer. */
  readonly status: number | null;
  /** The store's own word (`NoSuchBucket`), or the line's (`ECONNREFUSED`). */
  readonly why: string;
  readonly region: string | null;
  constructor(what: string, status: number | null, why: string, region: string | null = null) {
    super(`The store of files ${status === null ? "gave no answer" : `answered ${status}`} (${why}) to ${what}.`);
    this.name = "S3Failure";
    this.status = status;
    this.why = why;
    this.region = region;
  }
}

export interface S3Client {
  /** The answer where it is a success, null where the thing is not there. Other failures are tried again where that may help, then thrown. */
  call(call: S3Call): Promise<IncomingMessage | null>;
  /** The whole of a small answer. */
  text(call: S3Call): Promise<string | null>;
  /** The next bytes of an answer, or an error when the line is silent for too long. */
  chunks(answer: IncomingMessage): AsyncGenerator<Uint8Array>;
  close(): void;
}

const PAUSES: readonly Millis[] = [200, 600, 1_800, 5_000];
const SMALL = 8 * 1_048_576;
const NOTHING = createHash("sha256").update("").digest("hex");

export function s3Client(place: S3Place, options: S3Options): S3Client {
  const { clock, wait, idleMs = 15 * SECOND, answerMs = 5 * MINUTE } = options;
  const transport = place.endpoint.startsWith("https:") ? https : http;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: 32 });
  const derivedKeys = new Map<string, ArrayBuffer>();

  async function once({ method, key, query = {}, body }: S3Call): Promise<IncomingMessage> {
    const url = new URL(`${place.endpoint}/${place.bucket}${key === "" ? "" : `/${place.prefix}${key}`}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { "x-amz-content-sha256": sumOf(body) },
      accessKeyId: place.key,
      secretAccessKey: place.secret,
      service: "s3",
      region: place.region,
      cache: derivedKeys,
      datetime: new Date(clock.now()).toISOString().replace(/[:-]|\.\d{3}/g, ""),
    }).sign();
    return new Promise((resolve, reject) => {
      const late = (what: string) => request.destroy(Object.assign(new Error(what), { code: what }));
      const silent = () => late("ESILENT");
      const request = transport.request(url, {
        method,
        agent,
        headers: { ...Object.fromEntries(signed.headers), ...(body && { "content-length": lengthOf(body) }) },
      });
      const deadline = setTimeout(() => late("ETOOLONG"), answerMs);
      const end = () => clearTimeout(deadline);
      request.setTimeout(idleMs);
      request.on("timeout", silent);
      request.once("error", (error) => {
        end();
        reject(error);
      });
      request.once("response", (answer) => {
        end();
        // Whoever reads sets the pace from here on: `chunks` watches the silence of the other side only.
        request.setTimeout(0);
        request.off("timeout", silent);
        answer.on("error", () => {});
        resolve(answer);
      });
      send(request, body);
    });
  }

  async function* chunks(answer: IncomingMessage): AsyncGenerator<Uint8Array> {
    const bytes = answer.iterator({ destroyOnReturn: true });
    try {
      for (;;) {
        const silence = setTimeout(() => answer.destroy(new Error("ESILENT")), idleMs);
        const next = await bytes.next().finally(() => clearTimeout(silence));
        if (next.done) break;
        yield next.value as Uint8Array;
      }
      if (!answer.complete) throw new Error("ECUT");
    } finally {
      answer.destroy();
    }
  }

  async function readSmall(answer: IncomingMessage): Promise<string> {
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of chunks(answer)) {
      size += part.length;
      if (size > SMALL) throw new Error("ETOOLARGE");
      parts.push(part);
    }
    return Buffer.concat(parts).toString("utf8");
  }

  /** `read` belongs to the try: an answer that is cut off is asked for again. */
  async function tries<T>(call: S3Call, read: (answer: IncomingMessage) => Promise<T>): Promise<T | null> {
    const what = `${call.method} ${call.key === "" ? "its list" : call.key}`;
    for (let n = 0; ; n++) {
      let failure: S3Failure;
      try {
        const answer = await once(call);
        const status = answer.statusCode ?? 0;
        if (status >= 200 && status < 300) return await read(answer);
        const why = /<Code>([A-Za-z0-9._-]{1,80})<\/Code>/.exec(await readSmall(answer))?.[1] ?? "no reason given";
        if (status === 404 && why !== "NoSuchBucket") return null;
        failure = new S3Failure(what, status, why, regionOf(answer));
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        failure = new S3Failure(what, null, code ?? message);
      }
      const pause = PAUSES[n];
      if (pause === undefined || !mayPass(failure)) throw failure;
      await wait(pause);
    }
  }

  return {
    call: (call) =>
      tries(call, async (answer) => {
        // An answer without content is over: its line goes back to the others.
        if (call.method !== "GET") answer.resume();
        return answer;
      }),
    text: (call) => tries(call, readSmall),
    chunks,
    close: () => agent.destroy(),
  };
}

function send(request: http.ClientRequest, body: S3Call["body"]): void {
  if (body === undefined || body instanceof Uint8Array) {
    request.end(body);
    return;
  }
  const file = createReadStream(body.path);
  file.once("error", (error) => request.destroy(error));
  request.once("close", () => file.destroy());
  file.pipe(request);
}

const lengthOf = (body: Uint8Array | Arrived): number => (body instanceof Uint8Array ? body.length : body.bytes);

/** The store compares what it got with this: bytes changed on the way are refused. */
function sumOf(body: S3Call["body"]): string {
  if (body === undefined) return NOTHING;
  return body instanceof Uint8Array ? createHash("sha256").update(body).digest("hex") : body.sha256;
}

function mayPass({ status, why }: S3Failure): boolean {
  return status === null || status >= 500 || status === 429 || why === "RequestTimeout" || why === "SlowDown";
}

function regionOf(answer: IncomingMessage): string | null {
  const said = String(answer.headers["x-amz-bucket-region"] ?? "");
  return /^[a-z0-9-]{1,40}$/.test(said) ? said : null;
}

/** A name nobody has. */
export const probeKey = (): string => `probe-${randomUUID()}`;
