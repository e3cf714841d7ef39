import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./team-page.module.css";
import { type Agent, type Skill, type SkillLevel, setSkills, skillsQuery } from "./team-query.ts";

type Level = SkillLevel & { name: string };
const levelsOf = (agent: Agent): Level[] => agent.skills.map(({ id: skillId, ...skill }) => ({ skillId, ...skill }));
const isLevel = (level: number) => Number.isInteger(level) && level >= 0 && level <= 100;

const newLevel = ({ id: skillId, name, clearance }: Skill): Level => ({
  ...{ skillId, name, level: clearance === "skill" ? 50 : 100, validFrom: null, validUntil: null },
});
/** A day on the agent's own calendar; it counts to its end. */
const dayOf = (until: string | null) => (until === null ? "" : localDay(new Date(Date.parse(until) - 1)));
const localDay = (at: Date) =>
  `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
function endOf(day: string): string | null {
  const [year, month, date] = day.split("-").map(Number);
  return year && month && date ? new Date(year, month - 1, date + 1).toISOString() : null;
}

/** What an agent can, each from 0 to 100; routing gives work by it. */
export function SkillsForm({ agent }: { agent: Agent }) {
  const { t } = useLingui();
  const all = useQuery(skillsQuery).data?.skills ?? [];
  const [draft, setDraft] = useState<Level[] | null>(null);
  const levels = draft ?? levelsOf(agent);
  const changed = draft !== null && JSON.stringify(draft) !== JSON.stringify(levelsOf(agent));
  const free = all.filter((skill) => !levels.some((level) => level.skillId === skill.id));
  const kinds = new Map(all.map((skill) => [skill.id, skill.kind]));
  const save = useCommand({
    run: setSkills,
    invalidates: () => [["people"]],
    onDone: () => {
      toasts.add({ text: t`The skills of ${agent.name} count from the next offer on.` });
    },
  });

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (!changed || save.busy || levels.some((one) => !isLevel(one.level))) return;
    save.send({ id: agent.id, skills: levels.map(({ name: _, ...level }) => level) });
  }

  return (
    <Card
      title={t`Skills`}
      aside={<span className="small mute">{t`from 0 to 100, and the last day where it ends`}</span>}
    >
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`What you chose is safe here.`} /> : null}
        {levels.length === 0 ? (
          <p className="small mid">
            <Trans>No skill yet: only work that needs none is offered.</Trans>
          </p>
        ) : null}
        {levels.map((one) => (
          <div key={one.skillId} className={css.level}>
            <span className={css.skillName}>
              {one.name}
              <span className={css.under}>
                {kinds.get(one.skillId) === "hard" ? (
                  <Trans>needed in full</Trans>
                ) : (
                  <Trans>counts as far as it goes</Trans>
                )}
              </span>
            </span>
            <TextField
              label={t`Level of ${one.name}`}
              labelHidden
              type="number"
              inputMode="numeric"
              min={0}
              max={100}
              step={5}
              value={Number.isFinite(one.level) ? one.level : ""}
              fault={isLevel(one.level) ? undefined : t`0 to 100`}
              onChange={(event) =>
                setDraft(
                  levels.map((other) =>
                    other.skillId === one.skillId ? { ...other, level: event.target.valueAsNumber } : other,
                  ),
                )
              }
            />
            <TextField
              label={t`Last day of ${one.name}`}
              labelHidden
              type="date"
              title={t`Its last day; empty: it does not end`}
              value={dayOf(one.validUntil)}
              onChange={(event) =>
                setDraft(
                  levels.map((other) =>
                    other.skillId === one.skillId ? { ...other, validUntil: endOf(event.target.value) } : other,
                  ),
                )
              }
            />
            <Button
              size="small"
              look="bare"
              icon="close"
              iconOnly
              aria-label={t`Remove ${one.name}`}
              onClick={() => setDraft(levels.filter((other) => other.skillId !== one.skillId))}
            />
          </div>
        ))}
        {free.length > 0 ? (
          <Select
            label={t`Add a skill`}
            value=""
            options={[
              { value: "", label: t`Choose…` },
              ...free.map((skill) => ({ value: skill.id, label: skill.name })),
            ]}
            onChange={(id) => {
              const skill = free.find((one) => one.id === id);
              if (skill) setDraft([...levels, newLevel(skill)]);
            }}
          />
        ) : null}
        <div className="row wrap">
          <Button type="submit" look="primary" busy={save.busy} refused={changed ? null : t`Nothing is changed.`}>
            <Trans>Save the skills</Trans>
          </Button>
          {changed ? (
            <Button look="bare" onClick={() => setDraft(null)}>
              <Trans>Drop the changes</Trans>
            </Button>
          ) : null}
        </div>
      </form>
    </Card>
  );
}
