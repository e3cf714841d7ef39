import { randomUUID } from "node:crypto";
import { WebSocket } from "ws";
import type { ChatClientFrame, ChatFrame, ChatMessage, ChatSession, ChatSessionAsk } from "../../contracts/webchat.ts";
import { eventually } from "./eventually.ts";

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies
  body: any;
}

/** A visitor's browser without the looks: what a chat's window says to the server, and hears. */
export class ChatClient {
  readonly #base: string;
  readonly key: string;
  token = "";
  session: ChatSession | null = null;

  constructor(url: string, key: string) {
    this.#base = `${url}/chat/${key}`;
    this.key = key;
  }

  async open(ask: ChatSessionAsk = {}): Promise<ChatSession> {
    const { status, body } = await this.post("session", {
      locale: "en",
      ...(this.token !== "" && { visitorToken: this.token }),
      ...ask,
    });
    if (status !== 200) throw new Error(`no session: ${status} ${JSON.stringify(body)}`);
    this.session = body;
    this.token = body.visitorToken;
    return body;
  }

  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask(path, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const bearer: Record<string, string> = this.token === "" ? {} : { authorization: `Bearer ${this.token}` };
    const response = await fetch(`${this.#base}/${path}`, {
      ...init,
      headers: { ...bearer, ...(init.headers as Record<string, string>) },
    });
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {}
    return { status: response.status, body };
  }

  /** Says something by the road that always works. */
  async say(text: string, more: { clientMsgId?: string; files?: string[] } = {}): Promise<ChatMessage> {
    const { status, body } = await this.post("messages", { clientMsgId: randomUUID(), text, ...more });
    if (status !== 200) throw new Error(`not taken: ${status} ${JSON.stringify(body)}`);
    return body.message;
  }

  async connect(after = 0): Promise<ChatSocket> {
    const address = `${this.#base.replace(/^http/, "ws")}/socket?token=${this.token}&after=${after}`;
    return openSocket(address);
  }
}

/** An open socket and all that came over it. */
export interface ChatSocket {
  frames: ChatFrame[];
  /** Lines, in the order in which they came. */
  lines(): ChatMessage[];
  send(frame: ChatClientFrame | string): void;
  heard<T extends ChatFrame["type"]>(
    type: T,
    fits?: (frame: Extract<ChatFrame, { type: T }>) => boolean,
  ): Promise<Extract<ChatFrame, { type: T }>>;
  closed(): Promise<number>;
  close(): Promise<void>;
}

export async function openSocket(address: string, headers: Record<string, string> = {}): Promise<ChatSocket> {
  const ws = new WebSocket(address, { headers });
  const frames: ChatFrame[] = [];
  let code = 0;
  ws.on("message", (data) => frames.push(JSON.parse(String(data))));
  ws.on("close", (why) => {
    code = why || 1005;
  });
  await new Promise<void>((resolve, reject) => {
    ws.once("open", resolve);
    ws.once("unexpected-response", (_request, response) => {
      response.resume();
      reject(Object.assign(new Error(`refused: ${response.statusCode}`), { status: response.statusCode }));
      ws.terminate();
    });
    ws.once("error", reject);
  });
  return {
    frames,
    lines: () => frames.filter((f) => f.type === "message"),
    send: (frame) => ws.send(typeof frame === "string" ? frame : JSON.stringify(frame)),
    heard: (type, fits = () => true) =>
      eventually(`a frame ${type}`, async () => frames.find((f) => f.type === type && fits(f as never)) as never),
    closed: () => eventually("the socket is closed", async () => code || undefined),
    async close() {
      ws.close();
      await eventually("the socket is closed", async () => code || undefined);
    },
  };
}
