import { describe, expect, it } from "vitest";
import type { Item } from "./item.ts";
import { redactBatch, senderKey } from "./redact-batch.ts";

function buildItem(text: string, over: Partial<Item> = {}): Item {
  return {
    externalId: text,
    revision: "1",
    kind: "dm",
    visibility: "private",
    thread: { key: "dm:1" },
    author: { id: "carla", scope: "", handle: "carla", name: "Carla", isSelf: false },
    addressedTo: [],
    text,
    entities: [],
    attachments: [],
    createdAt: 0,
    why: ["dm"],
    ...over,
  };
}
const run = (items: Item[], before = new Map()) =>
  redactBatch(
    items.map((item, i) => ({ item, messageId: `m${i}` })),
    before,
  );

describe("redactBatch", () => {
  it("takes a card out and finds the entities behind it again", () => {
    const text = "@northwind 4111 1111 1111 1111 see https://x.example";
    const item = buildItem(text, {
      entities: [
        { type: "mention", start: 0, end: 10, value: "northwind" },
        { type: "url", start: text.indexOf("https"), end: text.length, value: "https://x.example" },
      ],
    });
    const done = run([item]).items[0]!;
    expect(done.redactions).toBe(1);
    expect(done.item.entities.map((e) => done.item.text.slice(e.start, e.end))).toEqual([
      "@northwind",
      "https://x.example",
    ]);
  });

  it("sees a number spread over several messages of one sender in the batch, whatever their order in it", () => {
    const [a, b] = [buildItem("4111 1111", { createdAt: 1 }), buildItem("1111 1111", { createdAt: 2 })];
    for (const items of [
      [a, b],
      [b, a],
    ]) {
      const texts = run(items)
        .items.map((i) => i.item.text)
        .join(" ");
      expect(texts).not.toMatch(/\d{4}\s\d{4}/);
    }
  });

  it("reaches back to what is stored, and leaves other senders and threads alone", () => {
    const before = new Map([[senderKey(buildItem("")), [{ messageId: "old", text: "4111 1111" }]]]);
    const hit = run([buildItem("1111 1111")], before);
    expect(hit.earlier.get("old")).not.toContain("4111");
    expect(hit.replaced.get("4111 1111")).toBe(hit.earlier.get("old"));
    const bob = buildItem("1111 1111", { author: { id: "bob", scope: "", handle: "bob", name: "Bob", isSelf: false } });
    expect(run([bob], before).earlier.size).toBe(0);
    expect(run([buildItem("1111 1111", { thread: { key: "dm:2" } })], before).earlier.size).toBe(0);
  });

  it("cleans the subject as well, and hands texts without figures through as they are", () => {
    const mail = buildItem("see subject", { thread: { key: "mail:1", subject: "card 4111 1111 1111 1111" } });
    expect(run([mail]).items[0]!.item.thread.subject).toBe("card [card …1111]");
    const plain = buildItem("no figures");
    expect(run([plain]).items[0]!.item).toBe(plain);
  });
});
