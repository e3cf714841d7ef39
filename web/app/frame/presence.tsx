import { useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { api } from "../../shared/api/api.ts";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import { type ChosenPresence, PresenceControl } from "./presence-control.tsx";

/** Am I here? Shows my state and load and changes the state. */
export function Presence({ agentId }: { agentId: string }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const { data } = useQuery(presenceQuery);
  const mine = data?.agents.find((agent) => agent.agentId === agentId);

  const choose = useCommand<ChosenPresence>({
    run: (state, commandId) => api.put("/api/presence/me", { state, until: null, reason: "" }, { commandId }),
    optimistic: (state) => {
      const before = client.getQueryData(presenceQuery.queryKey);
      client.setQueryData(presenceQuery.queryKey, (list) => ({
        agents: (list?.agents ?? []).map((agent) => (agent.agentId === agentId ? { ...agent, state } : agent)),
      }));
      return () => client.setQueryData(presenceQuery.queryKey, before);
    },
    invalidates: () => [presenceQuery.queryKey, ["offers"]],
    onProblem: (problem) => {
      // What came by the live stream meanwhile was taken back with it, and where no answer came nobody knows.
      void client.invalidateQueries({ queryKey: presenceQuery.queryKey });
      toasts.add({ text: t`Your presence was not changed. ${sayProblem(problem)}` });
    },
  });

  if (!mine) return null;
  return (
    <PresenceControl
      state={mine.state}
      load={mine.load}
      budget={mine.budget}
      onChoose={(state) => choose.send(state)}
    />
  );
}
