import { parentPort } from "node:worker_threads";
import { type Play, type Played, play } from "./play.ts";

export type PlayAnswer = { ok: true; played: Played | string } | { ok: false };

parentPort?.on("message", (asked: Play) => {
  let answer: PlayAnswer;
  try {
    answer = { ok: true, played: play(asked) };
  } catch {
    answer = { ok: false };
  }
  parentPort!.postMessage(answer);
});
