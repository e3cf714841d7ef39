import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { type Acknowledge, faultOf, mediaOfTexts } from "./acknowledge-draft.ts";
import { saveAcknowledge } from "./acknowledge-query.ts";
import { AcknowledgeText } from "./acknowledge-text.tsx";
import css from "./queues-page.module.css";

type AcknowledgeFormProps = { brand: { id: string; name: string }; rule: Acknowledge };

/** When a brand tells customers by itself that they have to wait, and in which words. */
export function AcknowledgeForm({ brand, rule }: AcknowledgeFormProps) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Acknowledge | null>(null);
  const now = draft ?? rule;
  const { texts, quiet } = now;
  const edit = (part: Partial<Acknowledge>) => setDraft({ ...now, ...part });
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(rule);
  const fault = faultOf(now);
  const faults = {
    texts: t`A text cannot go out as it stands.`,
    slow: t`5 to 1,440 minutes.`,
    quiet: t`Type both times, or let there be no quiet hours.`,
  };
  const save = useCommand({
    run: saveAcknowledge,
    invalidates: () => [["settings"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`The automatic replies of ${brand.name} are saved.` });
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (changed && fault === null && !save.busy) save.send({ brandId: brand.id, value: now });
  }
  const quietTime = (part: "from" | "to", label: string) =>
    quiet ? (
      <TextField
        label={label}
        type="time"
        value={quiet[part]}
        fault={fault === "quiet" && quiet[part] === "" ? faults.quiet : null}
        onChange={(event) => edit({ quiet: { ...quiet, [part]: event.target.value } })}
      />
    ) : null;
  const free = mediaOfTexts.find((medium) => !texts.some((one) => one.medium === medium && one.locale === "en"));

  return (
    <Card title={t`Automatic replies of ${brand.name}`}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`What you typed is safe here.`} /> : null}
        <fieldset className={css.part}>
          <legend className={css.legend}>{t`When`}</legend>
          <Checkbox checked={now.on} onChange={(on) => edit({ on })}>
            {t`Tell customers by itself that they have to wait`}
          </Checkbox>
          <Checkbox checked={now.publicToo} onChange={(publicToo) => edit({ publicToo })}>
            {t`Under public posts, too`}
            <span className={css.under}>{t`Everybody reads those: seldom wise, and never on by itself.`}</span>
          </Checkbox>
          <Checkbox
            checked={quiet !== null}
            onChange={(on) =>
              edit({
                quiet: on
                  ? { from: "22:00", to: "07:00", zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
                  : null,
              })
            }
          >
            {t`Not in quiet hours`}
          </Checkbox>
        </fieldset>
        <div className={css.fields}>
          <Select
            label={t`Said`}
            value={now.when}
            options={[
              { value: "closed", label: t`while the queue is closed` },
              { value: "slow", label: t`also when it takes long` },
            ]}
            onChange={(when) => edit({ when })}
          />
          {now.when === "slow" ? (
            <TextField
              label={t`Long is, minutes until a person comes`}
              type="number"
              inputMode="numeric"
              min={5}
              max={1_440}
              value={Number.isNaN(now.slowMinutes) ? "" : now.slowMinutes}
              fault={fault === "slow" ? faults.slow : null}
              onChange={(event) => edit({ slowMinutes: event.target.valueAsNumber })}
            />
          ) : null}
          {quietTime("from", t`Quiet from`)}
          {quietTime("to", t`to`)}
          {quiet ? (
            <TextField
              label={t`By the clock of`}
              value={quiet.zone}
              onChange={(event) => edit({ quiet: { ...quiet, zone: event.target.value } })}
            />
          ) : null}
        </div>
        {texts.map((text, n) => (
          <AcknowledgeText
            key={n}
            nth={n + 1}
            text={text}
            before={texts.slice(0, n)}
            company={brand.name}
            onEdit={(to) => edit({ texts: texts.map((one, i) => (i === n ? to : one)) })}
            onDrop={texts.length > 1 ? () => edit({ texts: texts.filter((_, i) => i !== n) }) : null}
          />
        ))}
        <div className={css.pair}>
          <Button
            icon="plus"
            refused={texts.length >= 40 ? t`40 texts are enough.` : null}
            onClick={() =>
              edit({ texts: [...texts, { locale: "en", medium: free ?? null, text: texts[0]?.text ?? "" }] })
            }
          >
            {t`Add a text`}
          </Button>
          <Button
            type="submit"
            look="primary"
            busy={save.busy}
            refused={changed ? (fault ? faults[fault] : null) : t`Nothing has changed.`}
          >
            {t`Save the automatic replies`}
          </Button>
        </div>
      </form>
    </Card>
  );
}
