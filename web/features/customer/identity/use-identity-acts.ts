import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { IdentityDone } from "#contracts/identity";
import { useCommand } from "../../../shared/api/use-command.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import {
  answerSuggestion,
  joinCustomers,
  markShared,
  partHandle,
  type Stitched,
  touched,
  undoJoin,
} from "./identity-query.ts";

/** What an agent decides about who somebody is. Each act can be taken back: at once with Z, later from the history. */
export function useIdentityActs() {
  const { t } = useLingui();
  const undo = useCommand<{ id: string; stitched?: Stitched }, IdentityDone>({
    run: undoJoin,
    invalidates: touched,
    onDone: ({ parted }) =>
      toasts.add({
        text:
          parted > 0
            ? t`Taken back, and ${plural(parted, { one: "# message", other: "# messages" })} parted along.`
            : t`Taken back. Everything is as it was before.`,
      }),
  });
  const done = (text: string) => (answer: IdentityDone) =>
    toasts.add({ text, undo: () => undo.send({ id: answer.actId }) });
  const shared = { invalidates: touched };
  const accept = useCommand<{ id: string }, IdentityDone>({
    ...shared,
    run: ({ id }, commandId) => answerSuggestion({ id, as: "accept" }, commandId),
    onDone: done(t`One customer from now on.`),
  });
  const refuse = useCommand<{ id: string }, IdentityDone>({
    ...shared,
    run: ({ id }, commandId) => answerSuggestion({ id, as: "refuse" }, commandId),
    onDone: done(t`Two people. It is not asked again.`),
  });
  const join = useCommand({ ...shared, run: joinCustomers, onDone: done(t`One customer from now on.`) });
  const part = useCommand({ ...shared, run: partHandle, onDone: done(t`The handle is somebody else’s from now on.`) });
  const share = useCommand({ ...shared, run: markShared, onDone: done(t`What is said there joins nobody any more.`) });
  return { undo, accept, refuse, join, part, share };
}
export type IdentityActs = ReturnType<typeof useIdentityActs>;
