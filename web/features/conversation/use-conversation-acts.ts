import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { newId } from "../../shared/api/new-id.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { tellProblem } from "../../shared/api/tell-problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { type Acted, useUndoAct } from "../../shared/api/use-undo-act.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
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
  const client = useQueryClient();
  const words = useTimeWords();
  const takeBack = useUndoAct();
  /** Done, with the way back. */
  const told = (text: string, { actId }: Acted) =>
    toasts.add({ text, ...(actId && { undo: () => void takeBack([actId]) }) });
  const path = `/api/desk/conversations/${id}`;
  const key = conversationQuery(id).queryKey;
  const touched = () => [...LISTS, key];
  function refused(problem: Problem): void {
    // Somebody was first: what they changed stands over the composer.
    tellProblem(problem, problem.kind !== "conflict");
  }

  const resolve = useCommand<{ outcome: string; name: string; closing?: object }, Acted>({
    run: ({ outcome, closing }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/resolve`,
          { outcome, ...(closing && { closing }) },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    invalidates: touched,
    onDone: (answer, { name }) => {
      told(t`Resolved: ${name}.`, answer);
      onGone(id, "resolved");
    },
    onProblem: refused,
  });

  const snooze = useCommand<{ until: number }, Acted>({
    run: ({ until }, commandId) =>
      withVersion((expectedVersion) =>
        api.post(
          `${path}/snooze`,
          { until: new Date(until).toISOString() },
          { commandId: versionedId(commandId, expectedVersion), expectedVersion },
        ),
      ),
    invalidates: touched,
    onDone: (answer, { until }) => {
      told(t`Snoozed until ${words.moment(until, presentMoment())}.`, answer);
      onGone(id, "snoozed");
    },
    onProblem: refused,
  });

  const assign = useCommand<{ to: AssignTo; note: string }, Acted>({
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
    onDone: (answer, { to }) => {
      told(t`Handed over to ${to.name}.`, answer);
      if (to.kind !== "agent" || to.agentId !== me) onGone(id, "assigned");
    },
    onProblem: refused,
  });

  const release = useCommand<void, Acted>({
    run: (_nothing, commandId) =>
      withVersion((expectedVersion) =>
        api.post(`${path}/release`, {}, { commandId: versionedId(commandId, expectedVersion), expectedVersion }),
      ),
    invalidates: touched,
    onDone: (answer) => {
      told(t`Given back to the queue.`, answer);
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

  const remind = useCommand<{ dueAt: number; text: string }, { id: string }>({
    run: ({ dueAt, text }, commandId) =>
      api.post(`${path}/reminders`, { dueAt: new Date(dueAt).toISOString(), text }, { commandId }),
    invalidates: () => [["later"]],
    onDone: ({ id: reminderId }, { dueAt }) =>
      toasts.add({
        text: t`You are reminded ${words.moment(dueAt, presentMoment())}.`,
        undo: () => void forget(reminderId),
      }),
    onProblem: refused,
  });
  async function forget(reminderId: string): Promise<void> {
    await api.post(`/api/desk/reminders/${reminderId}/done`, {}, { commandId: newId() }).catch(() => undefined);
    void client.invalidateQueries({ queryKey: ["later"] });
  }

  const mark = useCommand<{ messageId: string; task: string; value: string }, unknown>({
    run: ({ messageId, task, value }, commandId) =>
      api.post(`/api/desk/messages/${messageId}/mark`, { task, value }, { commandId }),
    invalidates: () => [key],
    onDone: () => toasts.add({ text: t`Corrected. The next guesses learn from it.` }),
    onProblem: refused,
  });

  return { resolve, snooze, assign, release, open, mark, remind };
}
