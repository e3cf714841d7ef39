import { announce } from "../ui/announcer.tsx";
import { sayProblem } from "../ui/problem-words.ts";
import { toasts } from "../ui/toast.tsx";
import type { Problem } from "./problem.ts";
import { isSaid } from "./said-problems.ts";

/** Until then a notice that shows the problem has been drawn, ms. */
const DRAWN_AFTER = 100;

/**
 * Says what went wrong where no place of the screen says it: the dialog that sent it may have been closed meanwhile.
 * `toast` false: something else stands there for the eyes, so it is only read aloud.
 */
export function tellProblem(problem: Problem, toast = true): void {
  setTimeout(() => {
    if (isSaid(problem) || problem.kind === "signed-out") return;
    const text = sayProblem(problem);
    announce(text, true);
    if (toast) toasts.add({ text });
  }, DRAWN_AFTER);
}
