import { expect, it } from "vitest";
import { type Ending, isEnding } from "./ending.ts";

const reply = (over: Partial<Ending> = {}): Ending => ({ episodeId: "e1", out: false, writtenAt: 100, ...over });
const work = { episodeId: "e1", t0: 50 };

it.each<[string, Ending | null | undefined, { episodeId: string; t0: number }, boolean]>([
  ["no such reply", null, work, false],
  ["none known", undefined, work, false],
  ["on its way", reply(), work, true],
  ["on its way, and the customer wrote meanwhile", reply(), { ...work, t0: 120 }, true],
  ["out, the episode not ended yet", reply({ out: true }), work, true],
  ["out, and the customer wrote after it was written", reply({ out: true }), { ...work, t0: 120 }, false],
  ["out, and taken back: a new episode goes on", reply({ out: true }), { ...work, episodeId: "e2" }, false],
])("work whose ending reply is %s", (_, ending, of, is) => expect(isEnding(ending, of)).toBe(is));
