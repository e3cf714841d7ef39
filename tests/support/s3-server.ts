import { createHash, createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http, { type IncomingMessage, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { S3Place } from "../../server/platform/blobs/s3-client.ts";

/** The one account the server knows. */
const KEY = "S3RVER";
const SECRET = "S3RVER";

interface S3rver {
  run(): Promise<AddressInfo>;
  close(): Promise<void>;
}
type MakeS3rver = new (options: Record<string, unknown>) => S3rver;

export interface S3Server {
  /** A place of the server's one bucket. */
  place(prefix: string, over?: Partial<S3Place>): S3Place;
  /** The next requests go wrong in these ways, one each; after them all is well. */
  faults(...next: Fault[]): void;
  /** Methods of the requests that came so far. */
  asked: string[];
  close(): Promise<void>;
}

/** `status`: this answer and nothing happens. `after`: it happens, the answer is lost. `cut`: half of the answer. `hang`: none. */
export type Fault = { status: number; code?: string } | "after" | "cut" | "hang";

/** A real S3 server on loopback, with a line in front of it that can be bad. */
export async function openS3Server(): Promise<S3Server> {
  const directory = mkdtempSync(join(tmpdir(), "hubbub-s3-"));
  const make = createRequire(import.meta.url)("s3rver") as MakeS3rver;
  const real = new make({
    ...{ address: "127.0.0.1", port: 0, silent: true, directory },
    configureBuckets: [{ name: "hubbub", configs: [] }],
  });
  const { port } = await real.run();
  const waiting: Fault[] = [];
  const asked: string[] = [];
  const line = http.createServer((request, response) => {
    asked.push(request.method ?? "");
    const fault = waiting.shift();
    if (fault === "hang") return;
    if (typeof fault === "object") {
      request.resume().once("end", () => refuse(response, fault.status, fault.code ?? "InternalError"));
      return;
    }
    void forward(request, response, fault);
  });
  async function forward(request: IncomingMessage, response: http.ServerResponse, fault: "after" | "cut" | undefined) {
    const { method, url, headers } = request;
    const body = Buffer.concat((await request.toArray().catch(() => [])) as Buffer[]);
    const wrong = signatureFault(request, body);
    if (wrong) return refuse(response, 403, wrong);
    const onward = http.request({ host: "127.0.0.1", port, method, path: url, headers }, (answer) =>
      pass(answer, response, fault),
    );
    onward.once("error", () => response.destroy());
    onward.end(body);
  }
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(line.address() as AddressInfo).port}`;
  return {
    place: (prefix, over = {}) => ({
      ...{ endpoint, bucket: "hubbub", prefix, region: "us-east-1", key: KEY, secret: SECRET },
      ...over,
    }),
    faults: (...next) => void waiting.push(...next),
    asked,
    async close() {
      await ended(line);
      await real.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function refuse(response: http.ServerResponse, status: number, code: string): void {
  response.writeHead(status, { "content-type": "application/xml" });
  response.end(`<?xml version="1.0"?><Error><Code>${code}</Code></Error>`);
}

/** The server behind does not look at version 4 signatures, so the line does, by the published rules and with node's own tools. */
function signatureFault({ method, url, headers }: IncomingMessage, body: Buffer): string | null {
  const [, key, day, region, names, given] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      String(headers.authorization),
    ) ?? [];
  if (!key || !day || !region || !names || !given) return "AccessDenied";
  if (key !== KEY) return "InvalidAccessKeyId";
  const sum = createHash("sha256").update(body).digest("hex");
  if (headers["x-amz-content-sha256"] !== sum) return "XAmzContentSHA256Mismatch";
  const [path, query = ""] = String(url).split("?");
  const canonical = [
    ...[method, path, query.split("&").sort().join("&")],
    ...names.split(";").map((name) => `${name}:${String(headers[name]).trim()}`),
    ...["", names, sum],
  ].join("\n");
  const toSign = [
    ...["AWS4-HMAC-SHA256", headers["x-amz-date"], `${day}/${region}/s3/aws4_request`],
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  const hmac = (k: string | Buffer, data: string) => createHmac("sha256", k).update(data).digest();
  const signing = hmac(hmac(hmac(hmac(`AWS4${SECRET}`, day), region), "s3"), "aws4_request");
  return hmac(signing, toSign).toString("hex") === given ? null : "SignatureDoesNotMatch";
}

function pass(answer: IncomingMessage, response: http.ServerResponse, fault: "after" | "cut" | undefined): void {
  const parts: Buffer[] = [];
  answer.on("data", (part: Buffer) => parts.push(part));
  answer.once("end", () => {
    if (fault === "after") return void response.destroy();
    const body = Buffer.concat(parts);
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    if (fault === "cut") response.write(body.subarray(0, body.length >> 1), () => response.destroy());
    else response.end(body);
  });
}

async function ended(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
