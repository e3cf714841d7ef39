import { useLingui } from "@lingui/react/macro";
import { type FormEvent, useState } from "react";
import type { Rota } from "#contracts/escalation";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import css from "./escalation.module.css";
import type { Person } from "./escalation-query.ts";

type Shift = Rota["shifts"][number];
type Props = {
  rota: Rota;
  agents: readonly Person[];
  busy: boolean;
  onSave: (rota: Rota) => void;
  onClose: () => void;
  onRemove?: (() => void) | undefined;
};

/** The weekly plan: days, hours, and who takes turns in them. */
export function RotaEditor({ rota: given, agents, busy, onSave, onClose, onRemove }: Props) {
  const { t } = useLingui();
  const [rota, setRota] = useState(given);
  const [tried, setTried] = useState(false);
  const set = (change: Partial<Rota>) => setRota({ ...rota, ...change });
  const setShift = (id: string, change: Partial<Shift>) =>
    set({ shifts: rota.shifts.map((s) => (s.id === id ? { ...s, ...change } : s)) });
  const zones = Intl.supportedValuesOf("timeZone");
  const first = agents[0]?.id ?? "";
  function submit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (rota.name.trim() && !busy) onSave({ ...rota, name: rota.name.trim() });
  }
  return (
    <Card title={given.name ? given.name : t`A new rota`}>
      <form className={css.form} onSubmit={submit} noValidate>
        <div className={css.pair}>
          <TextField
            label={t`Name`}
            maxLength={80}
            value={rota.name}
            onChange={(event) => set({ name: event.target.value })}
            fault={tried && !rota.name.trim() ? t`Give it a name, such as Nights.` : undefined}
          />
          <Select
            label={t`Time zone of its hours`}
            value={rota.zone}
            options={[...new Set([rota.zone, ...zones])].map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone) => set({ zone })}
          />
        </div>
        {rota.shifts.map((shift) => (
          <div key={shift.id} className={css.box}>
            <ShiftFields
              shift={shift}
              agents={agents}
              onChange={(change) => setShift(shift.id, change)}
              onRemove={
                rota.shifts.length > 1 ? () => set({ shifts: rota.shifts.filter((s) => s.id !== shift.id) }) : undefined
              }
            />
          </div>
        ))}
        <div className={css.acts}>
          <Button
            icon="plus"
            size="small"
            onClick={() =>
              set({
                shifts: [
                  ...rota.shifts,
                  { id: crypto.randomUUID().slice(0, 8), days: [6, 7], from: "08:00", to: "18:00", agentIds: [first] },
                ],
              })
            }
          >{t`Add hours`}</Button>
        </div>
        <div className={css.foot}>
          {onRemove ? <Button look="bare" onClick={onRemove}>{t`Remove this rota`}</Button> : null}
          <Button onClick={onClose}>{t`Leave it`}</Button>
          <Button look="primary" type="submit" busy={busy}>{t`Save the plan`}</Button>
        </div>
      </form>
    </Card>
  );
}

type ShiftProps = {
  shift: Shift;
  agents: readonly Person[];
  onChange: (change: Partial<Shift>) => void;
  onRemove: (() => void) | undefined;
};

function ShiftFields({ shift, agents, onChange, onRemove }: ShiftProps) {
  const { t, i18n } = useLingui();
  // 5 January 2026 was a Monday.
  const day = (n: number) =>
    new Intl.DateTimeFormat(i18n.locale, { weekday: "short", timeZone: "UTC" }).format(Date.UTC(2026, 0, 4 + n));
  const options = agents.map((a) => ({ value: a.id, label: a.name }));
  const free = agents.find((a) => !shift.agentIds.includes(a.id));
  return (
    <div className={css.form}>
      <fieldset className={css.days}>
        <legend>{t`Days it begins on`}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((n) => (
          <Checkbox
            key={n}
            checked={shift.days.includes(n)}
            onChange={(on) => {
              const days = on ? [...shift.days, n].sort() : shift.days.filter((d) => d !== n);
              if (days.length > 0) onChange({ days });
            }}
          >
            {day(n)}
          </Checkbox>
        ))}
      </fieldset>
      <div className={css.pair}>
        <TextField
          label={t`From`}
          type="time"
          value={shift.from}
          onChange={(event) => event.target.value && onChange({ from: event.target.value })}
        />
        <TextField
          label={t({ message: "To", context: "end of a span" })}
          hint={shift.to <= shift.from ? t`on the next day` : undefined}
          type="time"
          value={shift.to === "24:00" ? "00:00" : shift.to}
          onChange={(event) => event.target.value && onChange({ to: event.target.value })}
        />
      </div>
      {shift.agentIds.map((id, i) => (
        <div key={id} className={css.chainRow}>
          <Select
            label={i === 0 ? t`First week` : t`Then, week ${i + 1}`}
            value={id}
            options={options}
            onChange={(to) => {
              if (!shift.agentIds.includes(to))
                onChange({ agentIds: shift.agentIds.map((a, j) => (j === i ? to : a)) });
            }}
          />
          {shift.agentIds.length > 1 ? (
            <Button
              look="bare"
              iconOnly
              icon="close"
              aria-label={t`Take out of the turns`}
              onClick={() => onChange({ agentIds: shift.agentIds.filter((_, j) => j !== i) })}
            />
          ) : null}
        </div>
      ))}
      <div className={css.acts}>
        {free ? (
          <Button
            size="small"
            icon="plus"
            onClick={() => onChange({ agentIds: [...shift.agentIds, free.id] })}
          >{t`Somebody takes turns`}</Button>
        ) : null}
        {onRemove ? <Button size="small" look="bare" onClick={onRemove}>{t`Remove these hours`}</Button> : null}
      </div>
    </div>
  );
}
