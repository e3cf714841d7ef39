import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CustomerFacts } from "#contracts/customer-facts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { recordConsent, staleOf } from "../customer-query.ts";
import { FactForm } from "./fact-form.tsx";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

type Consent = CustomerFacts["consents"][number];
type ConsentsProps = { customerId: string; consents: readonly Consent[]; mayWrite: boolean; level: 2 | 3 };

/** What the customer agreed to and refused, since when, and how we know. */
export function Consents({ customerId, consents, mayWrite, level }: ConsentsProps) {
  const { t } = useLingui();
  if (consents.length === 0) return null;
  return (
    <Section
      level={level}
      title={t`Consent`}
      add={mayWrite ? t`Record a consent or a refusal` : undefined}
      form={(close) => <RecordForm customerId={customerId} consents={consents} onClose={close} />}
    >
      <ul className={css.list}>
        {consents.map((one) => (
          <li key={one.purpose} className={css.consent}>
            <Said consent={one} />
            {one.at ? (
              <span className="micro mute">
                <Moment at={one.at} />
                {one.source ? <bdi>. {one.source}</bdi> : null}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Said({ consent }: { consent: Consent }) {
  const { t } = useLingui();
  if (consent.given === null) return <Chip look="dashed">{t`${consent.label}: not asked`}</Chip>;
  return consent.given ? (
    <Chip look="good" icon="done">{t`${consent.label}: yes`}</Chip>
  ) : (
    <Chip icon="close">{t`${consent.label}: no`}</Chip>
  );
}

function RecordForm({
  customerId,
  consents,
  onClose,
}: {
  customerId: string;
  consents: readonly Consent[];
  onClose: () => void;
}) {
  const { t } = useLingui();
  const [purpose, setPurpose] = useState(consents[0]!.purpose);
  const [given, setGiven] = useState<"yes" | "no">("yes");
  const [source, setSource] = useState("");
  const record = useCommand({ run: recordConsent, invalidates: () => staleOf(customerId), onDone: onClose });
  return (
    <FactForm
      label={t`Record a consent or a refusal`}
      command={record}
      onClose={onClose}
      refused={source.trim() ? null : t`Say how we know.`}
      onSave={() => record.send({ customerId, purpose, given: given === "yes", source: source.trim() })}
    >
      <Select
        label={t`What for`}
        autoFocus
        value={purpose}
        options={consents.map((one) => ({ value: one.purpose, label: one.label }))}
        onChange={setPurpose}
      />
      <Select
        label={t`What they said`}
        value={given}
        options={[
          { value: "yes", label: t`Yes` },
          { value: "no", label: t`No` },
        ]}
        onChange={setGiven}
      />
      <TextField
        label={t`How we know`}
        value={source}
        maxLength={300}
        hint={t`For example: wrote it in this conversation.`}
        onChange={(event) => setSource(event.target.value)}
      />
    </FactForm>
  );
}
