import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, Select, TextField } from "../../shared/ui/field.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./queues-page.module.css";
import { addSkill, brandsQuery, type Clearance, changeSkill, type Skill, skillsQuery } from "./queues-query.ts";
import { useClearanceWords } from "./use-clearance-words.ts";

const KINDS: readonly Clearance[] = ["skill", "language", "brand", "region", "training"];
const PEOPLE = () => [["people", "skills"]];

/** What there is to ask of agents. Who has it, and until when, stands with the agent. */
export function ClearancesTab() {
  const { t } = useLingui();
  const words = useClearanceWords();
  const skills = useQuery(skillsQuery);
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const change = useCommand({
    run: changeSkill,
    invalidates: PEOPLE,
    onDone: (skill) => toasts.add({ text: t`${skill.name} is asked for in new work from now on.` }),
    onProblem: (problem) => announce(sayProblem(problem), true),
  });
  const columns: Column<Skill>[] = [
    { id: "name", heading: t`Name`, names: true, cell: (skill) => <bdi>{skill.name}</bdi> },
    {
      id: "clearance",
      heading: t`Stands for`,
      cell: (skill) => (
        <span className={css.pick}>
          <Select
            label={t`What ${skill.name} stands for`}
            labelHidden
            value={skill.clearance}
            options={KINDS.map((kind) => ({ value: kind, label: words[kind] }))}
            onChange={(clearance) => change.send({ id: skill.id, expectedVersion: skill.version, clearance })}
          />
        </span>
      ),
    },
    {
      id: "kind",
      heading: t`As it waits`,
      cell: (skill) =>
        skill.clearance === "skill" ? (
          <span className={css.pick}>
            <Select
              label={t`As work waits, ${skill.name}`}
              labelHidden
              value={skill.kind}
              options={[
                { value: "soft", label: t`relaxes` },
                { value: "hard", label: t`never relaxes` },
              ]}
              onChange={(kind) => change.send({ id: skill.id, expectedVersion: skill.version, kind })}
            />
          </span>
        ) : (
          t`never relaxes`
        ),
    },
    {
      id: "brands",
      heading: t`Asked for by all work of`,
      cell: (skill) => (
        <span className={css.brands}>
          {brands.map((brand) => (
            <Checkbox
              key={brand.id}
              checked={skill.brandIds.includes(brand.id)}
              aria-label={t`All work of ${brand.name} asks for ${skill.name}`}
              onChange={(on) => {
                const others = skill.brandIds.filter((id) => id !== brand.id);
                const brandIds = on ? [...others, brand.id] : others;
                change.send({ id: skill.id, expectedVersion: skill.version, brandIds });
              }}
            >
              {brand.name}
            </Checkbox>
          ))}
        </span>
      ),
    },
  ];
  return (
    <>
      <p className="small mid">
        {t`A clearance is had or not had and never relaxes. Give it to agents under People, with a day on which it ends by itself.`}
      </p>
      {change.problem ? <ProblemNotice problem={change.problem} /> : null}
      <Fetched query={skills}>
        {({ skills: all }) => (
          <div className={css.box}>
            <DataTable
              caption={t`Skills and clearances`}
              columns={columns}
              rows={all}
              rowKey={(skill) => skill.id}
              empty={<EmptyState level={3} title={t`There is no skill yet`} />}
            />
          </div>
        )}
      </Fetched>
      <AddSkill />
    </>
  );
}

function AddSkill() {
  const { t } = useLingui();
  const words = useClearanceWords();
  const [name, setName] = useState("");
  const [clearance, setClearance] = useState<Clearance>("training");
  const [kind, setKind] = useState<"hard" | "soft">("soft");
  const add = useCommand({
    run: addSkill,
    invalidates: PEOPLE,
    onDone: (skill) => {
      setName("");
      toasts.add({ text: t`${skill.name} can be given to agents now.` });
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() && !add.busy) add.send({ name: name.trim(), clearance, kind, brandIds: [] });
  }
  return (
    <Card title={t`Add one`} level={3}>
      <form className={css.form} onSubmit={onSubmit} noValidate>
        {add.problem ? <ProblemNotice problem={add.problem} safe={t`What you wrote is safe here.`} /> : null}
        <div className={css.fields}>
          <TextField label={t`Name`} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
          <Select
            label={t`Stands for`}
            value={clearance}
            options={KINDS.map((one) => ({ value: one, label: words[one] }))}
            onChange={setClearance}
          />
          {clearance === "skill" ? (
            <Select
              label={t`As work waits`}
              value={kind}
              options={[
                { value: "soft", label: t`it relaxes` },
                { value: "hard", label: t`it never relaxes` },
              ]}
              onChange={setKind}
            />
          ) : null}
        </div>
        <Button type="submit" busy={add.busy} refused={name.trim() ? null : t`It needs a name.`} className={css.start}>
          {t`Add it`}
        </Button>
      </form>
    </Card>
  );
}
