import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ConversationView } from "#contracts/desk";
import { api } from "../../shared/api/api.ts";
import type { Problem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { useTimeWords } from "../../shared/time/format.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { conversationQuery, seenVersion } from "./conversation-query.ts";
import { whatChanged } from "./what-changed.ts";

export type AssignTo = { kind: "agent"; agentId: string; name: string } | { kind: "queue"; queueId: string; name: string };
type Acts = {
  id: string;
  me: string;
  /** The work left my hands: what comes next? */
  onGone: (conversationId: string, how: "resolved" | "snoozed" | "assigned" | "released") => void;
  /** Somebody changed it under my hands. */
  onConflict: (problem: Problem, before: ConversationView, after: ConversationView) => void;
};

const LISTS = [["work"], ["offers"], ["presence"]] as const;

/** What an agent does with a whole conversation. Each act names the version the agent saw. */
export function useConversationActs({ id, me, onGone, onConflict }: Acts) {
  const { t } = useLingui();
  const client = useQueryClient();
  const words = useTimeWords();
  const path = `/api/desk/conversations/${id}`;
  const key = conversationQuery(id).queryKey;
  const touched = () => [...LISTS, key];
  const seen = () => {
    const view = client.getQueryData(key);
    return view ? seenVersion(view) : 0;
  };

  /**
   * Does it with the version on the screen. When only our own doings moved that on (a reply that has just left), it is
   * done once more with the present version; when another person changed something, the agent decides anew.
   */
  async function withVersion<Answer>(run: (version: number) => Promise<Answer>): Promise<Answer> {
    const before = client.getQueryData(key);
    try {
      return await run(seen());
    } catch (error) {
      const problem = error as Problem;
      if (problem.kind !== "conflict" || !before) throw error;
      const after = await client.fetchQuery({ ...conversationQuery(id), staleTime: 0 });
      const moved = seenVersion(after) !== seenVersion(before);
      if (moved && after.work && whatChanged(before, after, me).length === 0) return await run(seenVersion(after));
      onConflict(problem, before, after);
      throw error;
    }
  }

  function refused(problem: Problem): void {
    announce(problem.detail ?? problem.title, true);
    if (problem.kind !== "conflict") toasts.add({ text: problem.detail ?? problem.title });
  }

  const resolve = useCommand<{ outcome: string; name: string }, unknown>({
    run: ({ outcome }, commandId) =>
      withVersion((expectedVersion) => api.post(`${path}/resolve`, { outcome }, { commandId: own(commandId, expectedVersion), expectedVersion })),
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
        api.post(`${path}/snooze`, { until: new Date(until).toISOString() }, { commandId: own(commandId, expectedVersion), expectedVersion }),
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
        return api.post(`${path}/assign`, { to: target, note }, { commandId: own(commandId, expectedVersion), expectedVersion });
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
      withVersion((expectedVersion) => api.post(`${path}/release`, {}, { commandId: own(commandId, expectedVersion), expectedVersion })),
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

/** Another version is another command: under the old id the server would repeat its old answer. */
function own(commandId: string, version: number): string {
  return `${commandId}.${version}`;
}
