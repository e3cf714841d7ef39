import { useLingui } from "@lingui/react/macro";
import type { Problem } from "../api/problem.ts";

export type ProblemWords = { title: string; detail: string | null };

/** The server's own sentences where it sent some; ours where no answer came. */
export function useProblemWords(problem: Problem): ProblemWords {
  const { t } = useLingui();
  const wait = problem.retryAfter;
  switch (problem.kind) {
    case "offline":
      return {
        title: t`Not sent: there is no connection to the server.`,
        detail: t`Keep what you have open. It can be done as soon as the line is back.`,
      };
    case "unknown":
      return {
        title: t`The server has not said whether it took it.`,
        detail: t`Doing the same again from here is safe: it is done once.`,
      };
    case "signed-out":
      return { title: t`Your session is over.`, detail: t`Sign in again; this page waits.` };
    case "failed":
      return {
        title: problem.code === "page-fault" ? t`This page has a fault.` : problem.title,
        detail:
          problem.detail ??
          (wait ? t`Nothing was changed. It takes another try in ${wait} s.` : t`Nothing was changed.`),
      };
    default:
      return {
        title: problem.title,
        detail: wait && !problem.detail ? t`It takes another try in ${wait} s.` : (problem.detail ?? null),
      };
  }
}
