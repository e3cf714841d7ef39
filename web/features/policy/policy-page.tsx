import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { asProblem } from "../../shared/api/problem.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Select, TextArea } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { Tabs } from "../../shared/ui/tabs.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./policy-page.module.css";
import { brandsQuery, type Policy, policyQuery, savePolicy } from "./policy-query.ts";
import { praiseOf, withPraise } from "./praise.ts";
import { RuleList } from "./rule-list.tsx";
import { faultsOf } from "./rules.ts";
import { TryIt } from "./try-it.tsx";
import { type PolicyDraft, usePolicyDraft } from "./use-policy-draft.ts";

const WindowsPanel = lazy(() => import("./windows/windows-panel.tsx"));

/** What needs an answer, by the company's own written idea of it, brand by brand. */
export default function PolicyPage() {
  const { t } = useLingui();
  const brands = useQuery(brandsQuery);
  const [chosen, setChosen] = useState("");
  const list = brands.data?.brands ?? [];
  const brand = list.find((one) => one.id === chosen) ?? list[0];
  const policy = useQuery({ ...policyQuery(brand?.id ?? ""), enabled: brand !== undefined });
  const failed = brands.error ?? policy.error;
  const navigate = useNavigate();
  const tab = useLocation({ select: (location) => (location.hash === "windows" ? "windows" : "rules") });
  const [visited, setVisited] = useState(tab === "windows");
  if (tab === "windows" && !visited) setVisited(true);

  return (
    <div className={css.page}>
      <header className={css.hello}>
        <div>
          <h2 className={css.title}>
            <Trans>What needs an answer</Trans>
          </h2>
          <p className="mid">
            <Trans>Every message is decided by these rules, with the rule's sentence beside the decision.</Trans>
          </p>
        </div>
        {list.length > 1 && brand ? (
          <Select
            label={t`Brand`}
            value={brand.id}
            options={list.map((one) => ({ value: one.id, label: one.name }))}
            onChange={setChosen}
          />
        ) : null}
      </header>
      {failed ? (
        <ProblemNotice
          problem={asProblem(failed)}
          acts={
            <Button size="small" onClick={() => void (brands.error ? brands.refetch() : policy.refetch())}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {brands.isSuccess && !brand ? (
        <EmptyState title={t`There is no brand yet`}>
          <Trans>A policy belongs to a brand.</Trans>
        </EmptyState>
      ) : null}
      {!failed && !policy.data && (brand || brands.isPending) ? <Skeleton shape="lines" count={6} /> : null}
      {policy.data ? (
        <Tabs
          label={t`Policy`}
          tabs={[
            { id: "rules", label: t`Rules` },
            { id: "windows", label: t`Windows` },
          ]}
          chosen={tab}
          onChoose={(id) => void navigate({ to: "/policy", hash: id === "windows" ? id : "", replace: true })}
        >
          {/* Both stay: a draft is not lost by a look at the other. */}
          <div hidden={tab !== "rules"} className={css.panel}>
            <PolicyForm key={policy.data.brandId} policy={policy.data} />
          </div>
          {visited ? (
            <div hidden={tab !== "windows"} className={css.panel}>
              <Suspense fallback={<Skeleton shape="lines" count={6} />}>
                <WindowsPanel key={policy.data.brandId} brandId={policy.data.brandId} />
              </Suspense>
            </div>
          ) : null}
        </Tabs>
      ) : null}
    </div>
  );
}

function PolicyForm({ policy }: { policy: Policy }) {
  const { t } = useLingui();
  const may = useMay("policy.manage", policy.brandId);
  const draft = usePolicyDraft(policy);
  return (
    <>
      <div className={may ? css.columns : undefined}>
        <div className={css.main}>
          <TextArea
            label={t`Our mission: what needs an answer, in your own words`}
            hint={t`For people: newcomers and auditors read it. The rules below decide.`}
            rows={7}
            maxLength={10_000}
            readOnly={!may}
            value={draft.text}
            onChange={(event) => draft.change({ text: event.target.value })}
          />
          <PraiseChoice draft={draft} may={may} />
          <h3 className={css.heading}>
            <Trans>The rules, in this order; the first that fits decides</Trans>
          </h3>
          <RuleList rules={draft.rules} may={may} onChange={(rules) => draft.change({ rules })} />
        </div>
        {may ? (
          <aside className={css.side} aria-label={t`Try it on the past`}>
            <TryIt brandId={policy.brandId} rules={draft.rules} />
          </aside>
        ) : null}
      </div>
      <SaveBar policy={policy} draft={draft} may={may} />
    </>
  );
}

/** The one choice every policy has to make, in one place; it is a rule among the others. */
function PraiseChoice({ draft, may }: { draft: PolicyDraft; may: boolean }) {
  const { t } = useLingui();
  const praise = praiseOf(draft.rules);
  const says = {
    work: t`Praise that asks nothing is answered with thanks, when there is time.`,
    leave: t`Praise that asks nothing is left to stand.`,
    rules: "",
  };
  return (
    <Select
      label={t`What becomes of praise`}
      hint={t`Its rule stands in the list below, after those that speak of a danger.`}
      disabled={!may}
      value={praise ?? "rules"}
      options={[
        { value: "leave", label: t`Leave it to stand` },
        { value: "work", label: t`Answer it with thanks, when there is time` },
        { value: "rules", label: t`No rule of its own` },
      ]}
      onChange={(value) => {
        const next = value === "work" || value === "leave" ? value : null;
        draft.change({ rules: withPraise(draft.rules, next, says[next ?? "rules"]) });
      }}
    />
  );
}

function SaveBar({ policy, draft, may }: { policy: Policy; draft: PolicyDraft; may: boolean }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const save = useCommand({
    run: savePolicy,
    invalidates: () => [["policy"]],
    onDone: (_answer, asked) => {
      client.setQueryData(policyQuery(asked.brandId).queryKey, (old) =>
        old ? { ...old, text: asked.text, rules: asked.rules, version: asked.expectedVersion + 1 } : old,
      );
      draft.discard();
      toasts.add({ text: t`Version ${asked.expectedVersion + 1} counts for messages that come from now on.` });
    },
    // The version that was saved meanwhile comes with the next look; the draft stays as it is.
    onProblem: (problem) => {
      if (problem.kind === "conflict") void client.invalidateQueries({ queryKey: ["policy"] });
    },
  });
  const overtaken = draft.changed && draft.base !== policy.version;
  const incomplete = faultsOf(draft.rules).length > 0;

  return (
    <section className={css.save} aria-label={t`Save`}>
      {overtaken ? (
        <Banner
          look="soon"
          icon="people"
          announce="polite"
          title={t`Version ${policy.version} was saved by somebody else.`}
          acts={
            <>
              <Button
                onClick={() => {
                  save.clear();
                  draft.discard();
                }}
              >
                <Trans>Take theirs, drop mine</Trans>
              </Button>
              <Button
                onClick={() => {
                  save.clear();
                  draft.rebase();
                }}
              >
                <Trans>Keep mine to replace it</Trans>
              </Button>
            </>
          }
        >
          <Trans>You began with version {draft.base}. Your draft is safe here.</Trans>
        </Banner>
      ) : save.problem ? (
        <ProblemNotice problem={save.problem} safe={t`Your draft is safe here.`} />
      ) : null}
      <div className={css.saveRow}>
        <p className="small mid">
          {policy.version === 0 ? (
            <Trans>The policy every desk begins with is in force.</Trans>
          ) : (
            <Trans>
              Version {policy.version} is in force since <Moment at={policy.validFrom} />.
            </Trans>
          )}{" "}
          {draft.changed ? (
            <b>
              <Trans>Your changes are not saved yet.</Trans>
            </b>
          ) : null}
        </p>
        {may && draft.changed ? (
          <>
            <Button look="bare" onClick={draft.discard}>
              <Trans>Drop the changes</Trans>
            </Button>
            <Button
              look="primary"
              busy={save.busy}
              refused={
                incomplete
                  ? t`A rule is not complete yet.`
                  : overtaken
                    ? t`Decide first what becomes of the version of somebody else.`
                    : null
              }
              onClick={() =>
                save.send({
                  brandId: policy.brandId,
                  text: draft.text,
                  rules: draft.rules,
                  expectedVersion: draft.base,
                })
              }
            >
              <Trans>Save as version {policy.version + 1}</Trans>
            </Button>
          </>
        ) : null}
      </div>
    </section>
  );
}
