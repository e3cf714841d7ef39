import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkOutside, InsideAddress, isInside, outsideRequest, RequestFailed } from "./outside.ts";

describe("isInside", () => {
  it.each([
    ...[
      "127.0.0.1",
      "10.1.2.3",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
    ],
    ...["198.18.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:a9fe:a9fe", "::7f00:1"],
    ...[
      "fe80::1%eth0",
      "fd00::1",
      "ff02::1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "[::1]",
      "",
      "localhost",
      "127.1",
      "0x7f.1",
    ],
  ])("%s is", (address) => {
    expect(isInside(address)).toBe(true);
  });
  it.each(["1.1.1.1", "8.8.8.8", "172.15.0.1", "172.32.0.1", "2606:4700::1111", "::ffff:8.8.8.8"])(
    "%s is not",
    (address) => {
      expect(isInside(address)).toBe(false);
    },
  );
});

describe("checkOutside", () => {
  it.each([
    ...["http://pds.example", "https://127.0.0.1", "https://[::1]:8443", "https://2130706433", "https://0x7f000001"],
    ...[
      "https://localhost",
      "https://a.localhost",
      "https://printer.local",
      "https://vault.internal",
      "https://intranet",
    ],
    ...["https://user:secret@pds.example", "wss://10.0.0.1", "ftp://pds.example"],
  ])("refuses %s", (address) => {
    expect(() => checkOutside(new URL(address))).toThrow(InsideAddress);
  });
  it.each(["https://pds.example", "wss://relay.example/xrpc/x", "https://8.8.8.8"])("lets %s pass", (address) => {
    checkOutside(new URL(address));
  });
});

describe("outsideRequest", () => {
  let base: string;
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(request.url ?? "");
    if (request.url === "/away") response.writeHead(302, { location: `${base}/other` }).end();
    else if (request.url === "/large") response.end("x".repeat(2_000));
    else if (request.url === "/half") {
      response.writeHead(200, { "content-length": "100" });
      response.write("half", () => response.destroy());
    } else response.end(`${request.method} ${request.headers["content-length"] ?? ""}`);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const ask = (path: string, more = {}) =>
    outsideRequest(path, { signal: AbortSignal.timeout(5_000), mayBeInside: true, ...more });

  it("exchanges, follows no redirect, and bounds the answer", async () => {
    expect((await ask(`${base}/`, { method: "POST", body: "é" })).body.toString()).toBe("POST 2");
    expect((await ask(`${base}/away`)).status).toBe(302);
    expect(seen).not.toContain("/other");
    await expect(ask(`${base}/large`, { maxBytes: 1_000 })).rejects.toMatchObject({ sent: true });
    await expect(ask(`${base}/half`)).rejects.toMatchObject({ name: "RequestFailed", sent: true });
  });

  it("calls nothing inside unless told, by address or by name", async () => {
    const before = seen.length;
    const plain = { mayBeInside: false };
    await expect(ask(base, plain)).rejects.toThrow(InsideAddress);
    await expect(ask(base.replace("http:", "https:"), plain)).rejects.toThrow(InsideAddress);
    expect(seen.length).toBe(before);
  });

  it("tells what was not sent from what may have been", async () => {
    await expect(ask("http://127.0.0.1:9/")).rejects.toMatchObject({ sent: false });
    await expect(ask("no address")).rejects.toMatchObject({ sent: false });
    await expect(ask("file:///etc/passwd")).rejects.toBeInstanceOf(RequestFailed);
    await expect(ask(base, { signal: AbortSignal.abort() })).rejects.toMatchObject({ sent: false });
  });

  it("never throws anything else for strange addresses", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        const error = await ask(`https://${text}.invalid:1/`, {
          mayBeInside: false,
          signal: AbortSignal.abort(),
        }).catch((e) => e);
        expect(["RequestFailed", "InsideAddress"]).toContain(error.name);
      }),
      { numRuns: 50 },
    );
  });
});
