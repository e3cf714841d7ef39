import { useLingui } from "@lingui/react/macro";
import type { VoiceGuide } from "#contracts/voice";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { TextArea, TextField } from "../../shared/ui/field.tsx";
import { isLocale, linesOf } from "./lines.ts";
import css from "./voice-page.module.css";

type GuideFormProps = { guide: VoiceGuide; onChange: (guide: VoiceGuide) => void; onRemove: () => void };

/** The guide in one language; lists are written one entry a line. */
export function GuideForm({ guide, onChange, onRemove }: GuideFormProps) {
  const { t } = useLingui();
  const put = (part: Partial<VoiceGuide>) => onChange({ ...guide, ...part });
  const list = (label: string, field: "do" | "dont" | "avoid", hint: string) => (
    <TextArea
      label={label}
      hint={hint}
      rows={4}
      value={guide[field].join("\n")}
      onChange={(event) => put({ [field]: linesOf(event.target.value) })}
    />
  );
  const examples = guide.examples.length > 0 ? guide.examples : [{ instead: "", say: "" }];
  return (
    <Card
      title={guide.locale ? t`Voice guide, ${guide.locale}` : t`Voice guide`}
      acts={<Button look="bare" size="small" onClick={onRemove}>{t`Remove`}</Button>}
    >
      <div className={css.grid}>
        <div className={css.short}>
          <TextField
            label={t`Language`}
            hint={t`Like en, de or de-AT`}
            value={guide.locale}
            maxLength={20}
            fault={isLocale(guide.locale) ? undefined : t`Write it like en or de-AT.`}
            onChange={(event) => put({ locale: event.target.value })}
          />
        </div>
        <TextArea
          label={t`Who speaks here, and how`}
          hint={t`Two or three sentences an agent can keep in mind.`}
          rows={3}
          maxLength={2_000}
          value={guide.about}
          onChange={(event) => put({ about: event.target.value })}
        />
        <div className={css.two}>
          {list(t`Do`, "do", t`One a line`)}
          {list(t`Do not`, "dont", t`One a line`)}
        </div>
        {list(t`Words we do not say`, "avoid", t`One a line. They are pointed at in every draft.`)}
        <fieldset className={css.examples}>
          <legend>{t`Examples`}</legend>
          {examples.map((one, at) => (
            <div key={at} className={css.two}>
              <TextField
                label={t`Instead of`}
                value={one.instead}
                maxLength={500}
                onChange={(event) => put({ examples: examples.with(at, { ...one, instead: event.target.value }) })}
              />
              <TextField
                label={t`We say`}
                value={one.say}
                maxLength={500}
                onChange={(event) => put({ examples: examples.with(at, { ...one, say: event.target.value }) })}
              />
            </div>
          ))}
          <Button
            look="bare"
            size="small"
            icon="plus"
            onClick={() => put({ examples: [...examples, { instead: "", say: "" }] })}
          >
            {t`Add an example`}
          </Button>
        </fieldset>
      </div>
    </Card>
  );
}
