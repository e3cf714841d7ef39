import { useLingui } from "@lingui/react/macro";
import type { ApprovalRule, ApprovalTier } from "#contracts/approval";
import type { Target } from "#contracts/escalation";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import css from "./approval.module.css";
import { type Names, targetKey, targetOf, useRuleWords } from "./use-rule-words.ts";

type Props = {
  rule: ApprovalRule;
  names: Names;
  sayings: readonly string[];
  onChange: (rule: ApprovalRule) => void;
};

/** Everything of one rule. */
export function RuleEditor({ rule, names, sayings, onChange }: Props) {
  const { t } = useLingui();
  const words = useRuleWords(names);
  const set = (change: Partial<ApprovalRule>) => onChange({ ...rule, ...change });
  const [field] = rule.fields;
  const ticks = (legend: string, known: Record<string, string>, chosen: string[], to: (next: string[]) => void) => (
    <fieldset className={css.ticks}>
      <legend>{legend}</legend>
      {[...new Set([...Object.keys(known), ...chosen])].map((one) => (
        <Checkbox
          key={one}
          checked={chosen.includes(one)}
          onChange={(on) => to(on ? [...chosen, one] : chosen.filter((c) => c !== one))}
        >
          {known[one] ?? one}
        </Checkbox>
      ))}
    </fieldset>
  );
  const setField = (change: { key?: string; is?: string }) => {
    const next = { key: field?.key ?? "", is: field?.is ?? "", ...change };
    set({ fields: next.key || next.is ? [next, ...rule.fields.slice(1)] : rule.fields.slice(1) });
  };
  const setTier = (at: number, tier: ApprovalTier) =>
    set({ tiers: rule.tiers.map((one, i) => (i === at ? tier : one)) });
  return (
    <div className={css.form}>
      <div className={css.pair}>
        <TextField
          label={t`Name`}
          maxLength={80}
          value={rule.name}
          onChange={(event) => set({ name: event.target.value || rule.name })}
        />
        <Select
          label={t`Replies`}
          value={rule.audience}
          options={[
            { value: "public", label: t`Public ones` },
            { value: "any", label: t`Public and private ones` },
          ]}
          onChange={(audience) => set({ audience })}
        />
      </div>
      {ticks(t`The customer’s words tell of`, words.risks, rule.risks, (risks) => set({ risks }))}
      {ticks(t`The customer wants`, words.intents, rule.intents, (intents) => set({ intents }))}
      {sayings.length > 0
        ? ticks(
            t`The reply itself says`,
            Object.fromEntries(sayings.map((s) => [s, words.sayings[s] ?? s])),
            rule.says,
            (says) => set({ says }),
          )
        : null}
      <div className={css.pair}>
        <TextField
          label={t`Followers from`}
          hint={t`Empty: however many`}
          type="number"
          min={1}
          inputMode="numeric"
          value={rule.followersFrom ?? ""}
          onChange={(event) => set({ followersFrom: Math.trunc(Number(event.target.value)) || null })}
        />
        <TextField
          label={t`Customer’s field`}
          hint={t`Its key, like vip`}
          maxLength={40}
          value={field?.key ?? ""}
          onChange={(event) => setField({ key: event.target.value })}
        />
        <TextField
          label={t`has the value`}
          maxLength={200}
          value={field?.is ?? ""}
          onChange={(event) => setField({ is: event.target.value })}
        />
      </div>
      <div className={css.ticks}>
        <Checkbox
          checked={rule.verified}
          onChange={(verified) => set({ verified })}
        >{t`Verified authors only`}</Checkbox>
        <Checkbox
          checked={rule.training}
          onChange={(training) => set({ training })}
        >{t`Only what is written in training`}</Checkbox>
      </div>
      {rule.tiers.map((tier, at) => (
        <TierEditor
          key={at}
          {...{ tier, at, names }}
          onChange={(next) => setTier(at, next)}
          onRemove={rule.tiers.length > 1 ? () => set({ tiers: rule.tiers.filter((_, i) => i !== at) }) : null}
        />
      ))}
      {rule.tiers.length < 3 ? (
        <div>
          <Button
            size="small"
            icon="plus"
            onClick={() =>
              set({
                tiers: [...rule.tiers, { approvers: [targetOf(words.options[0]!.value)], deputies: [], minutes: 15 }],
              })
            }
          >{t`And then another look`}</Button>
        </div>
      ) : null}
    </div>
  );
}

type TierProps = {
  tier: ApprovalTier;
  at: number;
  names: Names;
  onChange: (tier: ApprovalTier) => void;
  onRemove: (() => void) | null;
};

function TierEditor({ tier, at, names, onChange, onRemove }: TierProps) {
  const { t } = useLingui();
  return (
    <fieldset className={css.tier}>
      <legend className={css.spoken}>{t`Look ${at + 1}`}</legend>
      <People
        first={at === 0 ? t`Passed by` : t`Then passed by`}
        more={t`or by`}
        add={t`Or another one …`}
        least={1}
        people={tier.approvers}
        names={names}
        onChange={(approvers) => onChange({ ...tier, approvers })}
      />
      <TextField
        className={css.minutes ?? ""}
        label={t`Minutes until others are asked`}
        type="number"
        min={1}
        max={10_080}
        inputMode="numeric"
        value={tier.minutes}
        onChange={(event) =>
          onChange({ ...tier, minutes: Math.max(1, Math.min(10_080, Math.trunc(Number(event.target.value)) || 1)) })
        }
      />
      <People
        first={t`When they are silent`}
        more={t`or`}
        add={t`A deputy …`}
        least={0}
        people={tier.deputies}
        names={names}
        onChange={(deputies) => onChange({ ...tier, deputies })}
      />
      {onRemove ? (
        <div>
          <Button size="small" look="bare" onClick={onRemove}>{t`Remove this look`}</Button>
        </div>
      ) : null}
    </fieldset>
  );
}

type PeopleProps = {
  first: string;
  more: string;
  add: string;
  least: number;
  people: readonly Target[];
  names: Names;
  onChange: (people: Target[]) => void;
};

function People({ first, more, add, least, people, names, onChange }: PeopleProps) {
  const { t } = useLingui();
  const { options, name } = useRuleWords(names);
  const keys = people.map(targetKey);
  const free = options.find((one) => !keys.includes(one.value));
  return (
    <div className={css.pair}>
      {people.map((target, i) => {
        const key = targetKey(target);
        const known = options.some((one) => one.value === key);
        return (
          <div key={key} className={css.person}>
            <Select
              label={i === 0 ? first : more}
              value={key}
              options={known ? options : [{ value: key, label: name(target) }, ...options]}
              onChange={(next) => onChange(keys.map((k, j) => targetOf(j === i ? next : k)))}
            />
            {people.length > least ? (
              <Button
                look="bare"
                iconOnly
                icon="close"
                aria-label={t`Take ${name(target)} out`}
                onClick={() => onChange(people.filter((_, j) => j !== i))}
              />
            ) : null}
          </div>
        );
      })}
      {free && people.length < 8 ? (
        <div className={css.addPerson}>
          <Button size="small" icon="plus" onClick={() => onChange([...people, targetOf(free.value)])}>
            {add}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
