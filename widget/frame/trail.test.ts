import { expect, it } from "vitest";
import { memoryOf } from "./memory.ts";
import { trailOf } from "./trail.ts";

const page = (path: string) => ({ url: `https://shop.example/${path}`, title: path, referrer: "" });
const paths = (pages: { url: string }[]) => pages.map((one) => new URL(one.url).pathname.slice(1)).join();
const MINUTE = 60_000;

it("tells the pages before, the newest first, each once and ten at most", () => {
  const memory = memoryOf("key", null);
  expect(trailOf(memory, page("a"), 0)).toEqual([]);
  expect(paths(trailOf(memory, page("b"), MINUTE))).toBe("a");
  expect(paths(trailOf(memory, page("b"), MINUTE))).toBe("a");
  expect(paths(trailOf(memory, page("a"), 2 * MINUTE))).toBe("b");
  for (let i = 0; i < 20; i++) trailOf(memory, page(`p${i}`), 3 * MINUTE);
  expect(paths(trailOf(memory, page("end"), 3 * MINUTE))).toBe("p19,p18,p17,p16,p15,p14,p13,p12,p11,p10");
});

it("begins anew after half an hour, and with whatever cannot be read", () => {
  const memory = memoryOf("key", null);
  trailOf(memory, page("a"), 0);
  expect(trailOf(memory, page("b"), 31 * MINUTE)).toEqual([]);
  for (const junk of ["{", "null", '{"at":1,"pages":[null,{"url":3}]}', '{"at":"x","pages":{}}']) {
    memory.set("trail", junk);
    expect(trailOf(memory, page("c"), 2), junk).toEqual([]);
  }
});
