import { useLingui } from "@lingui/react/macro";
import type { MacroText } from "#contracts/macros";
import { macroFields } from "#shared/macros";
import { Button } from "../../shared/ui/button.tsx";
import { TextArea, TextField } from "../../shared/ui/field.tsx";
import { isLocale } from "./lines.ts";
import css from "./voice-page.module.css";

type TextsProps = { texts: readonly MacroText[]; onChange: (texts: MacroText[]) => void };

/** The words in each language; the customer's own is put in, else the brand's. */
export function MacroTexts({ texts, onChange }: TextsProps) {
  const { t } = useLingui();
  const fields = macroFields.map((name) => `{{${name}}}`).join(" ");
  return (
    <>
      {texts.map((one, at) => (
        <div key={at} className={css.macroText}>
          <TextField
            label={t`Language`}
            value={one.locale}
            maxLength={20}
            fault={isLocale(one.locale) ? undefined : t`Write it like en or de-AT.`}
            onChange={(event) => onChange(texts.with(at, { ...one, locale: event.target.value.trim() }))}
          />
          <TextArea
            label={t`Text`}
            rows={5}
            maxLength={5_000}
            value={one.text}
            hint={at === 0 ? t`Filled in by themselves: ${fields}. What cannot be filled holds the reply.` : undefined}
            onChange={(event) => onChange(texts.with(at, { ...one, text: event.target.value }))}
          />
          <Button
            look="bare"
            size="small"
            icon="close"
            iconOnly
            aria-label={t`Remove this text`}
            onClick={() => onChange(texts.filter((_, place) => place !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          look="bare"
          size="small"
          icon="plus"
          onClick={() => onChange([...texts, { locale: texts.length === 0 ? "en" : "", text: "" }])}
        >
          {texts.length === 0 ? t`Write a text` : t`Add a language`}
        </Button>
      </div>
    </>
  );
}
