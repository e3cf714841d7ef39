import type { Fit } from "../fit.ts";
import type { Put } from "./by-sentence.ts";

/** Whether the reply suits how somebody writes and what befell them: told by what each sentence does, and by its manner. */
export function fitting(fit: Fit, sentences: number, question: boolean, need: boolean, put: Put): void {
  const { heavy, bad, caring, acting } = fit;
  const none = !caring && !acting;
  const share = (list: readonly unknown[]) => (bad ? list.length / Math.max(1, sentences) : 0);
  const some = (name: string, list: readonly unknown[]) => {
    put(name, share(list));
    put(`${name}, neither`, bad && none && list.length > 0);
  };
  put("need post", need);
  put("heavy, no care", heavy && !caring && !question);
  put("heavy, neither", heavy && none);
  put("heavy, facts alone", heavy && none && fit.echoes.length === 0 && fit.maxims.length === 0);
  some("maxim", fit.maxims);
  some("lesson", fit.lessons);
  some("echo", fit.echoes);
  put("bright to bad", bad && fit.bright.length > 0);
  put("bright to heavy", heavy && bad && fit.bright.length > 0);
  put("makes small", bad && fit.small.length > 0);
  put("makes small, no care", bad && fit.small.length > 0 && !caring);
  put("denies", bad && fit.denies.length > 0);
  put("runs down", fit.runsDown.length > 0);
  put("presses", fit.presses.length > 0);
  put("turned", bad && fit.turned.length > 0);
  put("turned, no care", bad && fit.turned.length > 0 && !caring);
  put("merry to bad", bad && fit.merry && !question);
  put("merry to bad, no care", bad && fit.merry && !question && !caring);
  put("formal post", fit.formal);
  put("chummy to formal", fit.formal && (fit.chummy.length > 0 || fit.merry));
  put("chummy to heavy", heavy && bad && fit.chummy.length > 0);
  put("stiff", fit.stiff.length > 0);
}
