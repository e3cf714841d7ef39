import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { newId } from "./new-id.ts";
import { asProblem, type Problem } from "./problem.ts";
import { tellProblem } from "./tell-problem.ts";

type CommandPlan<Input, Answer> = {
  /** Does it, under the id it is handed: `(input, commandId) => api.post(path, body, { commandId })`. */
  run: (input: Input, commandId: string) => Promise<Answer>;
  /** What is shown at once; returns how to take it back when the server refuses. */
  optimistic?: (input: Input) => (() => void) | undefined;
  /** Queries that are another thing afterwards. The live stream tells the other browsers. */
  invalidates?: (input: Input, answer: Answer) => readonly QueryKey[];
  onDone?: (answer: Answer, input: Input) => void;
  /** Without it, what no place of the screen says is told by a toast. */
  onProblem?: (problem: Problem, input: Input) => void;
};

export type Command<Input, Answer> = {
  send: (input: Input) => void;
  /** Resolves when the server has done it, before what it touched was read anew; fails with a `Problem`. */
  sendAsync: (input: Input) => Promise<Answer>;
  busy: boolean;
  problem: Problem | null;
  answer: Answer | undefined;
  clear: () => void;
};

type Sent<Input, Answer> = { input: Input; done?: (answer: Answer) => void; refused?: (problem: Problem) => void };

/**
 * One act of the agent. Sending the same input again after an unknown outcome keeps the same command id, so the
 * server does it once; a definite answer, yes or no, ends the id.
 */
export function useCommand<Input, Answer = unknown>(plan: CommandPlan<Input, Answer>): Command<Input, Answer> {
  const client = useQueryClient();
  const open = useRef<{ input: string; id: string } | null>(null);

  const mutation = useMutation<Answer, Problem, Sent<Input, Answer>, { undo: (() => void) | undefined }>({
    mutationFn: ({ input }) => {
      const said = JSON.stringify(input) ?? "";
      if (open.current?.input !== said) open.current = { input: said, id: newId() };
      return plan.run(input, open.current.id);
    },
    onMutate: ({ input }) => ({ undo: plan.optimistic?.(input) }),
    onSuccess: async (answer, { input, done }) => {
      open.current = null;
      plan.onDone?.(answer, input);
      done?.(answer);
      const keys = plan.invalidates?.(input, answer) ?? [];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error, { input, refused }, context) => {
      const problem = asProblem(error);
      if (problem.kind !== "unknown" && problem.kind !== "offline") open.current = null;
      if (problem.kind !== "unknown") context?.undo?.();
      if (plan.onProblem) plan.onProblem(problem, input);
      else tellProblem(problem);
      refused?.(problem);
    },
  });
  return {
    send: (input) => mutation.mutate({ input }),
    sendAsync: (input) =>
      new Promise((done, refused) => {
        mutation.mutate({ input, done, refused });
      }),
    busy: mutation.isPending,
    problem: mutation.error ? asProblem(mutation.error) : null,
    answer: mutation.data,
    clear: mutation.reset,
  };
}
