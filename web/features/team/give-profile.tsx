import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./capacity.module.css";
import { endOf, startOf } from "./capacity-draft.ts";
import { CAPACITY_MOVES, giveProfile, type Profile } from "./capacity-query.ts";
import { agentsQuery, teamsQuery } from "./team-query.ts";

/** To whom, from which day, until which. An agent's own goes before the team's. */
export function GiveProfile({ profiles }: { profiles: readonly Profile[] }) {
  const { t } = useLingui();
  const teams = useQuery(teamsQuery).data?.teams ?? [];
  const agents = (useQuery(agentsQuery).data?.agents ?? []).filter((agent) => agent.state === "active");
  const [profileId, setProfile] = useState(profiles[0]?.id ?? "");
  const [to, setTo] = useState("");
  const [from, setFrom] = useState("");
  const [until, setUntil] = useState("");
  const [tried, setTried] = useState(false);
  const names = new Map([...teams, ...agents].map((one) => [one.id, one.name]));
  const give = useCommand({
    run: giveProfile,
    invalidates: CAPACITY_MOVES,
    onDone: (given) => {
      const name = names.get(given.subjectId) ?? "";
      toasts.add({ text: t`${name} has it.` });
      setTo("");
      setFrom("");
      setUntil("");
      setTried(false);
    },
  });
  const [kind = "", id = ""] = to.split(":");
  const end = endOf(until);
  const start = startOf(from);
  const past = end !== null && Date.parse(end) <= Math.max(presentMoment(), start === null ? 0 : Date.parse(start));

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (id === "" || past || give.busy) return;
    const subjectKind = kind === "team" ? "team" : "agent";
    give.send({ profileId, subjectKind, subjectId: id, validFrom: start, validUntil: end });
  }

  return (
    <Card title={t`Give a profile`}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {give.problem ? <ProblemNotice problem={give.problem} /> : null}
        <div className={css.pair}>
          <Select
            label={t`Profile`}
            value={profileId}
            options={profiles.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setProfile}
          />
          <Select
            label={t`To`}
            value={to}
            fault={tried && id === "" ? t`Choose a team or an agent.` : undefined}
            options={[
              { value: "", label: t`Choose…` },
              ...teams.map((team) => ({ value: `team:${team.id}`, label: t`Team ${team.name}` })),
              ...agents.map((agent) => ({ value: `agent:${agent.id}`, label: agent.name })),
            ]}
            onChange={setTo}
          />
        </div>
        <div className={css.pair}>
          <TextField
            label={t`From (empty: now)`}
            type="date"
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <TextField
            label={t`Last day (may stay empty)`}
            type="date"
            value={until}
            fault={past ? t`It ends before it begins.` : undefined}
            onChange={(event) => setUntil(event.target.value)}
          />
        </div>
        <Button type="submit" className={css.start} busy={give.busy}>
          {t`Give it`}
        </Button>
      </form>
    </Card>
  );
}
