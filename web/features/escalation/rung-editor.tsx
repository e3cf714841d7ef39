import { useLingui } from "@lingui/react/macro";
import type { Rung, Trigger, TriggerKind } from "#contracts/escalation";
import { Button } from "../../shared/ui/button.tsx";
import { Checkbox, Select, TextArea, TextField } from "../../shared/ui/field.tsx";
import css from "./escalation.module.css";
import { type Names, targetKey, targetOf, useEscalationWords, useTargetOptions } from "./use-words.ts";
import { VolumeFields } from "./volume-fields.tsx";

type Props = { rung: Rung; names: Names; onChange: (rung: Rung) => void };

/** Everything of one rung. */
export function RungEditor({ rung, names, onChange }: Props) {
  const { t } = useLingui();
  const words = useEscalationWords();
  const options = useTargetOptions(names);
  const set = (change: Partial<Rung>) => onChange({ ...rung, ...change });
  const [holding] = rung.holding;
  const chosenRisks = rung.trigger.kind === "risk" ? rung.trigger.risks : [];
  const chain = [rung.owner, ...rung.deputies];
  const setChain = (keys: string[]) => {
    const [owner, ...deputies] = keys.map(targetOf);
    if (owner) set({ owner, deputies });
  };
  const keys = chain.map(targetKey);
  const free = options.find((o) => !keys.includes(o.value));
  const minutes = (label: string, value: number, change: (minutes: number) => void) => (
    <TextField
      label={label}
      type="number"
      min={1}
      max={10_080}
      inputMode="numeric"
      value={value}
      onChange={(event) => change(Math.max(1, Math.min(10_080, Math.trunc(Number(event.target.value)) || 1)))}
    />
  );
  return (
    <div className={css.form}>
      <div className={css.pair}>
        <Select
          label={t`Severity`}
          value={String(rung.severity)}
          options={words.severities.map((label, i) => ({ value: String(i), label }))}
          onChange={(value) => set({ severity: Number(value) })}
        />
        <Select
          label={t`When`}
          value={rung.trigger.kind}
          options={(Object.keys(words.triggers) as TriggerKind[]).map((kind) => ({
            value: kind,
            label: words.triggers[kind],
          }))}
          onChange={(kind) => set({ trigger: newTrigger(kind) })}
        />
        {rung.trigger.kind === "work-late" || rung.trigger.kind === "work-stuck"
          ? minutes(t`For so many minutes`, rung.trigger.minutes, (n) =>
              set({ trigger: { ...rung.trigger, minutes: n } as Trigger }),
            )
          : null}
        {rung.trigger.kind === "router-overload"
          ? minutes(t`From so many late items on`, rung.trigger.late, (late) =>
              set({ trigger: { kind: "router-overload", late } }),
            )
          : null}
        {rung.trigger.kind === "volume" ? (
          <VolumeFields trigger={rung.trigger} onChange={(trigger) => set({ trigger })} />
        ) : null}
        {rung.trigger.kind === "risk" ? (
          <fieldset className={css.days}>
            <legend>{t`Risks`}</legend>
            {words.risks.map(({ risk, label }) => (
              <Checkbox
                key={risk}
                checked={chosenRisks.includes(risk)}
                onChange={(on) => {
                  const risks = on ? [...chosenRisks, risk] : chosenRisks.filter((r) => r !== risk);
                  if (risks.length > 0) set({ trigger: { kind: "risk", risks } });
                }}
              >
                {label}
              </Checkbox>
            ))}
          </fieldset>
        ) : null}
      </div>
      {chain.map((target, i) => (
        <div key={targetKey(target)} className={css.chainRow}>
          <Select
            label={i === 0 ? t`Asked first` : t`Then`}
            value={targetKey(target)}
            options={options}
            onChange={(key) => setChain(keys.map((k, j) => (j === i ? key : k)))}
          />
          {chain.length > 1 ? (
            <Button
              look="bare"
              iconOnly
              icon="close"
              aria-label={t`Take out of the chain`}
              onClick={() => setChain(keys.filter((_, j) => j !== i))}
            />
          ) : null}
        </div>
      ))}
      {free && chain.length < 9 ? (
        <div>
          <Button size="small" icon="plus" onClick={() => setChain([...keys, free.value])}>{t`And then …`}</Button>
        </div>
      ) : null}
      <div className={css.pair}>
        <Select
          label={t`Out of hours first`}
          value={rung.outOfHours ? targetKey(rung.outOfHours) : ""}
          options={[{ value: "", label: t`the same` }, ...options]}
          onChange={(key) => set({ outOfHours: key ? targetOf(key) : null })}
        />
        <Select
          label={t`Releases what is said in public`}
          value={rung.approvers[0] ? targetKey(rung.approvers[0]) : ""}
          options={[{ value: "", label: t`nobody in particular` }, ...options]}
          onChange={(key) => set({ approvers: key ? [targetOf(key)] : [] })}
        />
      </div>
      <div className={css.pair}>
        {minutes(t`Minutes to acknowledge`, rung.acknowledgeMinutes, (n) => set({ acknowledgeMinutes: n }))}
        {minutes(t`Minutes to act`, rung.actMinutes, (n) => set({ actMinutes: n }))}
        {minutes(t`Quiet afterwards, minutes`, Math.max(1, rung.quietMinutes), (n) => set({ quietMinutes: n }))}
        {rung.standDownMinutes === null
          ? null
          : minutes(t`Ends after its cause is gone, minutes`, rung.standDownMinutes, (n) =>
              set({ standDownMinutes: n }),
            )}
      </div>
      <Checkbox
        checked={rung.standDownMinutes !== null}
        onChange={(on) => set({ standDownMinutes: on ? 180 : null })}
      >{t`It ends by itself when its cause has been gone for a while`}</Checkbox>
      <TextArea
        label={t`Holding statement`}
        hint={t`Offered to the agent in the composer. It is never sent by itself.`}
        rows={3}
        maxLength={2_000}
        value={holding?.text ?? ""}
        onChange={(event) => {
          const text = event.target.value;
          const rest = rung.holding.slice(1);
          set({ holding: text ? [{ locale: holding?.locale ?? "en", text }, ...rest] : rest });
        }}
      />
    </div>
  );
}

function newTrigger(kind: TriggerKind): Trigger {
  if (kind === "work-late" || kind === "work-stuck") return { kind, minutes: 30 };
  if (kind === "risk") return { kind, risks: ["safety"] };
  if (kind === "router-overload") return { kind, late: 100 };
  if (kind === "volume") return { kind, of: "queue", ids: [], items: 20, minutes: 30, atLeast: "low" };
  return { kind };
}
