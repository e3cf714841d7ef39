import { Trans, useLingui } from "@lingui/react/macro";
import type { Notices } from "#contracts/preferences";
import { presentMoment, useNow } from "../../shared/time/clock.ts";
import { regionOf, useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Checkbox, TextField } from "../../shared/ui/field.tsx";
import type { NoticesProps } from "./notices-card.tsx";
import css from "./settings.module.css";

const HOUR = 3_600_000;
type Quiet = NonNullable<Notices["quiet"]>;
const here = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const night = (): Quiet => ({ days: [1, 2, 3, 4, 5, 6, 7], from: "22:00", to: "07:00", zone: here() });

/** When nothing rings. */
export function QuietCard({ notices, onChange }: NoticesProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const now = useNow("minute");
  const { quiet, hushUntil } = notices;
  const hushed = hushUntil !== null && Date.parse(hushUntil) > now;
  const until = hushed ? words.moment(hushUntil, now) : "";
  return (
    <Card title={t`When it is quiet`}>
      <div className={css.stack}>
        <div className={css.line}>
          <span className={css.kindWords}>
            <b>{hushed ? <Trans>Nothing disturbs you until {until}</Trans> : t`Do not disturb`}</b>
            <span className="small mid">{t`For an hour nothing rings. The list and its countdowns go on.`}</span>
          </span>
          {hushed ? <Button onClick={() => onChange({ hushUntil: null })}>{t`End it now`}</Button> : null}
          <Button
            icon="moon"
            onClick={() =>
              onChange({
                hushUntil: new Date(Math.max(hushed ? Date.parse(hushUntil) : 0, presentMoment()) + HOUR).toISOString(),
              })
            }
          >
            {hushed ? t`An hour more` : t`For an hour`}
          </Button>
        </div>
        <Checkbox checked={quiet !== null} onChange={(on) => onChange({ quiet: on ? night() : null })}>
          {t`Quiet hours`}
        </Checkbox>
        {quiet ? <Hours quiet={quiet} onChange={(next) => onChange({ quiet: next })} /> : null}
        <Checkbox checked={notices.graveRings} onChange={(graveRings) => onChange({ graveRings })}>
          {t`Escalations of severity 3 and 4 ring all the same`}
        </Checkbox>
        <p className="small mid">{t`On a break, away and in training it is quiet as well.`}</p>
      </div>
    </Card>
  );
}

function Hours({ quiet, onChange }: { quiet: Quiet; onChange: (quiet: Quiet) => void }) {
  const { t, i18n } = useLingui();
  // The first of January 2024 was a Monday.
  const day = new Intl.DateTimeFormat(regionOf(i18n.locale, navigator.languages), {
    weekday: "short",
    timeZone: "UTC",
  });
  const [zone, elsewhere] = [here(), quiet.zone !== here()];
  const time = (label: string, of: "from" | "to") => (
    <TextField
      label={label}
      type="time"
      required
      defaultValue={quiet[of]}
      onBlur={({ target }) => target.value && target.value !== quiet[of] && onChange({ ...quiet, [of]: target.value })}
    />
  );
  return (
    <div className={css.hours}>
      <fieldset className={css.days}>
        <legend className="small strong">{t`On nights that begin on`}</legend>
        {[1, 2, 3, 4, 5, 6, 7].map((iso) => {
          const on = quiet.days.includes(iso);
          const last = on && quiet.days.length === 1;
          return (
            <Checkbox
              key={iso}
              checked={on}
              disabled={last}
              title={last ? t`One day has to stay; switch the quiet hours off instead.` : undefined}
              onChange={(wanted) =>
                onChange({
                  ...quiet,
                  days: wanted ? [...quiet.days, iso].toSorted() : quiet.days.filter((one) => one !== iso),
                })
              }
            >
              {day.format(Date.UTC(2024, 0, iso))}
            </Checkbox>
          );
        })}
      </fieldset>
      <div className={css.times}>
        {time(t`From`, "from")}
        {time(t({ message: "To", context: "end of a span" }), "to")}
      </div>
      <p className="small mid">
        <Trans>
          By the clock of <bdi>{quiet.zone}</bdi>.
        </Trans>{" "}
        {elsewhere ? (
          <Button
            size="small"
            look="bare"
            onClick={() => onChange({ ...quiet, zone })}
          >{t`Take ${zone}, where you are now`}</Button>
        ) : null}
      </p>
    </div>
  );
}
