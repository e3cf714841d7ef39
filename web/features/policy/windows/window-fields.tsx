import { Trans, useLingui } from "@lingui/react/macro";
import type { WindowsView } from "#contracts/windows";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { networkSign } from "../../../shared/ui/network-sign.ts";
import { useMediumWords } from "./use-medium-words.ts";
import css from "./windows.module.css";
import { MEDIA, spanOf, type WindowsForm } from "./windows-form.ts";

type WindowFieldsProps = {
  form: WindowsForm;
  names: WindowsView["names"];
  may: boolean;
  onChange: (form: WindowsForm) => void;
};

/** Days and minutes for each medium, and for channels that differ from theirs. */
export function WindowFields({ form, names, may, onChange }: WindowFieldsProps) {
  const { t } = useLingui();
  const word = useMediumWords();
  const rest = names.filter((one) => !form.channels.some((own) => own.channelId === one.channelId));
  const nameOf = (channelId: string) => {
    const found = names.find((one) => one.channelId === channelId);
    return found ? `${networkSign(found.network).name}, ${found.name}` : channelId;
  };
  const setChannel = (channelId: string, change: { days?: string; minutes?: string }) =>
    onChange({
      ...form,
      channels: form.channels.map((one) => (one.channelId === channelId ? { ...one, ...change } : one)),
    });
  return (
    <>
      <Card title={t`By medium`}>
        <div className={css.grid}>
          {MEDIA.map((medium) => (
            <fieldset key={medium} className={css.row} aria-label={word(medium)}>
              <span className={css.name}>{word(medium)}</span>
              <SpanField
                unit="days"
                label={t`Comes back within, days`}
                value={form.days[medium]}
                may={may}
                onChange={(days) => onChange({ ...form, days: { ...form.days, [medium]: days } })}
              />
              <SpanField
                unit="minutes"
                label={t`Pause in a burst, minutes`}
                value={form.minutes[medium]}
                may={may}
                onChange={(minutes) => onChange({ ...form, minutes: { ...form.minutes, [medium]: minutes } })}
              />
            </fieldset>
          ))}
        </div>
        <p className={`small mid ${css.hint}`}>
          <Trans>
            Who comes back within the days after the work was done counts as the same work come back; the window of the
            medium on which they return decides. Figures stay provisional until it has passed.
          </Trans>
        </p>
      </Card>
      <Card title={t`Channels that differ`}>
        <div className={css.grid}>
          {form.channels.length === 0 ? (
            <p className="small mid">
              <Trans>None: every channel goes by its medium.</Trans>
            </p>
          ) : null}
          {form.channels.map((own) => (
            <fieldset key={own.channelId} className={css.row} aria-label={nameOf(own.channelId)}>
              <span className={css.name}>
                <bdi>{nameOf(own.channelId)}</bdi>
                {may ? (
                  <Button
                    look="bare"
                    size="small"
                    icon="close"
                    iconOnly
                    aria-label={t`By its medium again: ${nameOf(own.channelId)}`}
                    onClick={() =>
                      onChange({ ...form, channels: form.channels.filter((one) => one.channelId !== own.channelId) })
                    }
                  />
                ) : null}
              </span>
              <SpanField
                unit="days"
                label={t`Comes back within, days`}
                value={own.days}
                optional
                may={may}
                onChange={(days) => setChannel(own.channelId, { days })}
              />
              <SpanField
                unit="minutes"
                label={t`Pause in a burst, minutes`}
                value={own.minutes}
                optional
                may={may}
                onChange={(minutes) => setChannel(own.channelId, { minutes })}
              />
            </fieldset>
          ))}
          {may && rest.length > 0 ? (
            <Select
              label={t`Let a channel differ`}
              value=""
              options={[
                { value: "", label: t`Choose a channel` },
                ...rest.map((one) => ({ value: one.channelId, label: nameOf(one.channelId) })),
              ]}
              onChange={(channelId) =>
                channelId && onChange({ ...form, channels: [...form.channels, { channelId, days: "", minutes: "" }] })
              }
            />
          ) : null}
        </div>
      </Card>
    </>
  );
}

type SpanFieldProps = {
  unit: "days" | "minutes";
  label: string;
  value: string;
  may: boolean;
  optional?: boolean;
  onChange: (value: string) => void;
};

function SpanField({ unit, label, value, may, optional = false, onChange }: SpanFieldProps) {
  const { t } = useLingui();
  const empty = optional && value.trim() === "";
  return (
    <TextField
      label={label}
      inputMode="decimal"
      className={css.number ?? ""}
      value={value}
      readOnly={!may}
      placeholder={optional ? t`as its medium` : undefined}
      fault={empty || spanOf(value, unit) !== null ? undefined : t`A number, a year at most.`}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
