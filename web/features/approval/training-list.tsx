import { Trans, useLingui } from "@lingui/react/macro";
import type { ApprovalRules } from "#contracts/approval";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import css from "./approval.module.css";
import { type Names, targetKey, targetOf, useRuleWords } from "./use-rule-words.ts";

type Training = ApprovalRules["training"];

/** Who is in training, and until when. */
export function TrainingList({
  training,
  names,
  onChange,
}: {
  training: Training;
  names: Names;
  onChange: (training: Training) => void;
}) {
  const { t } = useLingui();
  const { options, name } = useRuleWords(names);
  const keys = training.map(({ who }) => targetKey(who));
  const free = options.find((one) => !keys.includes(one.value));
  return (
    <section className={css.form} aria-labelledby="in-training">
      <h3 id="in-training">
        <Trans>In training</Trans>
      </h3>
      {training.map((one, i) => (
        <div key={keys[i]} className={css.person}>
          <Select
            label={t`Who`}
            labelHidden
            value={keys[i]!}
            options={
              options.some((o) => o.value === keys[i])
                ? options
                : [{ value: keys[i]!, label: name(one.who) }, ...options]
            }
            onChange={(key) => onChange(training.map((x, j) => (j === i ? { ...x, who: targetOf(key) } : x)))}
          />
          <TextField
            label={t`Until the end of`}
            labelHidden
            type="date"
            value={one.until?.slice(0, 10) ?? ""}
            onChange={(event) => {
              const until = event.target.value ? `${event.target.value}T23:59:59.000Z` : null;
              onChange(training.map((x, j) => (j === i ? { ...x, until } : x)));
            }}
          />
          <Button
            look="bare"
            iconOnly
            icon="close"
            aria-label={t`${name(one.who)} is not in training any more`}
            onClick={() => onChange(training.filter((_, j) => j !== i))}
          />
        </div>
      ))}
      {free ? (
        <div>
          <Button
            size="small"
            icon="plus"
            onClick={() => onChange([...training, { who: targetOf(free.value), until: null }])}
          >{t`Add somebody`}</Button>
        </div>
      ) : null}
    </section>
  );
}
