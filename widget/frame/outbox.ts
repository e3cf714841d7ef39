import type { ChatFile, ChatMessage, ChatSend } from "#contracts/webchat";
import type { Answer } from "./api.ts";
import { waitBefore } from "./backoff.ts";
import type { Memory } from "./memory.ts";
import { oneAtATime } from "./one-at-a-time.ts";

/** A message of the visitor that the server has not yet taken. */
export interface Outgoing {
  clientMsgId: string;
  text: string;
  files: ChatFile[];
  at: number;
  /** Why the server will not have it; "" while it waits. */
  why: string;
}

interface Deps {
  key: string;
  memory: Memory;
  send(message: ChatSend): Promise<Answer<{ message: ChatMessage }>>;
  /** It stands in the log now. */
  onSent(message: ChatMessage): void;
  onChange(): void;
  /** Whether to try at all, and what to do about a refusal: "later" keeps it, a sentence marks it. */
  mayTry(): boolean;
  onRefused(code: string): "later" | string;
  now(): number;
  chance(): number;
}

const AT = "out:";

export interface Outbox {
  list(): Outgoing[];
  add(text: string, files: ChatFile[]): void;
  /** Sends what waits, in its order, one after the other. Safe to call at any time. */
  drain(): void;
  /** The log has it: a lost answer or another tab. */
  settle(clientMsgId: string | undefined): void;
  again(clientMsgId: string): void;
  drop(clientMsgId: string): void;
}

/**
 * What was written is kept in the browser until the server has it: each message under its own name, so that two tabs never
 * overwrite one another's. Both may send the same one; its `clientMsgId` makes that one message.
 */
export function outboxOf(deps: Deps): Outbox {
  const { memory } = deps;
  let isDraining = false;
  let isAsked = false;
  let attempt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const keep = (one: Outgoing) => memory.set(AT + one.clientMsgId, JSON.stringify(one));
  const read = (name: string): Outgoing | null => {
    try {
      const one = JSON.parse(memory.get(name) ?? "null") as Outgoing | null;
      return one && typeof one.text === "string" && Array.isArray(one.files) ? one : null;
    } catch {
      return null;
    }
  };
  const list = () =>
    memory
      .names(AT)
      .flatMap((name) => read(name) ?? [])
      .sort((a, b) => a.at - b.at);

  async function sendAll(): Promise<void> {
    for (;;) {
      const next = list().find((one) => one.why === "");
      if (!next || !deps.mayTry()) return;
      const { clientMsgId, text, files } = next;
      const answer = await deps.send({ clientMsgId, text, files: files.map((file) => file.id) });
      if (answer.ok) {
        attempt = 0;
        memory.remove(AT + clientMsgId);
        deps.onSent(answer.value.message);
        continue;
      }
      const { status, code, retryMs } = answer.problem;
      const isPassing = status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
      const why = isPassing ? "later" : deps.onRefused(code);
      if (why !== "later") {
        keep({ ...next, why });
        deps.onChange();
        continue;
      }
      clearTimeout(timer);
      timer = setTimeout(drain, Math.max(retryMs ?? 0, waitBefore(attempt++, deps.chance())));
      return;
    }
  }

  function drain(): void {
    isAsked = true;
    if (!isDraining) void drainAll();
  }

  async function drainAll(): Promise<void> {
    isDraining = true;
    while (isAsked) {
      isAsked = false;
      clearTimeout(timer);
      await oneAtATime(`hubbub-chat-out:${deps.key}`, sendAll);
    }
    isDraining = false;
  }

  return {
    list,
    drain,
    add(text, files) {
      const last = list().at(-1)?.at ?? 0;
      keep({ clientMsgId: newId(), text, files, at: Math.max(deps.now(), last + 1), why: "" });
      deps.onChange();
      drain();
    },
    settle(clientMsgId) {
      if (clientMsgId && memory.get(AT + clientMsgId) !== null) memory.remove(AT + clientMsgId);
    },
    again(clientMsgId) {
      const one = read(AT + clientMsgId);
      if (one) keep({ ...one, why: "" });
      deps.onChange();
      drain();
    },
    drop(clientMsgId) {
      memory.remove(AT + clientMsgId);
      deps.onChange();
    },
  };
}

/** A UUID also where `crypto.randomUUID` is missing (pages without https). */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
