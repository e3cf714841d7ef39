import { useState } from "react";
import { asProblem, type Problem } from "./problem.ts";

type Sending = {
  busy: boolean;
  /** Why the last try came to nothing. */
  problem: Problem | null;
  /** Hands it over and waits; while one is on its way, nothing else is. */
  send: (act: () => Promise<unknown>) => void;
};

/**
 * What a dialog hands over and waits for. Whoever opened it closes it when the act is done; refused, it stays open with what
 * was typed. Lives as long as the dialog, so the next one opens without the problem of the last.
 */
export function useSending(): Sending {
  const [state, setState] = useState<Pick<Sending, "busy" | "problem">>({ busy: false, problem: null });
  return {
    ...state,
    send(act) {
      if (state.busy) return;
      setState({ busy: true, problem: null });
      act().then(
        () => setState({ busy: false, problem: null }),
        (error: unknown) => setState({ busy: false, problem: asProblem(error) }),
      );
    },
  };
}
