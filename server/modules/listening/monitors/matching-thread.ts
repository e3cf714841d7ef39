import { parentPort } from "node:worker_threads";
import { createDesk, type Question } from "./matching-desk.ts";

/** The thread: answers questions in the order in which they come. */
const desk = createDesk();
parentPort?.on("message", (question: Question) => {
  const answer = desk(question);
  if (answer) parentPort?.postMessage(answer);
});
