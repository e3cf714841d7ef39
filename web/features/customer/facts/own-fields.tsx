import { useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { CustomerFacts } from "#contracts/customer-facts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { setField, staleOf } from "../customer-query.ts";
import { FactForm } from "./fact-form.tsx";
import css from "./facts.module.css";
import { Section } from "./section.tsx";

type Field = CustomerFacts["fields"][number];
type OwnFieldsProps = { customerId: string; fields: readonly Field[]; mayWrite: boolean; level: 2 | 3 };

/** The account's own fields: what is empty is shown where it can be filled. */
export function OwnFields({ customerId, fields, mayWrite, level }: OwnFieldsProps) {
  const { t } = useLingui();
  const [open, setOpen] = useState<string | null>(null);
  const shown = mayWrite ? fields : fields.filter((one) => one.value !== null);
  if (shown.length === 0) return null;
  return (
    <Section level={level} title={t`Facts`}>
      <dl className={css.facts}>
        {shown.map((one) => (
          <div key={one.key} className={css.fact}>
            <dt>{one.label}</dt>
            <dd>
              <Value field={one} />
              {mayWrite ? (
                <Button
                  look="bare"
                  size="small"
                  icon="pen"
                  iconOnly
                  aria-label={t`Change: ${one.label}`}
                  aria-expanded={open === one.key}
                  onClick={() => setOpen(open === one.key ? null : one.key)}
                />
              ) : null}
            </dd>
            {open === one.key ? (
              <dd className={css.wide}>
                <FieldForm customerId={customerId} field={one} onClose={() => setOpen(null)} />
              </dd>
            ) : null}
          </div>
        ))}
      </dl>
    </Section>
  );
}

function Value({ field }: { field: Field }) {
  const { t, i18n } = useLingui();
  const words = useTimeWords();
  const { value, kind } = field;
  if (value === null) return <span className="mute">{t`not known`}</span>;
  const who = field.by?.name;
  const said = field.at ? words.exact(field.at) : undefined;
  const title = who && said ? `${said} · ${who}` : said;
  if (kind === "link" && /^https?:\/\//i.test(value))
    return (
      <a className="clip" href={value} target="_blank" rel="noopener noreferrer" title={title}>
        <bdi>{value.replace(/^https?:\/\//i, "")}</bdi>
      </a>
    );
  const shown =
    kind === "number"
      ? new Intl.NumberFormat(i18n.locale).format(Number(value))
      : kind === "date"
        ? new Intl.DateTimeFormat(i18n.locale, { dateStyle: "medium", timeZone: "UTC" }).format(Date.parse(value))
        : kind === "yes-no"
          ? value === "yes"
            ? t`Yes`
            : t`No`
          : value;
  return (
    <bdi className={kind === "number" ? "num said" : "said"} title={title}>
      {shown}
    </bdi>
  );
}

function FieldForm({ customerId, field, onClose }: { customerId: string; field: Field; onClose: () => void }) {
  const { t } = useLingui();
  const [value, setValue] = useState(field.value ?? "");
  const save = useCommand({ run: setField, invalidates: () => staleOf(customerId), onDone: onClose });
  const send = (wanted: string | null) =>
    save.send({ customerId, key: field.key, value: wanted, expectedVersion: field.version });
  const choices =
    field.kind === "yes-no"
      ? [
          { value: "yes", label: t`Yes` },
          { value: "no", label: t`No` },
        ]
      : field.choices.map((one) => ({ value: one, label: one }));
  return (
    <FactForm
      label={t`Change: ${field.label}`}
      command={save}
      onClose={onClose}
      onSave={() => send(value.trim() === "" ? null : value.trim())}
    >
      {field.kind === "choice" || field.kind === "yes-no" ? (
        <Select
          label={field.label}
          labelHidden
          autoFocus
          value={value}
          options={[{ value: "", label: t`not known` }, ...choices]}
          onChange={setValue}
        />
      ) : (
        <TextField
          label={field.label}
          labelHidden
          autoFocus
          type={field.kind === "date" ? "date" : field.kind === "link" ? "url" : "text"}
          inputMode={field.kind === "number" ? "decimal" : undefined}
          value={value}
          maxLength={500}
          hint={t`Empty it to say that it is not known.`}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
    </FactForm>
  );
}
