import { randomUUID } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import { exitCodes, StartError } from "#platform/errors";
import type { Health } from "./http/health.ts";

export interface StartingServer {
  readonly server: Server;
  readonly port: number;
  /** From now on requests go to the real thing. */
  handOver(handler: RequestListener): void;
  close(): Promise<void>;
}

/** Listens at once, so that a taken port is known before anything is touched and a probe hears why the desk is not ready. */
export async function listenEarly(host: string, port: number, health: Health): Promise<StartingServer> {
  let handler: RequestListener = (request, response) => answerWhileStarting(request.url ?? "/", response, health);
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 20_000, keepAliveTimeout: 65_000 },
    (request, response) => handler(request, response),
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    server,
    port: (server.address() as { port: number }).port,
    handOver(real) {
      handler = real;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
        // Streams are ended by their owners; what is left after a moment is cut.
        setTimeout(() => server.closeAllConnections(), 1_500).unref();
      }),
  };
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new StartError(
      `Port ${port} is taken by another program. Stop that program, or start with another one: PORT=${port + 10} npm start.`,
      exitCodes["port-taken"],
    );
  if (error.code === "EACCES")
    return new StartError(
      `Port ${port} may not be used by this user. Choose one above 1023: PORT=4000 npm start.`,
      exitCodes["port-taken"],
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new StartError(
      `This machine has no address ${host}. Set HUBBUB_HOST to one it has, such as 127.0.0.1 or 0.0.0.0.`,
      exitCodes["port-taken"],
    );
  return error;
}

function answerWhileStarting(url: string, response: import("node:http").ServerResponse, health: Health): void {
  const reasons = health.reasons();
  if (url.startsWith("/healthz")) {
    response
      .writeHead(503, { "content-type": "application/json", "cache-control": "no-store" })
      .end(JSON.stringify({ ready: false, reasons }));
    return;
  }
  if (url.startsWith("/api") || url.startsWith("/hooks")) {
    const body = {
      type: "https://hubbub.invalid/errors/not-ready",
      title: "The server is starting or a part of it is down",
      status: 503,
      code: "not-ready",
      detail: reasons.map((r) => r.reason).join("; ") || "Starting.",
      traceId: randomUUID(),
    };
    response
      .writeHead(503, { "content-type": "application/problem+json", "retry-after": "2" })
      .end(JSON.stringify(body));
    return;
  }
  response
    .writeHead(503, {
      "content-type": "text/html; charset=utf-8",
      "retry-after": "2",
      refresh: "2",
      "content-security-policy": "default-src 'none'",
    })
    .end(
      `<!doctype html><html lang="en"><title>Hubbub is starting</title><h1>Hubbub is starting</h1><p>This page looks again by itself.</p></html>`,
    );
}
