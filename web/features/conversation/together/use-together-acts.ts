import { useLingui } from "@lingui/react/macro";
import { api } from "../../../shared/api/api.ts";
import type { Problem } from "../../../shared/api/problem.ts";
import { tellProblem } from "../../../shared/api/tell-problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { toasts } from "../../../shared/ui/toast.tsx";
import { conversationQuery } from "../conversation-query.ts";
import { versionedId, type WithVersion } from "../use-with-version.ts";

export type Named = { id: string; name: string };
export type Asked = Named & { kind: "consult" | "conference"; note: string };

/** What is done on a conversation by more than one. */
export function useTogetherActs({ id, me, withVersion }: { id: string; me: string; withVersion: WithVersion }) {
  const { t } = useLingui();
  const path = `/api/desk/conversations/${id}`;
  const invalidates = () => [["work"], ["presence"], conversationQuery(id).queryKey];
  const onProblem = (problem: Problem) => {
    // Somebody was first: what they changed stands over the composer.
    tellProblem(problem, problem.kind !== "conflict");
  };
  const shared = { invalidates, onProblem };
  const ask = useCommand<Asked, unknown>({
    ...shared,
    run: ({ id: agentId, kind, note }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/guests`,
          { agentId, kind, note },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    onDone: (_answer, { name }) => toasts.add({ text: t`${name} was asked in. It stays with you.` }),
  });
  const dismiss = useCommand<Named, unknown>({
    ...shared,
    run: ({ id: agentId }, commandId) => api.delete(`${path}/guests/${agentId}`, {}, { commandId }),
    onDone: (_answer, guest) =>
      toasts.add({ text: guest.id === me ? t`You have left.` : t`${guest.name} is free again.` }),
  });
  const handOver = useCommand<Named & { note: string }, unknown>({
    ...shared,
    run: ({ id: agentId, note }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/guests/${agentId}/hand-over`,
          { note },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    onDone: (_answer, { name }) => toasts.add({ text: t`Handed over to ${name}.` }),
  });
  const wrapUp = useCommand<"finish" | "extend", unknown>({
    ...shared,
    run: (act, commandId) =>
      withVersion((expectedVersion) =>
        api.post(`${path}/wrap-up`, { act }, { commandId: versionedId(commandId, expectedVersion), expectedVersion }),
      ),
  });
  const bar = useCommand<Named & { reason: string }, unknown>({
    ...shared,
    run: ({ id: agentId, reason }, commandId) =>
      withVersion((expectedVersion) =>
        api.put(
          `${path}/barred/${agentId}`,
          { reason },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    onDone: (_answer, { name }) => toasts.add({ text: t`${name} is not offered this any more.` }),
  });
  const unbar = useCommand<Named, unknown>({
    ...shared,
    run: ({ id: agentId }, commandId) => api.delete(`${path}/barred/${agentId}`, {}, { commandId }),
  });
  return { ask, dismiss, handOver, wrapUp, bar, unbar };
}
