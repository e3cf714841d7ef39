import { expect, test } from "vitest";
import { MINUTE } from "#platform/clock";
import { candidatesOf } from "./room-features.ts";
import { emptyRoom, hear, listen, type RoomLine } from "./room-log.ts";
import { emptyModel, packModel, unpackModel } from "./room-model.ts";
import { roomThreads } from "./room-threads.ts";

const line = (id: string, minute: number, from: string, text: string): RoomLine => ({
  id,
  at: minute * MINUTE,
  from,
  text,
});
const talk = [
  line("1", 0, "Ann", "how many partitions should I make?"),
  line("2", 1, "Ben", "anyone running a mail server?"),
  line("3", 2, "Cem", "ann: two are enough"),
  line("4", 3, "Ann", "Cem: thanks"),
  line("5", 4, "Dan", "@Ben I do"),
  line("6", 5, "Cem", "Ann: one for swap"),
  line("8", 61, "Eva", "hello, how do I mount a usb stick?"),
];

test("a called nick leads to his thread, a first question begins one", () => {
  expect(Object.fromEntries(roomThreads(talk))).toEqual({ 1: "1", 2: "2", 3: "1", 4: "1", 5: "2", 6: "1", 8: "8" });
});

test("a notice stands alone; a new name is the same speaker", () => {
  const lines = [
    line("1", 0, "Ann", "how many partitions should I make?"),
    { ...line("n", 1, "Ann", "=== Ann is now known as Anna"), notice: true },
    line("2", 1, "Ben", "Anna: two"),
  ];
  expect(Object.fromEntries(roomThreads(lines))).toEqual({ 1: "1", n: "n", 2: "1" });
});

test("what comes later changes nothing", () => {
  const whole = roomThreads(talk);
  const half = roomThreads(talk.slice(0, 4));
  for (const [id, thread] of half) expect(whole.get(id)).toBe(thread);
});

test("at most fifty lines are looked at, however long the room has talked", () => {
  const room = emptyRoom();
  for (let i = 0; i < 2_000; i++)
    hear(room, listen(room, line(String(i), i, `p${i % 90}`, i % 3 ? `p${(i * 7) % 90}: yes` : "and then?")));
  expect(candidatesOf(room, listen(room, line("x", 2_001, "p3", "p5: what?"))).length).toBeLessThanOrEqual(50);
});

test("packed weights are the weights, and weights of other features are refused", () => {
  const model = emptyModel(3);
  model.linear.forEach((_, i) => {
    model.linear[i] = Math.sin(i);
  });
  model.outer.set([0.5, -2, 0]);
  const again = unpackModel(packModel(model));
  for (const [i, w] of again.linear.entries()) expect(w).toBeCloseTo(model.linear[i]!, 3);
  expect([...again.outer].map((w) => Math.round(w * 100) / 100)).toEqual([0.5, -2, 0]);
  expect(() => unpackModel({ ...packModel(model), hidden: 4 })).toThrow(/train it again/);
});
