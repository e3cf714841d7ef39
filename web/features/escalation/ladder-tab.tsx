import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Ladder, LadderFinding, LadderView, Rung } from "#contracts/escalation";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Select } from "../../shared/ui/field.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import {
  agentsQuery,
  brandsQuery,
  checkLadder,
  ladderQuery,
  onCallQuery,
  saveLadder,
  teamsQuery,
} from "./escalation-query.ts";
import { RungEditor } from "./rung-editor.tsx";
import { SeverityMark } from "./severity-mark.tsx";
import { type Names, targetKey, useEscalationWords, useTargetOptions } from "./use-words.ts";

/** Who is asked about what: the account's ladder, or a brand's own. */
export default function LadderTab() {
  const { t } = useLingui();
  const brands = useQuery(brandsQuery).data?.brands ?? [];
  const [chosen, setChosen] = useState("");
  const query = useQuery(ladderQuery(chosen || null));
  const names: Names = {
    agents: (useQuery(agentsQuery).data?.agents ?? []).filter((a) => a.state === "active"),
    teams: useQuery(teamsQuery).data?.teams ?? [],
    rotas: useQuery(onCallQuery).data?.rotas ?? [],
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
      <Fetched query={query}>
        {(view) => <LadderForm key={`${view.brandId} ${view.version}`} view={view} names={names} />}
      </Fetched>
    </>
  );
}

function LadderForm({ view, names }: { view: LadderView; names: Names }) {
  const { t } = useLingui();
  const may = useMay("escalation.manage");
  const [draft, setDraft] = useState<Ladder | null>(null);
  const [open, setOpen] = useState<string | null>(null);
  const ladder = draft ?? view.ladder;
  const check = useCommand({ run: checkLadder });
  const save = useCommand({
    run: saveLadder,
    invalidates: () => [["escalations", "ladder"]],
    onDone: (saved) => toasts.add({ text: t`Version ${saved.version} is in force from now on.` }),
  });
  const findings = draft ? (check.answer?.findings ?? []) : view.findings;
  function change(rungs: Rung[]): void {
    const next = { ...ladder, rungs };
    setDraft(next);
    check.send(next);
  }
  function add(): void {
    const id = crypto.randomUUID().slice(0, 8);
    change([...ladder.rungs, newRung(id)]);
    setOpen(id);
  }
  const sorted = ladder.rungs.toSorted((a, b) => a.severity - b.severity);
  const hasFault = findings.some((f) => f.level === "fault");

  return (
    <>
      <p className="mid">
        <Trans>
          Whoever is asked has the time of the rung to say “I have it”; then the next of the chain is asked. Who has it
          and does nothing in time sends it one severity up. What fits no rung asks everybody who manages escalations.
        </Trans>
      </p>
      <Findings list={findings.filter((f) => f.rungId === null)} />
      {sorted.length === 0 ? (
        <EmptyState title={t`There is no ladder yet`} level={3}>
          <Trans>Every escalation asks everybody who manages escalations.</Trans>
        </EmptyState>
      ) : null}
      <ol className={css.list}>
        {sorted.map((rung) => (
          <li key={rung.id} className={css.rung}>
            <RungHead
              rung={rung}
              names={names}
              acts={
                may ? (
                  <span className={css.acts}>
                    <Button
                      size="small"
                      aria-expanded={open === rung.id}
                      onClick={() => setOpen(open === rung.id ? null : rung.id)}
                    >
                      {open === rung.id ? t`Close` : t`Change`}
                    </Button>
                    <Button
                      size="small"
                      look="bare"
                      iconOnly
                      icon="close"
                      aria-label={t`Remove this rung`}
                      onClick={() => change(ladder.rungs.filter((r) => r.id !== rung.id))}
                    />
                  </span>
                ) : null
              }
              findings={findings.filter((f) => f.rungId === rung.id)}
            />
            {open === rung.id ? (
              <div className={css.rungBody}>
                <RungEditor
                  rung={rung}
                  names={names}
                  onChange={(next) => change(ladder.rungs.map((r) => (r.id === rung.id ? next : r)))}
                />
              </div>
            ) : null}
          </li>
        ))}
      </ol>
      {may ? (
        <div>
          <Button icon="plus" onClick={add}>{t`Add a rung`}</Button>
        </div>
      ) : null}
      {save.problem ? <ProblemNotice problem={save.problem} safe={t`Your draft is safe here.`} /> : null}
      {draft ? (
        <div className={css.save}>
          <p className="small mid">
            <b>{t`Your changes are not saved yet.`}</b>
          </p>
          <Button look="bare" onClick={() => setDraft(null)}>{t`Drop the changes`}</Button>
          <Button
            look="primary"
            busy={save.busy}
            refused={hasFault ? t`Mend what is marked first.` : null}
            onClick={() => save.send({ brandId: view.brandId, ladder: draft, expectedVersion: view.version })}
          >{t`Save as version ${view.version + 1}`}</Button>
        </div>
      ) : null}
    </>
  );
}

type HeadProps = { rung: Rung; names: Names; acts: React.ReactNode; findings: readonly LadderFinding[] };

function RungHead({ rung, names, acts, findings }: HeadProps) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useEscalationWords();
  const options = new Map(useTargetOptions(names).map((o) => [o.value, o.label]));
  const chain = [rung.owner, ...rung.deputies];
  const { trigger } = rung;
  const detail =
    trigger.kind === "risk"
      ? list(trigger.risks.map((r) => words.risks.find((one) => one.risk === r)?.label ?? r))
      : trigger.kind === "work-late" || trigger.kind === "work-stuck"
        ? t`${trigger.minutes} min`
        : trigger.kind === "router-overload"
          ? t`from ${trigger.late} on`
          : trigger.kind === "volume"
            ? t`from ${trigger.items} on within ${trigger.minutes} min`
            : null;
  return (
    <div className={css.rungHead}>
      <SeverityMark severity={rung.severity} />
      <div className={css.duty}>
        <span className={css.says}>
          {words.trigger(trigger.kind)}
          {detail ? `: ${detail}` : null}
        </span>
        <span className={css.chain}>
          {chain.map((target) => (
            <span key={targetKey(target)}>{options.get(targetKey(target)) ?? t`somebody who is gone`}</span>
          ))}
        </span>
        <span className={css.small}>
          <span>{t`${rung.acknowledgeMinutes} min to acknowledge`}</span>
          <span>{t`${rung.actMinutes} min to act`}</span>
          {rung.outOfHours ? (
            <span>{t`out of hours first: ${options.get(targetKey(rung.outOfHours)) ?? ""}`}</span>
          ) : null}
          {rung.holding.length > 0 ? <span>{t`with a holding statement`}</span> : null}
        </span>
        <Findings list={findings} />
      </div>
      {acts}
    </div>
  );
}

function Findings({ list }: { list: readonly LadderFinding[] }) {
  if (list.length === 0) return null;
  const [first, ...more] = list.filter((f) => f.level === "hole");
  const others = list.filter((f) => f.level !== "hole");
  return (
    <ul>
      {others.map((f) => (
        <li key={f.says} className={css.finding} data-level={f.level}>
          <Icon name={f.level === "hint" ? "eye" : "warning"} size="small" />
          <ServerWords>{f.says}</ServerWords>
        </li>
      ))}
      {first?.from && first.to ? (
        <li className={css.finding} data-level="hole">
          <Icon name="clock" size="small" />
          <span>
            <Trans>
              Nobody of this chain can be reached from <Moment at={first.from} /> to <Moment at={first.to} />
            </Trans>
            {more.length > 0 ? <Trans>, and {more.length} times more in eight days</Trans> : null}
            <Trans>. In such an hour everybody who manages is alarmed.</Trans>
          </span>
        </li>
      ) : null}
    </ul>
  );
}

function newRung(id: string): Rung {
  return {
    ...{ id, severity: 1, trigger: { kind: "by-hand" }, owner: { kind: "managers" }, deputies: [], outOfHours: null },
    ...{ acknowledgeMinutes: 15, actMinutes: 60, approvers: [], holding: [], quietMinutes: 30, standDownMinutes: 180 },
  };
}
