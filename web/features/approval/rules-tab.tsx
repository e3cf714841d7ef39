import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ApprovalRule, ApprovalRules, ApprovalRulesView } from "#contracts/approval";
import { useCommand } from "../../shared/api/use-command.ts";
import { Button } from "../../shared/ui/button.tsx";
import { DraftNotice } from "../../shared/ui/draft-notice.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Checkbox, Select } from "../../shared/ui/field.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./approval.module.css";
import { agentsQuery, brandsQuery, checkRules, rulesQuery, saveRules, teamsQuery } from "./approval-query.ts";
import { Findings, RuleCard } from "./rule-card.tsx";
import { TrainingList } from "./training-list.tsx";
import { type Names, newRule } from "./use-rule-words.ts";

/** Which replies somebody else has to pass: the account's rules, or a brand's own. */
export default function RulesTab() {
  const { t } = useLingui();
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const [chosen, setChosen] = useState("");
  const names: Names = {
    agents: (useQuery(agentsQuery).data?.agents ?? []).filter((one) => one.state === "active"),
    teams: useQuery(teamsQuery).data?.teams ?? [],
  };
  return (
    <>
      {brands.length > 1 ? (
        <Select
          label={t`For`}
          value={chosen}
          options={[{ value: "", label: t`All brands` }, ...brands.map((b) => ({ value: b.id, label: b.name }))]}
          onChange={setChosen}
        />
      ) : null}
      <Fetched query={useQuery(rulesQuery(chosen || null))}>
        {(view) => <RulesForm key={view.brandId ?? ""} view={view} names={names} />}
      </Fetched>
    </>
  );
}

/** A field that is half typed asks for nothing yet. */
function whole(rules: ApprovalRules): ApprovalRules {
  return {
    ...rules,
    rules: rules.rules.map((r) => ({ ...r, fields: r.fields.filter(({ key, is }) => key.trim() && is.trim()) })),
  };
}

type Draft = { rules: ApprovalRules; on: number };

function RulesForm({ view, names }: { view: ApprovalRulesView; names: Names }) {
  const { t } = useLingui();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const rules = draft?.rules ?? view.rules;
  const check = useCommand({ run: checkRules });
  const save = useCommand({
    run: saveRules,
    invalidates: () => [["settings", "approval"]],
    onDone: (saved) => {
      setDraft(null);
      setOpen(null);
      toasts.add({ text: t`Version ${saved.version} is in force from now on.` });
    },
  });
  const findings = draft ? (check.answer?.findings ?? []) : view.findings;
  const hasFault = findings.some((f) => f.level === "fault");
  function change(next: Partial<ApprovalRules>): void {
    const all = { ...rules, ...next };
    setDraft({ rules: all, on: draft?.on ?? view.version });
    check.send(whole(all));
  }
  function put(rule: ApprovalRule): void {
    change({ rules: rules.rules.map((one) => (one.id === rule.id ? rule : one)) });
  }
  function add(): void {
    const rule = newRule(crypto.randomUUID().slice(0, 8), names, t`New rule`);
    change({ rules: [...rules.rules, rule] });
    setOpen(rule.id);
  }
  return (
    <>
      <p className="mid">
        <Trans>
          A reply that fits a rule waits until somebody has passed it. Who is silent is passed by: deputies are asked,
          then supervisors, and at the end an alarm. Silence never publishes anything.
        </Trans>
      </p>
      <Findings list={findings.filter((f) => f.ruleId === null)} />
      {rules.rules.length === 0 ? (
        <EmptyState title={t`Every reply leaves at once`} level={3}>
          <Trans>Except on what is escalated, where the ladder names who releases what is said.</Trans>
        </EmptyState>
      ) : null}
      <ol className={css.list}>
        {rules.rules.map((rule) => (
          <RuleCard
            key={rule.id}
            {...{ rule, names, sayings: view.sayings }}
            open={open === rule.id}
            findings={findings.filter((f) => f.ruleId === rule.id)}
            onOpen={() => setOpen(open === rule.id ? null : rule.id)}
            onRemove={() => change({ rules: rules.rules.filter((one) => one.id !== rule.id) })}
            onChange={put}
          />
        ))}
      </ol>
      <div>
        <Button
          icon="plus"
          refused={names.agents.length === 0 ? t`One moment.` : null}
          onClick={add}
        >{t`Add a rule`}</Button>
      </div>
      <TrainingList training={rules.training} names={names} onChange={(training) => change({ training })} />
      <Checkbox
        checked={rules.ownText === "approvers"}
        onChange={(on) => change({ ownText: on ? "approvers" : "never" })}
      >{t`What an approver writes needs no other one’s look`}</Checkbox>
      <DraftNotice
        overtaken={
          draft && draft.on !== view.version ? t`Somebody else saved version ${view.version} meanwhile.` : null
        }
        onDrop={() => setDraft(null)}
        onKeep={() => setDraft(draft && { ...draft, on: view.version })}
        problem={save.problem}
      />
      {draft ? (
        <div className={css.save}>
          <p className="small mid">
            <b>{t`Your changes are not saved yet.`}</b> {t`What waits already goes on as it was asked for.`}
          </p>
          <Button look="bare" onClick={() => setDraft(null)}>{t`Drop the changes`}</Button>
          <Button
            look="primary"
            busy={save.busy}
            refused={hasFault ? t`Mend what is marked first.` : null}
            onClick={() => save.send({ brandId: view.brandId, rules: whole(draft.rules), expectedVersion: draft.on })}
          >{t`Save as version ${view.version + 1}`}</Button>
        </div>
      ) : null}
    </>
  );
}
