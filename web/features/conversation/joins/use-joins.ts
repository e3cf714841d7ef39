import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { JoinDone, JoinPreview } from "#contracts/joins";
import type { Problem } from "../../../shared/api/problem.ts";
import { tellProblem } from "../../../shared/api/tell-problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import { doJoin, type JoinAsk, previewQuery, undoJoin } from "./joins-query.ts";

const TOUCHED = [["conversation"], ["work"], ["customer"]] as const;

/** Puts conversations together and apart. Every act can be taken back: at once by the toast, later in the conversation's history. */
export function useJoins(id: string) {
  const { t } = useLingui();
  const client = useQueryClient();
  function refused(problem: Problem): void {
    tellProblem(problem);
    void client.invalidateQueries({ queryKey: ["conversation"] });
  }
  const undo = useCommand<string, JoinDone>({
    run: undoJoin,
    invalidates: () => TOUCHED,
    onDone: () => toasts.add({ text: t`Taken back. Everything is where it was.` }),
    onProblem: refused,
  });
  const join = useCommand<{ ask: JoinAsk; preview: JoinPreview }, JoinDone>({
    run: ({ ask, preview }, commandId) => doJoin(id, ask, preview.expected, commandId),
    invalidates: () => TOUCHED,
    onDone: ({ act }, { ask }) => {
      const count = act.messages;
      const [into, from] = [act.into.number, act.from.number];
      const said = {
        merge: () => t`${from} is part of ${into} now.`,
        split: () => t`${into} is a conversation of its own now.`,
        move: () => t`${plural(count, { one: "# message", other: "# messages" })} moved to ${into}.`,
        link: () => t`${from} and ${into} are linked.`,
      }[ask.kind]();
      toasts.add({ text: said, undo: () => undo.send(act.id) });
      announce(said);
    },
    onProblem: refused,
  });
  /** Asks what would follow and does it: for acts that need no choice. Fails with a `Problem`. */
  async function joinNow(ask: JoinAsk): Promise<JoinDone> {
    const preview = await client.fetchQuery(previewQuery(id, ask));
    return join.sendAsync({ ask, preview });
  }
  return { join, joinNow, undo };
}
