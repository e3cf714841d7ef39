import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { newId } from "./new-id.ts";
import { asProblem, type Problem } from "./problem.ts";

type CommandPlan<Input, Answer> = {
  /** Does it, under the id it is handed: `(input, commandId) => api.post(path, body, { commandId })`. */
  run: (input: Input, commandId: string) => Promise<Answer>;
  /** What is shown at once; returns how to take it back when the server refuses. */
  optimistic?: (input: Input) => (() => void) | undefined;
  /** Queries that are another thing afterwards. The live stream tells the other browsers. */
  invalidates?: (input: Input, answer: Answer) => readonly QueryKey[];
  onDone?: (answer: Answer, input: Input) => void;
  onProblem?: (problem: Problem, input: Input) => void;
};

export type Command<Input, Answer> = {
  send: (input: Input) => void;
  sendAsync: (input: Input) => Promise<Answer>;
  busy: boolean;
  problem: Problem | null;
  answer: Answer | undefined;
  clear: () => void;
};

/**
 * One act of the agent. Sending the same input again after an unknown outcome keeps the same command id, so the
 * server does it once; a definite answer, yes or no, ends the id.
 */
export function useCommand<Input, Answer = unknown>(plan: CommandPlan<Input, Answer>): Command<Input, Answer> {
  const client = useQueryClient();
  const open = useRef<{ input: string; id: string } | null>(null);

  const mutation = useMutation<Answer, Problem, Input, { undo: (() => void) | undefined }>({
    mutationFn: (input) => {
      const said = JSON.stringify(input) ?? "";
      if (open.current?.input !== said) open.current = { input: said, id: newId() };
      return plan.run(input, open.current.id);
    },
    onMutate: (input) => ({ undo: plan.optimistic?.(input) }),
    onSuccess: async (answer, input) => {
      open.current = null;
      plan.onDone?.(answer, input);
      const keys = plan.invalidates?.(input, answer) ?? [];
      await Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error, input, context) => {
      const problem = asProblem(error);
      if (problem.kind !== "unknown" && problem.kind !== "offline") open.current = null;
      if (problem.kind !== "unknown") context?.undo?.();
      plan.onProblem?.(problem, input);
    },
  });

  return {
    send: (input) => mutation.mutate(input),
    sendAsync: (input) => mutation.mutateAsync(input),
    busy: mutation.isPending,
    problem: mutation.error ? asProblem(mutation.error) : null,
    answer: mutation.data,
    clear: mutation.reset,
  };
}
