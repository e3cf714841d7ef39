import { useLingui } from "@lingui/react/macro";
import { Card } from "../../../shared/ui/card.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import css from "./chat-page.module.css";
import type { Settings } from "./chat-query.ts";

const COLOUR = /^#[0-9a-f]{6}$/i;

type LooksProps = { settings: Settings; onChange: (to: Partial<Settings>) => void };

/** Colours and place. The colour of text on them is chosen by contrast, so nothing here can make it unreadable. */
export function Looks({ settings, onChange }: LooksProps) {
  const { t } = useLingui();
  return (
    <Card title={t`How it looks`}>
      <div className={css.pair}>
        <Colour
          label={t`Main colour`}
          hint={t`The head, the button and the visitor's own words.`}
          value={settings.primary}
          onChange={(primary) => onChange({ primary })}
        />
        <Colour
          label={t`Second colour`}
          hint={t`The number of unread words.`}
          value={settings.accent}
          onChange={(accent) => onChange({ accent })}
        />
        <Select
          label={t`Corner of the page`}
          value={settings.position}
          options={[
            { value: "right", label: t`Bottom right` },
            { value: "left", label: t`Bottom left` },
          ]}
          onChange={(position) => onChange({ position })}
        />
      </div>
    </Card>
  );
}

type ColourProps = { label: string; hint: string; value: string; onChange: (value: string) => void };

function Colour({ label, hint, value, onChange }: ColourProps) {
  const { t } = useLingui();
  return (
    <div className={css.colour}>
      <input
        type="color"
        className={css.swatch}
        aria-label={t`Choose: ${label}`}
        value={COLOUR.test(value) ? value : "#000000"}
        onChange={(event) => onChange(event.target.value)}
      />
      <TextField
        label={label}
        hint={hint}
        dir="ltr"
        spellCheck={false}
        maxLength={7}
        value={value}
        fault={COLOUR.test(value) ? undefined : t`Six digits after #, such as #0a655f.`}
        onChange={(event) => onChange(event.target.value.trim())}
      />
    </div>
  );
}
