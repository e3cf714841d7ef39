import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { Trigger } from "#contracts/escalation";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import css from "./escalation.module.css";
import { volumeMonitorsQuery, volumeQueuesQuery } from "./escalation-query.ts";

export type VolumeTrigger = Extract<Trigger, { kind: "volume" }>;
type Props = { trigger: VolumeTrigger; onChange: (trigger: VolumeTrigger) => void };

/** So many a rung may name. */
const MOST = 40;

/** How much of what in which time begins an escalation. */
export function VolumeFields({ trigger, onChange }: Props) {
  const { t } = useLingui();
  const queues = useQuery({ ...volumeQueuesQuery, enabled: trigger.of === "queue" }).data?.queues ?? [];
  const monitors = useQuery({ ...volumeMonitorsQuery, enabled: trigger.of === "monitor" }).data?.monitors ?? [];
  const named = trigger.of === "queue" ? queues : monitors;
  const set = (change: Partial<VolumeTrigger>) => onChange({ ...trigger, ...change });
  const count = (label: string, value: number, most: number, change: (n: number) => void) => (
    <TextField
      label={label}
      type="number"
      min={1}
      max={most}
      inputMode="numeric"
      value={value}
      onChange={(event) => change(Math.max(1, Math.min(most, Math.trunc(Number(event.target.value)) || 1)))}
    />
  );
  return (
    <>
      <Select
        label={t`Of what`}
        value={trigger.of}
        options={[
          { value: "queue", label: t`Open work of a queue` },
          { value: "monitor", label: t`Posts of a monitor that raises an alarm` },
        ]}
        onChange={(of) => set({ of, ids: [] })}
      />
      {count(t`From so many on`, trigger.items, 100_000, (items) => set({ items }))}
      {count(t`Within so many minutes`, trigger.minutes, 1_440, (minutes) => set({ minutes }))}
      <fieldset className={css.days}>
        <legend>{trigger.of === "queue" ? t`Queues` : t`Monitors`}</legend>
        <Checkbox
          checked={trigger.ids.length === 0}
          onChange={() => set({ ids: [] })}
        >{t`any, each by itself`}</Checkbox>
        {named.map((one) => (
          <Checkbox
            key={one.id}
            checked={trigger.ids.includes(one.id)}
            onChange={(on) =>
              set({ ids: on ? [...trigger.ids, one.id].slice(0, MOST) : trigger.ids.filter((id) => id !== one.id) })
            }
          >
            <bdi>{one.name}</bdi>
          </Checkbox>
        ))}
      </fieldset>
      {trigger.of === "queue" ? (
        <Select
          label={t`At least as urgent as`}
          value={trigger.atLeast}
          options={[
            { value: "low", label: t`Low` },
            { value: "normal", label: t`Normal` },
            { value: "high", label: t`High` },
            { value: "urgent", label: t`Urgent` },
          ]}
          onChange={(atLeast) => set({ atLeast })}
        />
      ) : null}
    </>
  );
}
