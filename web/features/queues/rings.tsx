import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { type QueueDraft, withHelper } from "./queue-draft.ts";
import css from "./queues-page.module.css";
import type { Helper } from "./queues-query.ts";

type RingsProps = {
  draft: QueueDraft;
  helpers: readonly Helper[];
  fault: string | null;
  onEdit: (to: Partial<QueueDraft>) => void;
};

/** As work waits, more may take it: soft skills relax, and other teams help out. Nothing that is hard ever does. */
export function Rings({ draft, helpers, fault, onEdit }: RingsProps) {
  const { t } = useLingui();
  const soft = [t`two thirds of soft skills`, t`one third of soft skills`, t`no soft skills`];
  const used = new Set(draft.overflow.flat());
  const free = helpers.filter((team) => !used.has(team.id));
  const nameOf = (id: string) => helpers.find((team) => team.id === id);
  return (
    <fieldset className={css.part}>
      <legend className={css.legend}>{t`As it waits, more may take it`}</legend>
      <ol className={css.rings}>
        {draft.percents.map((percent, ring) => (
          <li key={ring} className={css.ring}>
            <TextField
              label={t`Opens after, in % of the target`}
              type="number"
              inputMode="numeric"
              min={1}
              max={99}
              value={percent ?? ""}
              aria-invalid={fault ? true : undefined}
              onChange={(event) => {
                const value = event.target.valueAsNumber;
                onEdit({
                  percents: draft.percents.map((one, i) =>
                    i === ring ? (Number.isFinite(value) ? value : null) : one,
                  ),
                });
              }}
            />
            <p className="small mid">{t`Asks for ${soft[ring] ?? ""}.`}</p>
            {(draft.overflow[ring] ?? []).map((id) => {
              const team = nameOf(id);
              return (
                <span key={id} className={css.helper}>
                  <Icon name="people" size="small" />
                  <span>
                    <bdi>{team?.name ?? t`A team that is gone`}</bdi>
                    {team ? <Able team={team} /> : null}
                  </span>
                  <Button
                    size="small"
                    look="bare"
                    icon="close"
                    iconOnly
                    aria-label={t`${team?.name ?? ""} helps out no more`}
                    onClick={() => onEdit({ overflow: withHelper(draft.overflow, id, null) })}
                  />
                </span>
              );
            })}
            {free.length > 0 ? (
              <Select
                label={t`A team that helps out from here on`}
                value=""
                options={[
                  { value: "", label: t`Choose…` },
                  ...free.map((team) => ({ value: team.id, label: team.name })),
                ]}
                onChange={(id) => id && onEdit({ overflow: withHelper(draft.overflow, id, ring) })}
              />
            ) : null}
          </li>
        ))}
      </ol>
      {fault ? (
        <p className={css.fault} role="alert">
          {fault}
        </p>
      ) : null}
    </fieldset>
  );
}

/** A team without the right to the queue's work helps nobody. */
function Able({ team: { members, may } }: { team: Helper }) {
  const { t } = useLingui();
  if (members === 0) return <span className={css.under}>{t`nobody is in it`}</span>;
  if (may === 0) return <span className={`${css.under} ${css.warn}`}>{t`has no right to this queue's work yet`}</span>;
  return <span className={css.under}>{t`${plural(may, { one: "# may take it", other: "# may take it" })}`}</span>;
}
