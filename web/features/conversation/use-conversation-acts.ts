import { useLingui } from "@lingui/react/macro";
import { api } from "../../shared/api/api.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { conversationQuery } from "./conversation-query.ts";
import { versionedId, type WithVersion } from "./use-with-version.ts";

export type AssignTo =
  | { kind: "agent"; agentId: string; name: string }
  | { kind: "queue"; queueId: string; name: string };
type Acts = {
  id: string;
  me: string;
  withVersion: WithVersion;
  /** The work left my hands: what comes next? */
  onGone: (conversationId: string, how: "resolved" | "snoozed" | "assigned" | "released") => void;
};

const LISTS = [["work"], ["offers"], ["presence"]] as const;

/** What an agent does with a whole conversation. Each act names the version the agent saw. */
export function useConversationActs({ id, me, withVersion, onGone }: Acts) {
  const { t } = useLingui();
  const words = useTimeWords();
  const path = `/api/desk/conversations/${id}`;
  const key = conversationQuery(id).queryKey;
  const touched = () => [...LISTS, key];
  function refused(problem: Problem): void {
    announce(problem.detail ?? problem.title, true);
    if (problem.kind !== "conflict") toasts.add({ text: problem.detail ?? problem.title });
  }

  const resolve = useCommand<{ outcome: string; name: string }, unknown>({
    run: ({ outcome }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/resolve`,
          { outcome },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    invalidates: touched,
    onDone: (_answer, { name }) => {
      toasts.add({ text: t`Resolved: ${name}.` });
      onGone(id, "resolved");
    },
    onProblem: refused,
  });

  const snooze = useCommand<{ until: number }, unknown>({
    run: ({ until }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/snooze`,
          { until: new Date(until).toISOString() },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    invalidates: touched,
    onDone: (_answer, { until }) => {
      toasts.add({ text: t`Snoozed until ${words.moment(until, presentMoment())}.` });
      onGone(id, "snoozed");
    },
    onProblem: refused,
  });

  const assign = useCommand<{ to: AssignTo; note: string }, unknown>({
    run: ({ to, note }, commandId) =>
      withVersion((expectedVersion) => {
        const { name: _name, ...target } = to;
        return api.post(
          `${path}/assign`,
          { to: target, note },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        );
      }),
    invalidates: touched,
    onDone: (_answer, { to }) => {
      toasts.add({ text: t`Handed over to ${to.name}.` });
      if (to.kind !== "agent" || to.agentId !== me) onGone(id, "assigned");
    },
    onProblem: refused,
  });

  const release = useCommand<void, unknown>({
    run: (_nothing, commandId) =>
      withVersion((expectedVersion) =>
        api.post(`${path}/release`, {}, { commandId: versionedId(commandId, expectedVersion), expectedVersion }),
      ),
    invalidates: touched,
    onDone: () => {
      toasts.add({ text: t`Given back to the queue.` });
      onGone(id, "released");
    },
    onProblem: refused,
  });

  const open = useCommand<{ reason: string }, unknown>({
    run: ({ reason }, commandId) => api.post(`${path}/open`, { reason }, { commandId }),
    invalidates: touched,
    onDone: () => toasts.add({ text: t`A new episode is open. It goes to whoever is free.` }),
    onProblem: refused,
  });

  const mark = useCommand<{ messageId: string; task: string; value: string }, unknown>({
    run: ({ messageId, task, value }, commandId) =>
      api.post(`/api/desk/messages/${messageId}/mark`, { task, value }, { commandId }),
    invalidates: () => [key],
    onDone: () => toasts.add({ text: t`Corrected. The next guesses learn from it.` }),
    onProblem: refused,
  });

  return { resolve, snooze, assign, release, open, mark };
}
