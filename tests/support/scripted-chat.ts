import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { basename, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { type WebSocket, WebSocketServer } from "ws";
import type { z } from "zod";
import {
  type ChatConfig,
  type ChatFrame,
  type ChatMessage,
  type ChatSession,
  chatClientFrame,
  chatConsent,
  chatEmail,
  chatFrame,
  chatRead,
  chatSend,
  chatSession,
  chatSessionAsk,
  chatTranscript,
  chatTyping,
  chatVisit,
} from "#contracts/webchat";

const WIDGET = fileURLToPath(new URL("../../dist/widget/", import.meta.url));
export const CHAT_KEY = "scripted-chat-key-0001";
const TYPES: Record<string, string> = { ".js": "text/javascript", ".css": "text/css" };

interface Visitor {
  id: string;
  lines: ChatMessage[];
  ended: boolean;
  email: string;
  consent: { version: string; given: boolean } | null;
  readUpTo: number;
}

/** A server that speaks the chat's protocol as the contract says it, and can be told to fail in every way a line can. */
export interface ScriptedChat {
  url: string;
  config: ChatConfig;
  /** Origins that may embed the frame. */
  origins: string[];
  visitors: Map<string, Visitor>;
  /** All that was asked over HTTP, as `POST messages`. */
  asked: string[];
  /** What came over sockets. */
  told: z.output<typeof chatClientFrame>[];
  /** `down`: nobody answers; `swallow`: the work is done and the answer lost; a number: that status. For paths that begin so. */
  faults: { path: string; how: "down" | "swallow" | number; times: number }[];
  sockets: "open" | "refused";
  only(): Visitor;
  says(text: string, more?: Partial<ChatMessage>): ChatMessage;
  frame(frame: ChatFrame): void;
  drop(): void;
  connected(): number;
  close(): Promise<void>;
}

export function usualConfig(): ChatConfig {
  return {
    ...{ brandName: "Northwind Mobile", colours: { primary: "#0a655f", accent: "#e8a33d" }, position: "right" },
    ...{ greeting: [], hours: { open: true, opensAt: null }, consent: { required: false, version: "", text: "" } },
    files: { mime: ["image/png", "application/pdf", "text/plain"], maxBytes: 100_000, maxCount: 3 },
    ...{ emailContinuation: true, transcript: true, pages: { shown: true, query: false } },
  };
}

export async function openScriptedChat(): Promise<ScriptedChat> {
  if (!existsSync(`${WIDGET}widget.js`))
    throw new Error(
      "The chat widget is not built (dist/widget is missing). `npm test` builds it; so does `npm start`.",
    );
  const open = new Map<WebSocket, string>();
  const uploads = new Map<string, { bytes: Buffer; mime: string; name: string }>();
  const tokens = new Map<string, string>();
  const waiters: (() => void)[] = [];
  const server: Server = createServer((request, response) => {
    void answer(request, response).catch((error) => response.writeHead(500).end(String(error)));
  });
  const wss = new WebSocketServer({ noServer: true });

  const chat: ScriptedChat = {
    ...{ url: "", config: usualConfig(), origins: [], visitors: new Map(), asked: [], told: [], faults: [] },
    sockets: "open",
    only() {
      const all = [...chat.visitors.values()].filter((visitor) => visitor.lines.length > 0);
      if (all.length !== 1) throw new Error(`${all.length} visitors have written`);
      return all[0]!;
    },
    says(text, more = {}) {
      return add(chat.only(), { from: "agent", name: "Priya Nair", text, ...more });
    },
    frame(frame) {
      const text = JSON.stringify(chatFrame.parse(frame));
      for (const socket of open.keys()) socket.send(text);
    },
    drop() {
      for (const socket of open.keys()) socket.terminate();
    },
    connected: () => open.size,
    async close() {
      for (const wake of waiters.splice(0)) wake();
      wss.close();
      for (const socket of open.keys()) socket.terminate();
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  function add(visitor: Visitor, what: Partial<ChatMessage>): ChatMessage {
    const line: ChatMessage = {
      ...{ type: "message", id: randomUUID(), from: "visitor", text: "", files: [] },
      ...what,
      seq: (visitor.lines.at(-1)?.seq ?? 0) + 1,
      at: what.at ?? new Date().toISOString(),
    };
    visitor.lines.push(line);
    for (const [socket, id] of open) if (id === visitor.id) socket.send(JSON.stringify(chatFrame.parse(line)));
    for (const wake of waiters.splice(0)) wake();
    return line;
  }

  function visitorOf(request: IncomingMessage): Visitor | undefined {
    const token =
      request.headers.authorization?.replace("Bearer ", "") ??
      new URL(request.url!, "http://x").searchParams.get("token");
    return chat.visitors.get(tokens.get(token ?? "") ?? "");
  }

  function say(visitor: Visitor, body: z.output<typeof chatSend>): ChatMessage {
    visitor.ended = false;
    const known = visitor.lines.find((line) => line.clientMsgId === body.clientMsgId);
    if (known) return known;
    const files = body.files.map((id) => {
      const { bytes, mime, name } = uploads.get(id)!;
      return {
        id,
        name,
        mime,
        bytes: bytes.length,
        image: mime.startsWith("image/"),
        url: `/chat/${CHAT_KEY}/files/${id}`,
      };
    });
    return add(visitor, { clientMsgId: body.clientMsgId, text: body.text, files });
  }

  function session(ask: z.output<typeof chatSessionAsk>): ChatSession {
    let visitor = chat.visitors.get(tokens.get(ask.visitorToken ?? "") ?? "");
    const resumed = visitor !== undefined;
    visitor ??= { id: randomUUID(), lines: [], ended: false, email: "", consent: null, readUpTo: 0 };
    chat.visitors.set(visitor.id, visitor);
    const visitorToken = `token-${randomUUID()}`;
    tokens.set(visitorToken, visitor.id);
    return chatSession.parse({
      ...{ visitorToken, resumed, config: chat.config, consent: visitor.consent, place: null },
      conversation: { lastSeq: visitor.lines.at(-1)?.seq ?? 0, ended: visitor.ended },
      ...{ messages: visitor.lines.slice(-50), receipts: { delivered: 0, read: 0 }, readUpTo: visitor.readUpTo },
      visitor: { name: "", email: visitor.email, verified: false },
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url!, "http://x");
    const path = url.pathname;
    if (path === "/widget/frame") return frame(url, response);
    if (path.startsWith("/widget/")) return file(path, response);
    const what = path.replace(`/chat/${CHAT_KEY}/`, "");
    if (!path.startsWith(`/chat/${CHAT_KEY}/`)) {
      problem(response, 404, "not-found");
      return;
    }
    if (what.startsWith("files/")) {
      const found = uploads.get(what.slice(6));
      response.writeHead(found ? 200 : 404, { "content-type": found?.mime ?? "" }).end(found?.bytes);
      return;
    }
    chat.asked.push(`${request.method} ${what}`);
    const fault = chat.faults.find((one) => what.startsWith(one.path) && one.times > 0);
    if (fault) fault.times--;
    if (fault?.how === "down") {
      request.socket.destroy();
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    if (typeof fault?.how === "number")
      return problem(response, fault.how, fault.how === 429 ? "too-many-requests" : "internal");
    const result = await act(what, url, bytes, request);
    if (fault?.how === "swallow") {
      request.socket.destroy();
      return;
    }
    if (result === null) {
      problem(response, 401, "chat-token-refused");
      return;
    }
    if (typeof result === "string") {
      problem(response, 400, result);
      return;
    }
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(result));
  }

  async function act(what: string, url: URL, bytes: Buffer, request: IncomingMessage): Promise<object | string | null> {
    const body = <T extends z.ZodType>(shape: T) => shape.parse(JSON.parse(bytes.toString() || "{}")) as z.output<T>;
    if (what === "session") return session(body(chatSessionAsk));
    const visitor = visitorOf(request);
    if (!visitor) return null;
    if (what === "messages") {
      const message = say(visitor, body(chatSend));
      return { seq: message.seq, message };
    }
    if (what === "files") {
      const id = randomUUID();
      const name = url.searchParams.get("name")!;
      if (bytes.includes("not what it says")) return "invalid-request";
      uploads.set(id, { bytes, name, mime: request.headers["content-type"] ?? "" });
      const mime = uploads.get(id)!.mime;
      return {
        id,
        name,
        mime,
        bytes: bytes.length,
        image: mime.startsWith("image/"),
        url: `/chat/${CHAT_KEY}/files/${id}`,
      };
    }
    if (what === "events") {
      const after = Number(url.searchParams.get("after"));
      const since = () => visitor.lines.filter((line) => line.seq > after);
      if (since().length === 0 && url.searchParams.get("wait") !== "0")
        await new Promise<void>((done) => {
          waiters.push(done);
          request.socket.once("close", done);
        });
      return { frames: since(), lastSeq: visitor.lines.at(-1)?.seq ?? 0 };
    }
    if (what === "read") visitor.readUpTo = Math.max(visitor.readUpTo, body(chatRead).upTo);
    else if (what === "page") chat.told.push({ type: "page", ...body(chatVisit) });
    else if (what === "typing") body(chatTyping);
    else if (what === "email") visitor.email = body(chatEmail).address;
    else if (what === "transcript") body(chatTranscript);
    else if (what === "consent") visitor.consent = body(chatConsent);
    else if (what === "end") {
      visitor.ended = true;
      chat.frame({ type: "ended", by: "visitor" });
    } else return "not-found";
    return { ok: true };
  }

  /** As the real server sends it: its content policy, and who may embed it. */
  function frame(url: URL, response: ServerResponse): void {
    if (url.searchParams.get("chat") !== CHAT_KEY) {
      problem(response, 404, "not-found");
      return;
    }
    const within = [...chat.origins, chat.url].join(" ");
    const page = readFileSync(`${WIDGET}frame/index.html`, "utf8");
    const rules = ["script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "connect-src 'self'"];
    response
      .writeHead(200, {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": ["default-src 'none'", ...rules, `frame-ancestors ${within}`].join("; "),
      })
      .end(page.replace("<head>", `<head><meta name="hubbub-origins" content="${within}">`));
  }

  function file(path: string, response: ServerResponse): void {
    const name = basename(path);
    const found = `${WIDGET}${path.includes("/assets/") ? "assets/" : ""}${name}`;
    if (!existsSync(found)) {
      problem(response, 404, "not-found");
      return;
    }
    response
      .writeHead(200, { "content-type": TYPES[extname(name)] ?? "", "cross-origin-resource-policy": "cross-origin" })
      .end(readFileSync(found));
  }

  function problem(response: ServerResponse, status: number, code: string): void {
    response
      .writeHead(status, { "content-type": "application/problem+json" })
      .end(JSON.stringify({ code, detail: code }));
  }

  server.on("upgrade", (request, socket, head) => {
    const visitor = visitorOf(request);
    if (chat.sockets === "refused") {
      socket.destroy();
      return;
    }
    wss.handleUpgrade(request, socket, head, (line) => {
      if (!visitor) {
        line.close(1008);
        return;
      }
      open.set(line, visitor.id);
      line.on("close", () => open.delete(line));
      line.on("message", (data) => {
        const told = chatClientFrame.parse(JSON.parse(String(data)));
        chat.told.push(told);
        if (told.type === "ping") line.send(JSON.stringify({ type: "pong" }));
        if (told.type === "read") visitor.readUpTo = Math.max(visitor.readUpTo, told.upTo);
      });
      const after = Number(new URL(request.url!, "http://x").searchParams.get("after"));
      for (const one of visitor.lines.filter((l) => l.seq > after)) line.send(JSON.stringify(one));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  // The host's page and the chat are of one site and of two origins, as shop.example.com and desk.example.com are.
  chat.url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return chat;
}

/** Somebody else's site: pages by their path, each with the headers it likes. */
export async function openHostSite(pages: Record<string, { html: string; headers?: Record<string, string> }>) {
  const server = createServer((request, response) => {
    const page = pages[new URL(request.url!, "http://x").pathname];
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": "text/html; charset=utf-8", ...page.headers }).end(page.html);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
