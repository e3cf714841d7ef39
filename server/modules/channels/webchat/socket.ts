import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type ChatFrame, chatClientFrame, chatLimits, chatSocketQuery } from "#contracts/webchat";
import { type Millis, SECOND } from "#platform/clock";
import { AppError, errorCodes } from "#platform/errors";
import { newTrace } from "#platform/trace";
import { chatActs } from "./acts.ts";
import type { ChatDoor, ChatDoors } from "./door.ts";
import type { ChatHouse, Visiting } from "./house.ts";
import { addressOf, type ChatLimiters, MOST_SOCKETS } from "./limits.ts";
import { presentLine } from "./present.ts";
import { takeSignal } from "./signals.ts";
import type { ChatWindows, Window } from "./windows.ts";

const PING_EVERY: Millis = 25 * SECOND;
/** A browser that reads so slowly is cut off; it comes back and goes on where it was. */
const MOST_WAITING_BYTES = 1_000_000;
const PATH = /^\/chat\/([A-Za-z0-9_-]{16,64})\/socket\/?$/;

interface Deps {
  house: ChatHouse;
  doors: ChatDoors;
  windows: ChatWindows;
  limits: ChatLimiters;
}

export interface ChatSockets {
  /** For the event `upgrade` of the HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** Whether a request that would like to change the protocol is one for a socket of ours. */
export function isChatSocket({ url = "", headers }: Pick<IncomingMessage, "url" | "headers">): boolean {
  return headers.upgrade?.toLowerCase() === "websocket" && PATH.test(url.split("?")[0]!);
}

/** `GET /chat/:key/socket`: frames both ways. A message is acknowledged by its echo, which is sent when it is durable. */
export function chatSockets(deps: Deps): ChatSockets {
  const { house, doors, limits, windows } = deps;
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: chatLimits.frameBytes,
    perMessageDeflate: false,
  });
  const byAddress = new Map<string, number>();
  const alive = new WeakSet<WebSocket>();
  const beat = setInterval(() => {
    for (const ws of server.clients) {
      if (!alive.has(ws)) ws.terminate();
      else {
        alive.delete(ws);
        ws.ping();
      }
    }
  }, PING_EVERY);
  beat.unref();

  async function admit(request: IncomingMessage): Promise<{ door: ChatDoor; visiting: Visiting; after: number }> {
    const url = new URL(request.url ?? "/", "http://chat.invalid");
    const key = PATH.exec(url.pathname)?.[1];
    if (!key) throw new AppError("not-found", "There is nothing at this address.");
    needOwnOrigin(request);
    const query = chatSocketQuery.safeParse(Object.fromEntries(url.searchParams));
    if (!query.success) throw new AppError("invalid-request", "after has to be the number of a line.");
    const door = await doors.of(key);
    const visiting = house.tokens.read(door.channelId, query.data.token ?? "", house.clock.now());
    if (!visiting) throw new AppError("chat-token-refused", "This visit has ended. Ask for a session again.");
    limits.need("polls", visiting.visitorId);
    return { door, visiting, after: query.data.after };
  }

  function serve(ws: WebSocket, door: ChatDoor, visiting: Visiting, after: number, address: string): void {
    const window: Window = {
      ...{ door, ...visiting, after },
      send(frame) {
        if (ws.readyState !== ws.OPEN) return;
        if (ws.bufferedAmount > MOST_WAITING_BYTES) ws.terminate();
        else ws.send(JSON.stringify(frame));
      },
      shut: () => ws.close(1001, "the server goes or the visit has ended"),
    };
    // One frame after the other: what was written first is first in the log.
    let before: Promise<void> = Promise.resolve();
    let waiting = 0;
    alive.add(ws);
    ws.on("pong", () => alive.add(ws));
    ws.on("error", () => ws.terminate());
    ws.on("close", () => windows.close(window));
    ws.on("message", (data, isBinary) => {
      alive.add(ws);
      if (isBinary || waiting >= 50) return ws.close(1008, "text frames, and not so many at once");
      waiting += 1;
      before = before
        .then(() => take(deps, window, visiting, address, String(data)))
        .catch((error) => house.log.warn({ err: error }, "web chat: a frame"))
        .finally(() => {
          waiting -= 1;
        });
    });
    void windows.open(window);
  }

  return {
    upgrade(request, socket, head) {
      const address = addressOf(request);
      const had = byAddress.get(address) ?? 0;
      const leave = () => {
        const left = (byAddress.get(address) ?? 1) - 1;
        if (left > 0) byAddress.set(address, left);
        else byAddress.delete(address);
      };
      socket.on("error", () => socket.destroy());
      if (had >= MOST_SOCKETS.address || server.clients.size >= MOST_SOCKETS.all)
        return refuse(socket, "too-many-requests");
      byAddress.set(address, had + 1);
      socket.once("close", leave);
      admit(request).then(
        ({ door, visiting, after }) => {
          if (windows.of(visiting.visitorId) >= MOST_SOCKETS.visitor) return refuse(socket, "too-many-requests");
          server.handleUpgrade(request, socket, head, (ws) => serve(ws, door, visiting, after, address));
        },
        (error) => {
          if (!(error instanceof AppError)) house.log.error({ err: error }, "web chat: a socket could not be opened");
          refuse(socket, error instanceof AppError ? error.code : "internal");
        },
      );
    },
    async close() {
      clearInterval(beat);
      for (const ws of server.clients) ws.close(1001, "the server goes");
      await new Promise<void>((done) => {
        const late = setTimeout(() => {
          for (const ws of server.clients) ws.terminate();
        }, 500);
        server.close(() => {
          clearTimeout(late);
          done();
        });
      });
    },
  };
}

/** A page of somebody else's cannot open a socket with a browser's help; programs send no Origin and have no browser to abuse. */
function needOwnOrigin({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  if (origin === undefined) return;
  if (URL.canParse(origin) && new URL(origin).host === host) return;
  throw new AppError("not-permitted", "A socket is opened by the chat's own window only.");
}

/** Refused before it is a socket, as a plain answer of HTTP. */
function refuse(socket: Duplex, code: keyof typeof errorCodes): void {
  const { status, title } = errorCodes[code];
  const body = JSON.stringify({ type: `https://hubbub.invalid/errors/${code}`, title, status, code, detail: title });
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

async function take(deps: Deps, window: Window, visiting: Visiting, address: string, data: string): Promise<void> {
  const { house, limits } = deps;
  const { door, visitorId } = window;
  const read = chatClientFrame.safeParse(frameIn(data));
  if (!read.success) {
    const id = (frameIn(data) as { clientMsgId?: unknown } | undefined)?.clientMsgId;
    return window.send({
      ...{
        type: "refused",
        code: "invalid-request",
        detail: "This frame has no shape that is known here.",
        again: false,
      },
      ...(typeof id === "string" && { clientMsgId: id.slice(0, 40).toWellFormed() }),
    });
  }
  const frame = read.data;
  switch (frame.type) {
    case "ping":
      return window.send({ type: "pong" });
    case "message":
      try {
        limits.need("says", visitorId);
        limits.need("saysOfAddress", address);
        const line = await chatActs(house, door, visiting, newTrace(house.clock.now())).say(frame);
        // Already sent once before: its echo may be long past.
        if (line.seq <= window.after) window.send(presentLine(house, door.accountId, line));
      } catch (error) {
        window.send(refused(error, frame.clientMsgId));
        if (!(error instanceof AppError)) throw error;
      }
      return;
    default:
      if (limits.allows("signals", visitorId)) await takeSignal(house, door, visiting, frame);
  }
}

function refused(error: unknown, clientMsgId: string): ChatFrame {
  if (!(error instanceof AppError))
    return {
      ...{ type: "refused", clientMsgId, code: "internal", again: true, waitMs: 5_000 },
      detail: "It could not be taken now. It is tried again.",
    };
  const again = error.code === "too-many-requests" || error.code === "not-ready";
  return {
    ...{ type: "refused", clientMsgId, code: error.code, detail: error.message, again },
    ...(again && { waitMs: 30_000 }),
  };
}

function frameIn(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
