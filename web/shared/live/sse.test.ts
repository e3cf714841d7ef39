import fc from "fast-check";
import { expect, test } from "vitest";
import { createSseReader, type SseMessage } from "./sse.ts";

function read(pieces: readonly string[]): SseMessage[] {
  const found: SseMessage[] = [];
  const reader = createSseReader((message) => found.push(message));
  for (const piece of pieces) reader.push(piece);
  return found;
}

test("messages, named events, comments and several data lines", () => {
  const text = ': hb\n\nid: 7\ndata: {"a":1}\n\nevent: reset\nid: 9\ndata:\n\ndata: one\ndata:two\n\n';
  expect(read([text])).toEqual([
    { event: "message", id: "7", data: '{"a":1}' },
    { event: "reset", id: "9", data: "" },
    { event: "message", id: null, data: "one\ntwo" },
  ]);
});

test("however the stream is cut, and whatever ends its lines, the messages are the same", () => {
  const message = fc.record({ id: fc.nat(), data: fc.string().map((text) => text.replace(/[\r\n]/g, "")) });
  fc.assert(
    fc.property(
      fc.array(message, { maxLength: 6 }),
      fc.constantFrom("\n", "\r\n", "\r"),
      fc.array(fc.nat({ max: 200 }), { maxLength: 20 }),
      (messages, end, cuts) => {
        const text = messages.map((one) => `id: ${one.id}${end}data: ${one.data}${end}${end}`).join("");
        const places = [...new Set(cuts.filter((cut) => cut < text.length))].sort((a, b) => a - b);
        const pieces = [...places, text.length].map((to, at) => text.slice(at === 0 ? 0 : places[at - 1], to));
        // The last line end of all may be a lone \r whose \n never comes: add one comment line to close it.
        const found = read([...pieces, ": end\n"]);
        expect(found.map((one) => ({ id: Number(one.id), data: one.data }))).toEqual(messages);
      },
    ),
  );
});

test("a stream without line ends is refused, not kept", () => {
  const reader = createSseReader(() => {});
  expect(() => reader.push("x".repeat(70_000))).toThrow(/longer/);
});
