import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Button, LinkButton } from "../../shared/ui/button.tsx";
import { Chip, Tag } from "../../shared/ui/chip.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { AddAgent } from "./add-agent.tsx";
import { AgentForm } from "./agent-form.tsx";
import css from "./team-page.module.css";
import { type Agent, agentsQuery } from "./team-query.ts";

/** The agents with their teams and skills; who manages people opens one to change it. */
export function AgentsTab() {
  const { t } = useLingui();
  const { list } = useLists();
  const query = useQuery(agentsQuery);
  const manages = useMay("people.manage");
  const [open, setOpen] = useState<string | null>(null);

  const columns: Column<Agent>[] = [
    {
      id: "name",
      heading: t`Agent`,
      names: true,
      cell: (agent) => (
        <span className={css.person}>
          <Avatar name={agent.name} size="small" />
          <span>
            {manages ? (
              <LinkButton aria-label={t`Change ${agent.name}`} onClick={() => setOpen(agent.id)}>
                <bdi>{agent.name}</bdi>
              </LinkButton>
            ) : (
              <bdi>{agent.name}</bdi>
            )}
            {agent.email ? <span className={css.under}>{agent.email}</span> : null}
          </span>
          {agent.state === "suspended" ? (
            <Chip>
              <Trans>suspended</Trans>
            </Chip>
          ) : null}
        </span>
      ),
    },
    { id: "teams", heading: t`Teams`, cell: (agent) => list(agent.teams.map((team) => team.name)) },
    {
      id: "skills",
      heading: t`Skills, of 100`,
      cell: (agent) => (
        <span className={css.skills}>
          {agent.skills.map((skill) => (
            <Tag key={skill.id}>
              {skill.name} {skill.level}
            </Tag>
          ))}
        </span>
      ),
    },
  ];

  return (
    <Fetched query={query}>
      {({ agents }) => {
        const agent = agents.find((one) => one.id === open);
        if (open === "new") return <AddAgent onClose={() => setOpen(null)} onAdded={(made) => setOpen(made.id)} />;
        if (agent) return <AgentForm key={agent.id} agent={agent} onClose={() => setOpen(null)} />;
        return (
          <>
            {manages ? (
              <Button icon="plus" className={css.start} onClick={() => setOpen("new")}>
                <Trans>Add an agent</Trans>
              </Button>
            ) : null}
            <div className={css.box}>
              <DataTable caption={t`Agents`} columns={columns} rows={agents} rowKey={(one) => one.id} />
            </div>
          </>
        );
      }}
    </Fetched>
  );
}
