import { useLingui } from "@lingui/react/macro";
import type { QueryKey } from "@tanstack/react-query";
import type { ApprovalView } from "#contracts/approval";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { approve, comment, confirm, giveBack, withdraw } from "./approval-query.ts";

/** What can be done with a request; each act names the version that was seen. */
export function useApprovalActs(of: ApprovalView) {
  const { t } = useLingui();
  const stale = (): QueryKey[] => [["approvals"], ["conversation", of.conversation.id], ["work"]];
  const said = (words: string) => {
    announce(words);
    toasts.add({ text: words });
  };
  const pass = useCommand({
    run: approve,
    invalidates: stale,
    onDone: (now: ApprovalView) =>
      said(now.state === "approved" ? t`Passed. It is on its way.` : t`Passed. The next ones are asked.`),
  });
  const back = useCommand({
    run: giveBack,
    invalidates: stale,
    onDone: () => said(t`Given back. ${of.author.name} has it as a draft, with your reason.`),
  });
  const take = useCommand({
    run: withdraw,
    invalidates: stale,
    onDone: () => said(t`Taken back. Your text is in the composer.`),
  });
  const sure = useCommand({ run: confirm, invalidates: stale });
  const word = useCommand({ run: comment, invalidates: stale });
  const all = [pass, back, take, sure, word];
  return {
    ...{ pass, back, take, sure, word },
    busy: all.some((one) => one.busy),
    problem: all.find((one) => one.problem)?.problem ?? null,
    on: { id: of.id, expectedVersion: of.version },
    clear: () => {
      for (const one of all) one.clear();
    },
  };
}
