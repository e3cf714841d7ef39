import { useLingui } from "@lingui/react/macro";
import { Button } from "../../shared/ui/button.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import type { QueueDraft } from "./queue-draft.ts";
import css from "./queues-page.module.css";
import type { Skill } from "./queues-query.ts";
import { useClearanceWords } from "./use-clearance-words.ts";

type NeedsProps = { draft: QueueDraft; skills: readonly Skill[]; onEdit: (to: Partial<QueueDraft>) => void };

/** What whoever takes work of this queue must have. */
export function Needs({ draft, skills, onEdit }: NeedsProps) {
  const { t } = useLingui();
  const words = useClearanceWords();
  const known = new Map(skills.map((skill) => [skill.id, skill]));
  const free = skills.filter((skill) => !draft.skills.some((need) => need.skillId === skill.id));
  return (
    <fieldset className={css.part}>
      <legend className={css.legend}>{t`Asked of whoever takes it, beside the language`}</legend>
      {draft.skills.length === 0 ? <p className="small mid">{t`Nothing: anybody of the team.`}</p> : null}
      {draft.skills.map((need) => {
        const skill = known.get(need.skillId);
        const name = skill?.name ?? t`A skill that is gone`;
        return (
          <div key={need.skillId} className={css.need}>
            <span>
              {name}
              <span className={css.under}>
                {skill?.clearance !== "skill"
                  ? words[skill?.clearance ?? "skill"]
                  : skill.kind === "hard"
                    ? t`in full, always`
                    : t`relaxes as it waits`}
              </span>
            </span>
            {skill && skill.clearance !== "skill" ? (
              <span className="small mid">{t`had or not had`}</span>
            ) : (
              <TextField
                label={t`Level of ${name}`}
                labelHidden
                type="number"
                inputMode="numeric"
                min={1}
                max={100}
                step={5}
                value={Number.isFinite(need.level) ? need.level : ""}
                onChange={(event) =>
                  onEdit({
                    skills: draft.skills.map((one) =>
                      one.skillId === need.skillId ? { ...one, level: event.target.valueAsNumber } : one,
                    ),
                  })
                }
              />
            )}
            <Button
              size="small"
              look="bare"
              icon="close"
              iconOnly
              aria-label={t`Ask for ${name} no more`}
              onClick={() => onEdit({ skills: draft.skills.filter((one) => one.skillId !== need.skillId) })}
            />
          </div>
        );
      })}
      {free.length > 0 ? (
        <Select
          label={t`Ask for one more`}
          value=""
          options={[{ value: "", label: t`Choose…` }, ...free.map((skill) => ({ value: skill.id, label: skill.name }))]}
          onChange={(skillId) => {
            const level = known.get(skillId)?.clearance === "skill" ? 50 : 1;
            if (skillId) onEdit({ skills: [...draft.skills, { skillId, level }] });
          }}
        />
      ) : null}
    </fieldset>
  );
}
