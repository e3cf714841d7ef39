import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CustomerFacts } from "#contracts/customer-facts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { Comma } from "../../../shared/text/comma.tsx";
import { Button } from "../../../shared/ui/button.tsx";
import { TextField } from "../../../shared/ui/field.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { addOrganisation, dropOrganisation, staleOf } from "../customer-query.ts";
import { FactForm } from "./fact-form.tsx";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

type OrganisationsProps = {
  customerId: string;
  organisations: CustomerFacts["organisations"];
  mayWrite: boolean;
  level: 2 | 3;
};

export function Organisations({ customerId, organisations, mayWrite, level }: OrganisationsProps) {
  const { t } = useLingui();
  const drop = useCommand({ run: dropOrganisation, invalidates: () => staleOf(customerId) });
  if (organisations.length === 0 && !mayWrite) return null;
  return (
    <Section
      level={level}
      title={t`Organisations`}
      add={mayWrite ? t`Add an organisation` : undefined}
      form={(close) => <AddForm customerId={customerId} onClose={close} />}
    >
      {organisations.length === 0 ? <p className="small mid">{t`None we know of.`}</p> : null}
      {drop.problem ? <ProblemNotice problem={drop.problem} /> : null}
      <ul className={css.list}>
        {organisations.map((one) => (
          <li key={one.id} className={css.line}>
            <span className="clip">
              <bdi className="strong">{one.name}</bdi>
              {one.role ? (
                <bdi className="mid">
                  <Comma />
                  {one.role}
                </bdi>
              ) : null}
            </span>
            {mayWrite ? (
              <Button
                look="bare"
                size="small"
                icon="close"
                iconOnly
                busy={drop.busy}
                aria-label={t`Does not belong to ${one.name}`}
                title={t`Does not belong to ${one.name}`}
                onClick={() => drop.send({ customerId, organisationId: one.id })}
              />
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function AddForm({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useLingui();
  const [name, setName] = useState("");
  const [role, setRole] = useState("");
  const add = useCommand({ run: addOrganisation, invalidates: () => staleOf(customerId), onDone: onClose });
  return (
    <FactForm
      label={t`Add an organisation`}
      command={add}
      onClose={onClose}
      refused={name.trim() ? null : t`Write its name first.`}
      onSave={() => add.send({ customerId, name: name.trim(), role: role.trim() })}
    >
      <TextField
        label={t`Organisation`}
        value={name}
        maxLength={200}
        autoFocus
        onChange={(e) => setName(e.target.value)}
      />
      <TextField
        label={t`What they are there`}
        value={role}
        maxLength={120}
        onChange={(e) => setRole(e.target.value)}
      />
    </FactForm>
  );
}
