import { describe, expect, it } from "vitest";
import { eventType, readEvent, shardOf } from "./event.ts";

eventType<{ text: string }>("TestTold", 2, (payload, from) => ({
  text: `v${from}:${(payload as { words: string }).words}`,
}));

describe("an event", () => {
  it("is read in today's shape although it was written in an older one", () => {
    const row = {
      position: 1,
      id: "i",
      type: "TestTold",
      v: 1,
      key: "k0",
      shard: 0,
      entity: "test",
      entity_id: "e",
      entity_version: 1,
      payload: { words: "old" },
      trace_id: null,
      occurred_at: 0,
    };
    expect(readEvent(row).payload).toEqual({ text: "v1:old" });
    expect(readEvent({ ...row, v: 2, payload: { text: "new" } }).payload).toEqual({ text: "new" });
  });
  it("has the shard of its key's last digit", () => {
    expect(shardOf("019a0000-0000-7000-8000-00000000000f")).toBe(15);
    expect(shardOf("019a0000-0000-7000-8000-000000000000")).toBe(0);
  });
});
