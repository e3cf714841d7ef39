import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { initials } from "../../shared/ui/avatar.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { sayFaultOf } from "../../shared/ui/fault-words.ts";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./team-page.module.css";
import { type Agent, addAgent, teamsQuery } from "./team-query.ts";

const SHORTEST_PASSWORD = 10;

type AddAgentProps = { onClose: () => void; onAdded: (agent: Agent) => void };

/** A new agent: who, how they sign in, in which teams. Rights and skills come after. */
export function AddAgent({ onClose, onAdded }: AddAgentProps) {
  const { t, i18n } = useLingui();
  const teams = useQuery(teamsQuery).data?.teams ?? [];
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [short, setShort] = useState<string | null>(null);
  const [password, setPassword] = useState("");
  const [teamIds, setTeamIds] = useState<string[]>([]);
  const [tried, setTried] = useState(false);
  const add = useCommand({
    run: addAgent,
    invalidates: () => [["people"], ["presence"]],
    onDone: (agent) => {
      toasts.add({ text: t`${agent.name} is added. Give skills here, and rights under Rights.` });
      onAdded(agent);
    },
  });
  const letters = short ?? (name.trim() === "" ? "" : initials(name));
  const faults = {
    name: name.trim() === "" ? t`Write the name customers will read.` : undefined,
    email: /^[^\s@]+@[^\s@]+$/.test(email.trim()) ? undefined : t`Write the e-mail address they sign in with.`,
    initials: letters.trim() === "" ? t`Write one to six letters.` : undefined,
    password: password.length < SHORTEST_PASSWORD ? t`At least ten characters.` : undefined,
  };
  const faultOf = (field: keyof typeof faults) => sayFaultOf(add.problem, field) ?? (tried ? faults[field] : undefined);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (Object.values(faults).some((fault) => fault !== undefined) || add.busy) return;
    const locale = i18n.locale.startsWith("en") ? "en" : i18n.locale;
    add.send({ name: name.trim(), email: email.trim(), initials: letters.trim(), locale, password, teamIds });
  }

  return (
    <Card title={t`Add an agent`}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {add.problem ? <ProblemNotice problem={add.problem} safe={t`Nobody was added.`} /> : null}
        <TextField
          label={t`Name`}
          hint={t`It stands under public replies.`}
          autoFocus
          maxLength={120}
          value={name}
          fault={faultOf("name")}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label={t`E-mail`}
          type="email"
          dir="ltr"
          autoComplete="off"
          maxLength={320}
          value={email}
          fault={faultOf("email")}
          onChange={(event) => setEmail(event.target.value)}
        />
        <TextField
          label={t`Initials`}
          maxLength={6}
          value={letters}
          fault={faultOf("initials")}
          onChange={(event) => setShort(event.target.value)}
        />
        <TextField
          label={t`First password`}
          hint={t`At least ten characters. Hand it over in person.`}
          type="password"
          autoComplete="new-password"
          dir="ltr"
          maxLength={1_000}
          value={password}
          fault={faultOf("password")}
          onChange={(event) => setPassword(event.target.value)}
        />
        {teams.length > 0 ? (
          <fieldset className={css.choices}>
            <legend className="small strong">
              <Trans>Teams</Trans>
            </legend>
            {teams.map((team) => (
              <Checkbox
                key={team.id}
                checked={teamIds.includes(team.id)}
                onChange={(on) => setTeamIds(on ? [...teamIds, team.id] : teamIds.filter((one) => one !== team.id))}
              >
                {team.name}
              </Checkbox>
            ))}
          </fieldset>
        ) : null}
        <div className="row wrap">
          <Button type="submit" look="primary" busy={add.busy}>
            <Trans>Add the agent</Trans>
          </Button>
          <Button look="bare" onClick={onClose}>
            <Trans>Leave it</Trans>
          </Button>
        </div>
      </form>
    </Card>
  );
}
