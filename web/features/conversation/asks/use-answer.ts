import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { AskAnswered, AskView } from "#contracts/asks";
import { useCommand } from "../../../shared/api/use-command.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { sayProblem } from "../../../shared/ui/problem-words.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import { useJoins } from "../joins/use-joins.ts";
import { sendAnswer } from "./asks-query.ts";

const TOUCHED = [["conversation"], ["work"], ["customer"]] as const;

/** Decides a close call; where something was moved by it, that can be taken back at once. */
export function useAnswer() {
  const { t } = useLingui();
  const client = useQueryClient();
  const { undo } = useJoins("");
  return useCommand<{ ask: AskView; answer: "there" | "here" }, AskAnswered>({
    run: ({ ask, answer }, commandId) => sendAnswer(ask.messageId, { answer, expected: ask.expected }, commandId),
    invalidates: () => TOUCHED,
    onDone({ act }, { ask, answer }) {
      const other = ask.other?.number;
      const said =
        answer === "here"
          ? t`It stays in ${ask.conversation.number}. You will not be asked again.`
          : other
            ? t`${ask.conversation.number} is part of ${other} now.`
            : t`It is a conversation of its own now.`;
      toasts.add({ text: said, ...(act && { undo: () => undo.send(act.id) }) });
      announce(said);
    },
    onProblem(problem) {
      const text = sayProblem(problem);
      announce(text, true);
      toasts.add({ text });
      void client.invalidateQueries({ queryKey: ["conversation"] });
    },
  });
}
