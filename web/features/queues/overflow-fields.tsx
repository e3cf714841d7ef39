import { useLingui } from "@lingui/react/macro";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import type { Overflow } from "./peaks-draft.ts";
import css from "./queues-page.module.css";

type OverflowFieldsProps = { overflow: Overflow; onEdit: (to: Overflow) => void };

/** When help comes, and when it goes. */
export function OverflowFields({ overflow, onEdit }: OverflowFieldsProps) {
  const { t } = useLingui();
  const limit = (key: "oldestMinutes" | "clearMinutes", label: string) => (
    <TextField
      label={label}
      type="number"
      inputMode="numeric"
      min={1}
      max={10_080}
      value={overflow[key] === null || Number.isNaN(overflow[key]) ? "" : overflow[key]}
      onChange={(event) =>
        onEdit({ ...overflow, [key]: event.target.value === "" ? null : event.target.valueAsNumber })
      }
    />
  );
  return (
    <>
      <div className={css.fields}>
        {limit("oldestMinutes", t`When somebody has waited, minutes`)}
        {limit("clearMinutes", t`Or it clears later than in, minutes`)}
        <TextField
          label={t`Until both are below half for, minutes`}
          type="number"
          inputMode="numeric"
          min={1}
          max={240}
          value={Number.isNaN(overflow.calmMinutes) ? "" : overflow.calmMinutes}
          onChange={(event) => onEdit({ ...overflow, calmMinutes: event.target.valueAsNumber })}
        />
      </div>
      <Checkbox checked={overflow.callHelpers} onChange={(callHelpers) => onEdit({ ...overflow, callHelpers })}>
        {t`Call in those who are marked as helpers, too`}
      </Checkbox>
    </>
  );
}
