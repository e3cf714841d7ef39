import { describe, expect, test } from "vitest";
import { createHub, type Tab } from "./hub.ts";
import { readLiveEvent, type ToTab } from "./protocol.ts";
import type { StreamHandlers } from "./stream.ts";

function build() {
  const streams: { handlers: StreamHandlers; closed: boolean; tries: number }[] = [];
  const hub = createHub({
    now: () => 500,
    open(handlers) {
      const stream = { handlers, closed: false, tries: 0 };
      streams.push(stream);
      return {
        close: () => {
          stream.closed = true;
        },
        tryNow: () => {
          stream.tries += 1;
        },
      };
    },
  });
  const tab = () => {
    const heard: ToTab[] = [];
    const port: Tab = { send: (message) => heard.push(message) };
    return { port, heard };
  };
  return { hub, streams, tab };
}

const event = { position: 1, kind: "offer", id: "o1", version: 1 };

describe("the hub", () => {
  test("two tabs share one stream and both hear it", () => {
    const { hub, streams, tab } = build();
    const [one, two] = [tab(), tab()];
    hub.receive(one.port, { type: "join", session: "anna" });
    streams[0]?.handlers.onStatus({ state: "online" });
    hub.receive(two.port, { type: "join", session: "anna" });
    expect(streams).toHaveLength(1);
    // The late tab learns the state, and that what it fetched before may be stale.
    expect(two.heard).toEqual([
      { type: "status", status: { state: "online" } },
      { type: "reset", before: 500 },
    ]);
    streams[0]?.handlers.onEvent(event);
    expect(one.heard.at(-1)).toEqual({ type: "event", event });
    expect(two.heard.at(-1)).toEqual({ type: "event", event });
  });

  test("the last tab closes it, a new one opens it again", () => {
    const { hub, streams, tab } = build();
    const [one, two] = [tab(), tab()];
    hub.receive(one.port, { type: "join", session: "anna" });
    hub.receive(two.port, { type: "join", session: "anna" });
    hub.receive(one.port, { type: "leave" });
    expect(streams[0]?.closed).toBe(false);
    streams[0]?.handlers.onEvent(event);
    expect(one.heard.some((message) => message.type === "event")).toBe(false);
    hub.receive(two.port, { type: "leave" });
    expect(streams[0]?.closed).toBe(true);
    hub.receive(one.port, { type: "join", session: "anna" });
    expect(streams).toHaveLength(2);
  });

  test("another agent at the same browser gets a stream of their own", () => {
    const { hub, streams, tab } = build();
    const one = tab();
    hub.receive(one.port, { type: "join", session: "anna" });
    hub.receive(one.port, { type: "join", session: "ben" });
    expect(streams.map((stream) => stream.closed)).toEqual([true, false]);
  });

  test("after a sign-out joining opens anew", () => {
    const { hub, streams, tab } = build();
    const one = tab();
    hub.receive(one.port, { type: "join", session: "anna" });
    streams[0]?.handlers.onStatus({ state: "signed-out" });
    hub.receive(one.port, { type: "join", session: "anna" });
    expect(streams).toHaveLength(2);
  });

  test("try now is passed on", () => {
    const { hub, streams, tab } = build();
    const one = tab();
    hub.receive(one.port, { type: "join", session: "anna" });
    hub.receive(one.port, { type: "try-now" });
    expect(streams[0]?.tries).toBe(1);
  });
});

test.each([
  [
    "whole",
    '{"position":5,"kind":"message","id":"m","version":2,"conversationId":"c"}',
    "5",
    { position: 5, kind: "message", id: "m", version: 2, conversationId: "c" },
  ],
  ["position from the id", '{"kind":"message","id":"m"}', "6", { position: 6, kind: "message", id: "m", version: 0 }],
  ["no kind", '{"position":5,"id":"m"}', "5", null],
  ["a number", "5", "5", null],
  ["null", "null", "5", null],
  ["no JSON", "{", "5", null],
  ["a position that is none", '{"position":-1,"kind":"a","id":"m"}', null, null],
])("event: %s", (_name, data, id, expected) => {
  expect(readLiveEvent(data, id)).toEqual(expected);
});
