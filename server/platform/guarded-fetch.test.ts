import http from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FetchRefused, type GuardedFetch, guardedFetch } from "./guarded-fetch.ts";
import type { Resolve } from "./outside.ts";

let origin = "";
let served = 0;
const answers: Record<string, http.RequestListener> = {
  "/picture.png": (_q, a) => a.writeHead(200, { "content-type": "image/png" }).end("bytes"),
  "/named": (_q, a) =>
    a.writeHead(200, { "content-disposition": "attachment; filename*=UTF-8''caf%C3%A9.pdf" }).end("bytes"),
  "/gone": (_q, a) => a.writeHead(410).end(),
  "/expired": (_q, a) => a.writeHead(403).end(),
  "/ill": (_q, a) => a.writeHead(503).end(),
  "/says-500-mb": (_q, a) => a.writeHead(200, { "content-length": 500_000_000 }).write("x"),
  "/is-500-mb": (q, a) => {
    a.writeHead(200);
    const piece = Buffer.alloc(65_536);
    const more = () => {
      while (!q.socket.destroyed && a.write(piece)) {}
    };
    a.on("drain", more);
    more();
  },
  "/bomb": (_q, a) => a.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync(Buffer.alloc(50_000_000))),
  "/packed": (_q, a) => a.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync("unpacked words")),
  "/odd": (_q, a) => a.writeHead(200, { "content-encoding": "x-odd" }).end("?"),
  "/broken": (_q, a) => a.writeHead(200, { "content-encoding": "gzip" }).end("no gzip at all"),
  "/short": (_q, a) => {
    a.writeHead(200, { "content-length": 100 }).write("ten bytes.");
    setImmediate(() => a.destroy());
  },
  "/silent": (_q, a) => a.writeHead(200).write("x"),
  "/never": () => {},
  "/loop": (_q, a) => a.writeHead(302, { location: "/loop" }).end(),
  "/once": (_q, a) => a.writeHead(302, { location: "/picture.png" }).end(),
  "/metadata": (_q, a) => a.writeHead(302, { location: "http://169.254.169.254/latest/meta-data/" }).end(),
  "/metadata-secure": (_q, a) => a.writeHead(307, { location: "https://[::ffff:169.254.169.254]/" }).end(),
  "/file": (_q, a) => a.writeHead(302, { location: "file:///etc/passwd" }).end(),
  "/echo": (q, a) => a.writeHead(200).end(JSON.stringify(q.headers)),
  "/away": (_q, a) => a.writeHead(302, { location: "/echo" }).end(),
};
const server = http.createServer((q, a) => {
  served += 1;
  (answers[q.url ?? ""] ?? ((_q, b) => b.writeHead(404).end()))(q, a);
});
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const all = async (_head: unknown, body: AsyncIterable<Uint8Array>) => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
};
const trusted: GuardedFetch = { maxBytes: 1_000_000, mayBeInside: (url) => url.origin === origin };
const fetched = (path: string, more: Partial<GuardedFetch> = {}) =>
  guardedFetch(origin + path, { ...trusted, ...more }, all);
const why = async (run: Promise<unknown>) =>
  run.then(
    () => "fetched",
    (error: unknown) => (error instanceof FetchRefused ? `${error.why}${error.again ? ", again" : ""}` : String(error)),
  );

describe("what is fetched", () => {
  it("comes as it is, with what the other side says of it", async () => {
    const head = await guardedFetch(`${origin}/picture.png`, trusted, async (h, body) => [h, await all(h, body)]);
    expect(head).toEqual([{ status: 200, mime: "image/png", name: null }, "bytes"]);
    expect(await guardedFetch(`${origin}/named`, trusted, async (h) => h.name)).toBe("café.pdf");
    expect(await fetched("/once")).toBe("bytes");
    expect(await fetched("/packed")).toBe("unpacked words");
  });
  it("carries a token to the first address only", async () => {
    const headers = { authorization: "Bearer secret" };
    expect(await fetched("/echo", { headers })).toContain("secret");
    expect(await fetched("/away", { headers })).not.toContain("secret");
  });
});

describe("what is refused", () => {
  it.each([
    ["/gone", "not-there"],
    ["/expired", "not-there"],
    ["/ill", "unreachable, again"],
    ["/says-500-mb", "too-large"],
    ["/is-500-mb", "too-large"],
    ["/bomb", "too-large"],
    ["/odd", "refused"],
    ["/broken", "unreachable, again"],
    ["/short", "unreachable, again"],
    ["/loop", "redirects"],
    ["/metadata", "address"],
    ["/metadata-secure", "address"],
    ["/file", "address"],
    ["/nothing", "not-there"],
  ])("%s: %s", async (path, said) => {
    expect(await why(fetched(path))).toBe(said);
  });
  it.each(["/silent", "/never"])("%s: nobody waits for who is silent or slow", async (path) => {
    expect(await why(fetched(path, { idleMs: 50 }))).toBe("too-slow, again");
    expect(await why(fetched(path, { totalMs: 50 }))).toBe("too-slow, again");
  });
  it.each([
    "http://127.0.0.1/x",
    "https://169.254.169.254/x",
    "https://[::1]/x",
    "https://localhost/x",
    "http://example.com/plain",
    "https://user:pass@example.com/",
    "ftp://example.com/",
    "nonsense",
  ])("%s without the operator's word", async (address) => {
    expect(await why(guardedFetch(address, { maxBytes: 1 }, all))).toBe("address");
  });
});

describe("a name that points inside", () => {
  const answering = (...addresses: string[]): Resolve =>
    ((_host: string, _options: object, done: (error: null, found: object[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      )) as unknown as Resolve;

  it.each([[["127.0.0.1"]], [["93.184.216.34", "10.0.0.7"]], [["::ffff:192.168.0.1"]], [[]]])(
    "%j is refused when the connection is made",
    async (addresses) => {
      const before = served;
      const { port } = new URL(origin);
      const run = guardedFetch(
        `https://rebound.example.com:${port}/picture.png`,
        { maxBytes: 1_000, resolve: answering(...addresses) },
        all,
      );
      expect(await why(run)).toBe("address");
      expect(served).toBe(before);
    },
  );
});
