import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./helpers.module.css";
import { helpersQuery, type SurgeHelpers, saveHelpers } from "./helpers-query.ts";
import { type Agent, agentsQuery } from "./team-query.ts";

/** Who said that they can be called in when much comes. */
export function HelpersTab() {
  const { t } = useLingui();
  const agents = useQuery(agentsQuery);
  return (
    <>
      <p className="small mid">
        {t`Mark who said that they can be called in when much comes. A supervisor calls them from the wallboard, or a queue's rule for peaks does; each is told by the ways of their own wishes, and is in the queue's team until the time is over.`}
      </p>
      <Fetched query={useQuery(helpersQuery)}>
        {(marked) => <Fetched query={agents}>{(all) => <HelpersForm marked={marked} agents={all.agents} />}</Fetched>}
      </Fetched>
    </>
  );
}

function HelpersForm({ marked, agents }: { marked: SurgeHelpers; agents: readonly Agent[] }) {
  const { t, i18n } = useLingui();
  const { list } = useLists();
  const [draft, setDraft] = useState<string[] | null>(null);
  const now = draft ?? marked.agentIds;
  const changed = [...now].sort().join() !== [...marked.agentIds].sort().join();
  const save = useCommand({
    run: saveHelpers,
    invalidates: () => [["settings"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`The helpers are saved.` });
    },
  });
  const here = agents
    .filter((agent) => agent.state === "active")
    .toSorted((a, b) => a.name.localeCompare(b.name, i18n.locale));
  if (here.length === 0) return <EmptyState level={3} title={t`There are no agents yet`} />;
  const count = here.filter((agent) => now.includes(agent.id)).length;

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changed && !save.busy) save.send({ agentIds: now });
  }
  return (
    <Card title={t`${plural(count, { 0: "Nobody can be called in", one: "# helper", other: "# helpers" })}`}>
      <form className={css.form} onSubmit={onSubmit}>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`What you chose is safe here.`} /> : null}
        <ul className={css.people}>
          {here.map((agent) => (
            <li key={agent.id}>
              <Checkbox
                checked={now.includes(agent.id)}
                onChange={(on) => setDraft(on ? [...now, agent.id] : now.filter((id) => id !== agent.id))}
              >
                <Avatar name={agent.name} size="small" />
                <span>
                  <bdi>{agent.name}</bdi>
                  <span className={css.under}>{list(agent.teams.map((team) => team.name))}</span>
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
        <Button
          type="submit"
          look="primary"
          className={css.start}
          busy={save.busy}
          refused={changed ? null : t`Nothing has changed.`}
        >
          {t`Save the helpers`}
        </Button>
      </form>
    </Card>
  );
}
