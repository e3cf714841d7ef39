import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { asProblem } from "../../shared/api/problem.ts";
import { useKeyFor, useKeys } from "../../shared/keys/use-keys.ts";
import { useMay, useSession } from "../../shared/session/session.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import { KeyHint } from "../../shared/ui/key-hint.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import { Arriving } from "./arriving.tsx";
import css from "./start-page.module.css";
import { agentsQuery, policyVersionQuery } from "./start-query.ts";
import { type Step, type StepId, stepsOf } from "./steps.ts";

/** The first page: what the desk is for, one way to the work, and what makes the desk one's own. */
export default function StartPage() {
  const { t } = useLingui();
  const session = useSession();
  const works = useMay("work.read");
  const manages = useMay("policy.manage");
  const askedChannels = useQuery({ ...channelsQuery, enabled: useMay("channel.read") });
  const askedAgents = useQuery({ ...agentsQuery, enabled: works });
  const askedPolicy = useQuery({ ...policyVersionQuery, enabled: works });
  const reads = [askedChannels, askedAgents, askedPolicy];
  const waiting = reads.some((read) => read.isLoading);
  const unread = reads.find((read) => read.isError && !read.data);
  const channels = askedChannels.data?.channels;
  const agents = askedAgents.data?.agents;
  const policy = askedPolicy.data;
  const channelsOn = channels?.filter((channel) => channel.state === "on").length ?? null;
  const active = agents?.filter((agent) => agent.state === "active").length ?? null;
  const steps = stepsOf({
    mission: session.account.mission,
    channelsOn,
    agents: active,
    policyVersion: policy?.version ?? null,
  });
  const done = steps.filter((step) => step.done).length;

  const words: Record<StepId, { title: string; body: ReactNode }> = {
    mission: {
      title: t`Your mission, in a sentence or two`,
      body: session.account.mission.trim() ? (
        <p className={css.mission} dir="auto">
          {session.account.mission}
        </p>
      ) : (
        <p className="mid">
          <Trans>Nobody has written down what this desk is for.</Trans>
        </p>
      ),
    },
    channels: {
      title: t`Channels`,
      body: (
        <StepBody to="/channels" act={t`See the channels`}>
          {channelsOn
            ? t`${plural(channelsOn, { one: "# channel is on. Each tells what it can and cannot do.", other: "# channels are on. Each tells what it can and cannot do." })}`
            : t`No channel is on, so nothing can arrive.`}
        </StepBody>
      ),
    },
    people: {
      title: t`People`,
      body: (
        <StepBody to="/team" act={t`See the people`}>
          {t`${plural(active ?? 0, { one: "# agent, with skills and rights.", other: "# agents, with their skills and rights." })}`}
        </StepBody>
      ),
    },
    policy: {
      title: t`What needs an answer`,
      body: (
        <StepBody to="/policy" act={manages ? t`Read and change the policy` : t`Read the policy`}>
          {policy?.version
            ? t`Your own written policy decides it, version ${policy.version}.`
            : manages
              ? t`The policy that came with the desk decides it. Make it yours.`
              : t`The policy that came with the desk decides it.`}
        </StepBody>
      ),
    },
  };

  return (
    <div className={css.page}>
      <div className={css.hello}>
        <div>
          <h2 className={css.question}>
            <Trans>What is this desk for?</Trans>
          </h2>
          <p className={css.lead}>
            <Trans>
              It finds the posts that need an answer, keeps together what one person says about one matter, and gives it
              to the right agent, who answers by name.
            </Trans>
          </p>
        </div>
        {waiting || unread ? null : (
          <span className="num small mid">
            <Trans>
              {done} of {steps.length} done
            </Trans>
          </span>
        )}
      </div>
      <ol className={css.steps}>
        {steps.map((step, place) => (
          <StepCard key={step.id} step={step} place={place + 1} title={words[step.id].title}>
            {words[step.id].body}
          </StepCard>
        ))}
        {waiting || unread ? (
          <li>
            {unread ? (
              <ProblemNotice
                problem={asProblem(unread.error)}
                acts={
                  <Button size="small" onClick={() => void unread.refetch()}>
                    <Trans>Try again</Trans>
                  </Button>
                }
              />
            ) : (
              <Skeleton shape="rows" count={3} />
            )}
          </li>
        ) : null}
      </ol>
      <TryIt works={works} />
    </div>
  );
}

function StepCard({ step, place, title, children }: { step: Step; place: number; title: string; children: ReactNode }) {
  const { t } = useLingui();
  return (
    <li className={css.step}>
      <header className={css.stepHead}>
        <span className={`${css.number} ${step.done ? css.done : ""} num`} aria-hidden="true">
          {step.done ? <Icon name="done" /> : place}
        </span>
        <h3 className={css.stepTitle}>
          {title}
          <VisuallyHidden>{step.done ? t`, done` : t`, not done yet`}</VisuallyHidden>
        </h3>
      </header>
      <div className={css.stepBody}>{children}</div>
    </li>
  );
}

function StepBody({ to, act, children }: { to: string; act: string; children: ReactNode }) {
  return (
    <div className={css.bodyRow}>
      <p className="mid">{children}</p>
      <Link to={to} className={buttonClass("quiet")}>
        {act}
      </Link>
    </div>
  );
}

/** The way to the work, what just came in, and the playground where one can be the customer. */
function TryIt({ works }: { works: boolean }) {
  const { t } = useLingui();
  const session = useSession();
  const navigate = useNavigate();
  useKeys("screen", [
    {
      id: "start.desk",
      keys: "enter",
      label: t`Go to the desk`,
      group: t`Go to`,
      disabled: !works,
      run: () => void navigate({ to: "/desk" }),
    },
  ]);
  const keys = {
    desk: useKeyFor("start.desk", "enter"),
    take: useKeyFor("work.take", "t"),
    reply: useKeyFor("reply.public", "r"),
    send: useKeyFor("reply.send", "mod+enter"),
    resolve: useKeyFor("work.resolve", "e"),
    all: useKeyFor("keys.show", "?"),
  };
  const first = [
    { keys: keys.take, does: t`takes the next post` },
    { keys: keys.reply, does: t`answers it where anyone can read it` },
    { keys: keys.send, does: t`publishes` },
    { keys: keys.resolve, does: t`resolves; the next one comes by itself` },
    { keys: keys.all, does: t`shows every key` },
  ].filter((one) => one.keys !== undefined);

  return (
    <aside className={css.try} aria-label={t`Try it`}>
      <div className={css.tryPart}>
        <h2 className={css.tryTitle}>
          {session.demo ? <Trans>Try it on {session.account.name}</Trans> : session.account.name}
        </h2>
        {session.demo ? (
          <>
            <p className="small mid">
              <Trans>A made-up company whose made-up customers keep posting. Nothing leaves this machine.</Trans>
            </p>
            <Chip look="dashed">
              <Trans>Demo traffic is on</Trans>
            </Chip>
          </>
        ) : null}
      </div>
      {works ? <Arriving /> : null}
      <div className={css.tryPart}>
        {works ? (
          <>
            <Link to="/desk" className={`${buttonClass("primary")} ${css.go}`} aria-keyshortcuts="Enter">
              <Trans>Go to the desk</Trans>
              {keys.desk ? <KeyHint keys={keys.desk} /> : null}
            </Link>
            <dl className={`${css.keys} no-phone`}>
              {first.map((one) => (
                <div key={one.does}>
                  <dt>
                    <KeyHint keys={one.keys ?? ""} />
                    <VisuallyHidden>{one.keys}</VisuallyHidden>
                  </dt>
                  <dd>{one.does}</dd>
                </div>
              ))}
            </dl>
          </>
        ) : (
          <p className="small mid">
            <Trans>The desk itself is not open to you. Whoever manages rights can change that.</Trans>
          </p>
        )}
        {session.playgroundUrl ? (
          <p className={css.playground}>
            <a href={session.playgroundUrl} target="_blank" rel="noopener">
              <Trans>Open the playground</Trans>
              <Icon name="open-outside" size="small" />
              <VisuallyHidden>
                <Trans>(in a new tab)</Trans>
              </VisuallyHidden>
            </a>{" "}
            <Trans>Post there as a customer and watch it arrive here.</Trans>
            <br />
            <a href="/demo/shop" target="_blank" rel="noopener">
              <Trans>Open the demo shop</Trans>
              <Icon name="open-outside" size="small" />
              <VisuallyHidden>
                <Trans>(in a new tab)</Trans>
              </VisuallyHidden>
            </a>{" "}
            <Trans>Ask in its chat as a visitor.</Trans>
          </p>
        ) : null}
      </div>
    </aside>
  );
}
