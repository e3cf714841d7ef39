import { expect, test } from "vitest";
import { MINUTE } from "#platform/clock";
import { roomThreads } from "./room-threads.ts";

const line = (id: string, minute: number, from: string, text: string) => ({ id, at: minute * MINUTE, from, text });

test("a called nick leads to his thread, other lines to the author's own, silence begins anew", () => {
  const threads = roomThreads([
    line("1", 0, "Ann", "how many partitions should I make?"),
    line("2", 1, "Ben", "anyone running a mail server?"),
    line("3", 2, "Cem", "ann: two are enough"),
    line("4", 3, "Ann", "thanks"),
    line("5", 4, "Dan", "@Ben I do"),
    line("6", 5, "Cem", "one for swap"),
    line("7", 60, "Ann", "it boots"),
    line("8", 61, "Eva", "the usual maybe"),
  ]);
  expect(Object.fromEntries(threads)).toEqual({ 1: "1", 2: "2", 3: "1", 4: "1", 5: "2", 6: "1", 7: "7", 8: "8" });
});
