import { describe, expect, it } from "vitest";
import { freeKey, reasonsAsText, reasonsFromText } from "./reasons-text.ts";

const TREE = [
  { key: "net", name: "Network", below: [{ key: "mast", name: "Mast down" }] },
  { key: "bill", name: "Bill" },
];

describe("reasons written as lines", () => {
  it("come back as they were, keys included", () => {
    expect(reasonsAsText(TREE)).toBe("Network\n- Mast down\nBill");
    expect(reasonsFromText(reasonsAsText(TREE), TREE)).toEqual(TREE);
  });

  it("get keys of their own, each another one", () => {
    expect(reasonsFromText("Zu spät!\n  - Post\n - Post\n\n– Bote\n", [])).toEqual([
      {
        ...{ key: "zu-spat", name: "Zu spät!" },
        below: [
          { key: "post", name: "Post" },
          { key: "post-2", name: "Post" },
          { key: "bote", name: "Bote" },
        ],
      },
    ]);
    expect(freeKey("…", [{ key: "other" }])).toBe("other-2");
  });

  it("begin at the top where nothing stands above", () => {
    expect(reasonsFromText("- Alone", undefined)).toEqual([{ key: "alone", name: "Alone" }]);
  });
});
