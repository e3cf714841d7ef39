import { Trans, useLingui } from "@lingui/react/macro";
import { useId, useState } from "react";
import type { PolicyCondition } from "#contracts/policy";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { HourFields } from "./hour-fields.tsx";
import css from "./policy-page.module.css";
import { CHOICES, isChoice, listOf, valuesOf, withValues } from "./rules.ts";
import { nameOf } from "./say-condition.ts";
import type { PolicyWords } from "./use-condition-words.ts";

type Props = {
  condition: PolicyCondition;
  words: PolicyWords;
  onChange: (condition: PolicyCondition) => void;
  onRemove: () => void;
};

/** One condition of a rule, by its kind: a choice, yes or no, a list of words, a number. */
export function ConditionEditor({ condition, words, onChange, onRemove }: Props) {
  const { t } = useLingui();
  const kind = words.kinds[condition.on];
  return (
    <fieldset className={css.condition} aria-label={kind}>
      <div className={css.conditionHead}>
        <b className="small">{kind}</b>
        <Button size="small" look="bare" icon="close" iconOnly aria-label={t`Remove: ${kind}`} onClick={onRemove} />
      </div>
      <Body condition={condition} words={words} onChange={onChange} />
    </fieldset>
  );
}

function Body({ condition, words, onChange }: Omit<Props, "onRemove">) {
  const { t } = useLingui();
  switch (condition.on) {
    case "noise":
    case "thanks-only":
      return (
        <Select
          label={words.kinds[condition.on]}
          labelHidden
          value={condition.is ? "yes" : "no"}
          options={[
            { value: "yes", label: words.yesNo[condition.on][0] },
            { value: "no", label: words.yesNo[condition.on][1] },
          ]}
          onChange={(value) => onChange({ ...condition, is: value === "yes" })}
        />
      );
    case "followers":
      return (
        <TextField
          label={t`Followers, at least`}
          type="number"
          inputMode="numeric"
          min={0}
          step={1}
          value={Number.isFinite(condition.atLeast) ? condition.atLeast : ""}
          fault={Number.isInteger(condition.atLeast) && condition.atLeast >= 0 ? undefined : t`A whole number.`}
          onChange={(event) => onChange({ ...condition, atLeast: event.target.valueAsNumber })}
        />
      );
    case "words":
      return (
        <ListField
          condition={condition}
          onChange={onChange}
          label={t`Any of these words or phrases`}
          hint={t`Parted by commas. A final * stands for any ending: “cancel*”.`}
        />
      );
    case "language":
      return (
        <ListField
          condition={condition}
          onChange={onChange}
          label={t`Any of these languages`}
          hint={
            valuesOf(condition).length > 0
              ? words.or(valuesOf(condition).map((code) => words.language(code)))
              : t`As codes, parted by commas: en, cy, de.`
          }
        />
      );
    case "hour":
      return <HourFields condition={condition} words={words} onChange={onChange} />;
    default:
      return <ChoiceBody condition={condition} words={words} onChange={onChange} />;
  }
}

function ChoiceBody({ condition, words, onChange }: Omit<Props, "onRemove">) {
  const { t } = useLingui();
  const id = useId();
  const chosen = valuesOf(condition);
  const known: readonly string[] =
    condition.on === "monitor"
      ? words.monitors.map((m) => m.id)
      : condition.on === "thing"
        ? words.things.map((m) => m.id)
        : isChoice(condition.on)
          ? CHOICES[condition.on]
          : [];
  const own = chosen.filter((value) => !known.includes(value));
  const set = (value: string, on: boolean) => {
    const next = on ? [...chosen, value] : chosen.filter((one) => one !== value);
    const order = [...known, ...own];
    onChange(
      withValues(
        condition,
        next.sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      ),
    );
  };
  const open = condition.on === "intent";
  return (
    <div className={css.choices}>
      {[...known, ...(open ? [] : own)].map((value) => (
        <Checkbox key={value} checked={chosen.includes(value)} onChange={(on) => set(value, on)}>
          {nameOf(condition.on, value, words)}
        </Checkbox>
      ))}
      {chosen.length === 0 ? (
        <p id={id} className={css.fault}>
          {condition.on === "monitor" && known.length === 0 ? (
            <Trans>There is no monitor to choose from.</Trans>
          ) : condition.on === "thing" && known.length === 0 ? (
            <Trans>The list under Listening, Products and places, is empty.</Trans>
          ) : (
            <Trans>Choose at least one.</Trans>
          )}
        </p>
      ) : null}
      {open ? (
        <div className={css.own}>
          <OwnValues
            label={t`Intents of your own`}
            hint={t`Parted by commas, as your agents mark them.`}
            values={own}
            onChange={(values) =>
              onChange(withValues(condition, [...chosen.filter((one) => known.includes(one)), ...values]))
            }
          />
        </div>
      ) : null}
    </div>
  );
}

type ListFieldProps = {
  condition: PolicyCondition;
  onChange: (condition: PolicyCondition) => void;
  label: string;
  hint: string;
};

function ListField({ condition, onChange, label, hint }: ListFieldProps) {
  const { t } = useLingui();
  const values = valuesOf(condition);
  return (
    <OwnValues
      label={label}
      hint={hint}
      values={values}
      fault={
        values.length === 0
          ? t`Write at least one.`
          : values.some((value) => value.length > 80)
            ? t`Each at most 80 characters.`
            : undefined
      }
      onChange={(next) => onChange(withValues(condition, next))}
    />
  );
}

type OwnValuesProps = {
  label: string;
  hint: string;
  values: readonly string[];
  fault?: string;
  onChange: (values: string[]) => void;
};

/** A list written with commas; what is typed stays as typed, commas and all. */
function OwnValues({ label, hint, values, fault, onChange }: OwnValuesProps) {
  const [typed, setTyped] = useState(values.join(", "));
  return (
    <TextField
      label={label}
      hint={hint}
      fault={fault}
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(listOf(event.target.value));
      }}
    />
  );
}
