import { describe, expect, test, vi } from "vitest";
import type { ChatMessage, ChatSend } from "#contracts/webchat";
import type { Answer } from "./api.ts";
import { waitBefore } from "./backoff.ts";
import { memoryOf } from "./memory.ts";
import { newId, outboxOf } from "./outbox.ts";

/** A browser's memory that several tabs have. */
function disk(): Storage {
  const all = new Map<string, string>();
  return {
    get length() {
      return all.size;
    },
    key: (n) => [...all.keys()][n] ?? null,
    getItem: (name) => all.get(name) ?? null,
    setItem: (name, value) => void all.set(name, value),
    removeItem: (name) => void all.delete(name),
    clear: () => all.clear(),
  };
}

/** A server that keeps each message once, and whose answers are as told. */
function tab(storage: Storage, answers: ("ok" | "lost" | "down" | "no")[] = [], log: ChatMessage[] = []) {
  const memory = memoryOf("key", storage);
  memory.allow(true);
  const sent: string[] = [];
  const box = outboxOf({
    ...{ key: "key", memory, onChange() {}, mayTry: () => true, now: () => 1_000, chance: () => 0 },
    onSent: (message) => void sent.push(message.text),
    onRefused: (code) => code,
    async send({ clientMsgId, text }: ChatSend): Promise<Answer<{ message: ChatMessage }>> {
      const how = answers.shift() ?? "ok";
      if (how === "down") return { ok: false, problem: { status: 0, code: "offline", retryMs: null } };
      if (how === "no") return { ok: false, problem: { status: 400, code: "invalid-request", retryMs: null } };
      const message: ChatMessage = log.find((line) => line.clientMsgId === clientMsgId) ?? {
        ...{ type: "message", seq: log.length + 1, id: newId(), from: "visitor", text: text ?? "", clientMsgId },
        ...{ at: "2026-11-22T09:00:00.000Z", files: [] },
      };
      if (!log.includes(message)) log.push(message);
      return how === "lost"
        ? { ok: false, problem: { status: 0, code: "offline", retryMs: null } }
        : { ok: true, value: { message } };
    },
  });
  return { box, sent, log };
}

describe("what was written and has not left", () => {
  test("goes in its order, each once, also when answers are lost and the line is down", async () => {
    vi.useFakeTimers();
    const { box, log } = tab(disk(), ["down", "lost", "ok", "lost", "down", "ok"]);
    for (const text of ["one", "two", "three"]) box.add(text, []);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(log.map((line) => line.text)).toEqual(["one", "two", "three"]);
    expect(box.list()).toEqual([]);
  });

  test("outlives the page, and is one message though two tabs send it", async () => {
    const storage = disk();
    const first = tab(storage, ["lost", "down"]);
    first.box.add("hello", []);
    await vi.waitFor(() => expect(first.log).toHaveLength(1));
    // The page is loaded again, and a second tab opens.
    const again = tab(storage, [], first.log);
    const other = tab(storage, [], first.log);
    again.box.drain();
    other.box.drain();
    await vi.waitFor(() => expect(again.box.list()).toEqual([]));
    expect(first.log.map((line) => line.text)).toEqual(["hello"]);
  });

  test("a refused one stands with its reason and holds up no other; it may be tried again or go", async () => {
    const { box, log } = tab(disk(), ["no", "ok"]);
    box.add("refused", []);
    box.add("taken", []);
    await vi.waitFor(() => expect(log.map((line) => line.text)).toEqual(["taken"]));
    expect(box.list().map(({ text, why }) => [text, why])).toEqual([["refused", "invalid-request"]]);
    box.again(box.list()[0]!.clientMsgId);
    await vi.waitFor(() => expect(log).toHaveLength(2));
    expect(box.list()).toEqual([]);
  });

  test("what lies broken in the browser's memory is passed over", () => {
    const storage = disk();
    for (const [n, broken] of ["{", "null", "[]", '{"text":3,"files":[]}', '{"text":"x"}'].entries())
      storage.setItem(`hubbub-chat:key:out:${n}`, broken);
    expect(tab(storage).box.list()).toEqual([]);
  });
});

describe("memory", () => {
  test("nothing is written before it may be, then what was set is", () => {
    const storage = disk();
    const memory = memoryOf("key", storage);
    memory.set("token", "t");
    expect(storage.length).toBe(0);
    expect(memory.get("token")).toBe("t");
    memory.allow(true);
    expect(storage.getItem("hubbub-chat:key:token")).toBe("t");
  });

  test("a browser that keeps nothing serves as long as the page", () => {
    const full = {
      ...disk(),
      setItem: () => {
        throw new Error("full");
      },
    };
    for (const memory of [memoryOf("key", full), memoryOf("key", null)]) {
      memory.allow(true);
      memory.set("out:1", "x");
      expect([memory.get("out:1"), memory.names("out:")]).toEqual(["x", ["out:1"]]);
      memory.forget();
      expect(memory.get("out:1")).toBeNull();
    }
  });
});

test("tries come later and later, never all at once, and never later than half a minute", () => {
  expect([0, 1, 2, 3].map((n) => waitBefore(n, 0))).toEqual([300, 600, 1_200, 2_400]);
  expect(waitBefore(50, 0.999)).toBeLessThanOrEqual(30_000);
  expect(waitBefore(3, 0.9)).toBeGreaterThan(waitBefore(3, 0.1));
});

test("ids are UUIDs of version 4", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
