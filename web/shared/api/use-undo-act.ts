import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { sayProblem } from "../ui/problem-words.ts";
import { toasts } from "../ui/toast.tsx";
import { api } from "./api.ts";
import { newId } from "./new-id.ts";
import { asProblem } from "./problem.ts";

/** What an act on work answers: the name under which it can be taken back. */
export type Acted = { actId?: string };

/** Takes acts of mine back, each by itself; says what could not be. */
export function useUndoAct(): (actIds: readonly string[]) => Promise<void> {
  const { t } = useLingui();
  const client = useQueryClient();
  return async (actIds) => {
    const refused: string[] = [];
    for (const actId of actIds) {
      try {
        await api.post(`/api/desk/acts/${actId}/undo`, {}, { commandId: newId() });
      } catch (error) {
        const problem = asProblem(error);
        refused.push(sayProblem(problem));
      }
    }
    for (const queryKey of [["work"], ["offers"], ["presence"], ["acts"], ["conversation"]])
      void client.invalidateQueries({ queryKey });
    if (refused[0]) toasts.add({ text: refused[0] });
    else toasts.add({ text: t`Taken back.` });
  };
}
