import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Capabilities } from "#shared/capabilities";
import { channelsQuery } from "../../../shared/api/channels-query.ts";
import { asProblem } from "../../../shared/api/problem.ts";
import { useCommand } from "../../../shared/api/use-command.ts";
import { mayDo, useSession } from "../../../shared/session/session.ts";
import { announce } from "../../../shared/ui/announcer.tsx";
import { Button, buttonClass } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { EmptyState } from "../../../shared/ui/empty-state.tsx";
import { sayFaultOf } from "../../../shared/ui/fault-words.ts";
import { Select, TextField } from "../../../shared/ui/field.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import { networkSign } from "../../../shared/ui/network-sign.ts";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { toasts } from "../../../shared/ui/toast.tsx";
import { AbilityLists } from "../ability-lists.tsx";
import { brandsQuery } from "../channels-query.ts";
import { CheckedHalves } from "./checked-halves.tsx";
import css from "./connect.module.css";
import {
  type Answers,
  checkChannel,
  connectChannel,
  type NetworkView,
  networksQuery,
  tryNetwork,
} from "./connect-query.ts";
import { NeedField } from "./need-field.tsx";
import { Quota } from "./quota.tsx";
import { isFolded, useGuides } from "./use-need-words.ts";

/** From nothing to a channel that works: choose the network, give what it needs, try each half, connect. */
export default function ConnectPage() {
  const { t } = useLingui();
  const networks = useQuery(networksQuery);
  const guide = useGuides();
  const [chosen, setChosen] = useState("");
  const network = networks.data?.find((one) => one.network === chosen);
  return (
    <div className={css.page}>
      <h2>
        <Trans>Connect a channel</Trans>
      </h2>
      {networks.isError ? (
        <ProblemNotice
          problem={asProblem(networks.error)}
          acts={
            <Button size="small" onClick={() => void networks.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {networks.isPending ? <Skeleton shape="lines" count={4} /> : null}
      {networks.data ? (
        <fieldset className={css.networks}>
          <legend>
            <Trans>Which network?</Trans>
          </legend>
          {networks.data.map((one) => {
            const sign = networkSign(one.network);
            return (
              <label key={one.network} className={css.network}>
                <input
                  type="radio"
                  name="network"
                  value={one.network}
                  checked={one.network === chosen}
                  onChange={() => setChosen(one.network)}
                />
                <span className={css.networkName}>
                  <Icon name={sign.icon} />
                  {sign.name}
                  {one.neverTestedLive ? <Chip look="dashed">{t`never tested live`}</Chip> : null}
                </span>
                <span className="small mid">{guide(one.network).what}</span>
              </label>
            );
          })}
        </fieldset>
      ) : null}
      {network ? <Connecting key={network.network} network={network} /> : null}
    </div>
  );
}

function Connecting({ network }: { network: NetworkView }) {
  const { t } = useLingui();
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  const all = useQuery(brandsQuery).data?.brands ?? [];
  const brands = all.filter((brand) => mayDo(session, "channel.manage", brand.id));
  const [brand, setBrand] = useState("");
  const brandId = brands.some((one) => one.id === brand) ? brand : (brands[0]?.id ?? "");
  const [name, setName] = useState("");
  const [answers, setAnswers] = useState<Answers>({});
  const [asked, setAsked] = useState(false);
  const sign = networkSign(network.network);
  const sheet = network.capabilities as Partial<Capabilities>;
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ""));
  const missing = network.needs.filter((need) => need.required && need.fallback === null && !given[need.name]);
  const said = useRef<HTMLDivElement>(null);

  const trial = useCommand({ run: tryNetwork, onDone: () => announce(t`Every half was tried.`) });
  const check = useCommand({ run: checkChannel, invalidates: () => [channelsQuery.queryKey] });
  const connect = useCommand({
    run: connectChannel,
    invalidates: () => [channelsQuery.queryKey],
    onDone: (channel) => {
      // What was typed is not kept on this page any longer than it is needed.
      setAnswers({});
      announce(t`${channel.name} is connected.`);
      // A chat is nothing before its line stands on the site.
      if (channel.network === "webchat") {
        void navigate({ to: "/channels/$channelId/chat", params: { channelId: channel.id } });
        return;
      }
      check.send({ id: channel.id, mend: true });
    },
  });
  const problem = connect.problem ?? trial.problem;
  const busy = trial.busy || connect.busy;
  const done = connect.answer;
  useEffect(() => {
    if (done) said.current?.focus();
  }, [done]);

  function faultOf(need: string): string | undefined {
    const told = sayFaultOf(problem, `answers.${need}`);
    if (told) return told;
    return asked && missing.some((one) => one.name === need) ? t`This is needed.` : undefined;
  }
  async function onSubmit(event: FormEvent, run: (brandId: string) => void): Promise<void> {
    event.preventDefault();
    setAsked(true);
    if (missing.length > 0) {
      const first = document.querySelector<HTMLElement>(`[name="${CSS.escape(missing[0]!.name)}"]`);
      first?.focus();
      return;
    }
    if (busy) return;
    // Pressed before the brands are there, it is for the one that the list will show first.
    const list = brandId ? null : await client.fetchQuery(brandsQuery).catch(() => null);
    const first = list?.brands.find((one) => mayDo(session, "channel.manage", one.id))?.id ?? "";
    if (brandId || first) run(brandId || first);
    else toasts.add({ text: t`Add a brand first.` });
  }
  const tryIt = (brandId: string) => {
    connect.clear();
    trial.send({ network: network.network, brandId, answers: given });
  };
  const connectIt = (brandId: string) => {
    trial.clear();
    connect.send({ network: network.network, brandId, name: name.trim(), answers: given });
  };

  const folded = network.needs.filter((need) => isFolded(network.network, need));
  const fields = (needs: NetworkView["needs"]) =>
    needs.map((need) => (
      <NeedField
        key={need.name}
        network={network.network}
        need={need}
        value={answers[need.name] ?? ""}
        fault={faultOf(need.name)}
        onChange={(value) => setAnswers({ ...answers, [need.name]: value })}
      />
    ));

  if (done)
    return (
      <div ref={said} tabIndex={-1}>
        <Card title={t`${done.name} is connected`}>
          <div className={css.form}>
            {check.busy ? <p className="mid">{t`Each half is being looked at…`}</p> : null}
            {check.problem ? <ProblemNotice problem={check.problem} /> : null}
            {check.answer ? <CheckedHalves halves={check.answer.check.halves} label={t`What works`} /> : null}
            <div className={css.acts}>
              <Link to="/channels" className={buttonClass("primary")}>
                <Trans>To the channels</Trans>
              </Link>
              <Button busy={check.busy} onClick={() => check.send({ id: done.id, mend: true })}>
                <Trans>Look again</Trans>
              </Button>
              <Button
                look="bare"
                onClick={() => {
                  connect.clear();
                  check.clear();
                  void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
                }}
              >
                <Trans>Connect another one</Trans>
              </Button>
            </div>
          </div>
        </Card>
      </div>
    );

  if (all.length > 0 && brands.length === 0)
    return <EmptyState title={t`You may not connect channels for any brand`}>{t`Ask who manages rights.`}</EmptyState>;

  return (
    <div className={css.sides}>
      <Card title={t`What ${sign.name} needs`}>
        <form className={css.form} noValidate onSubmit={(event) => void onSubmit(event, connectIt)}>
          <WhereToGetIt network={network.network} />
          {brands.length > 1 ? (
            <Select
              label={t`For which brand`}
              value={brandId}
              options={brands.map((one) => ({ value: one.id, label: one.name }))}
              onChange={setBrand}
            />
          ) : null}
          {fields(network.needs.filter((need) => !isFolded(network.network, need)))}
          {folded.length > 0 ? (
            <details className={css.more} open={folded.some((need) => faultOf(need.name) !== undefined) || undefined}>
              <summary>
                <Trans>More settings</Trans>
              </summary>
              <div className={css.form}>{fields(folded)}</div>
            </details>
          ) : null}
          <TextField
            label={t`What it is called here (may be left out)`}
            hint={t`The handle unless you say something else.`}
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          {problem ? <ProblemNotice problem={problem} safe={t`Nothing was connected or kept.`} /> : null}
          {trial.answer ? <CheckedHalves halves={trial.answer.halves} label={t`What works`} /> : null}
          <div className={css.acts}>
            <Button type="submit" look="primary" busy={connect.busy}>
              <Trans>Connect</Trans>
            </Button>
            <Button busy={trial.busy} onClick={(event) => void onSubmit(event, tryIt)}>
              <Trans>Try each half first</Trans>
            </Button>
          </div>
          <p className="small mid">
            <Trans>
              Secrets are kept sealed. Nobody sees them again here, and no log, answer or backup shows them.
            </Trans>
          </p>
        </form>
      </Card>
      <div className={css.about}>
        {network.neverTestedLive ? (
          <Card title={t`Never tested live`}>
            <p className="small">
              <Trans>
                Built and tested by what {sign.name} documents, against a counterpart of our own. It has never spoken to
                the real {sign.name}: try it with an account that nothing depends on.
              </Trans>
            </p>
          </Card>
        ) : null}
        <Card title={t`What it can and cannot do`}>
          <AbilityLists sheet={sheet} level={3} />
        </Card>
        <Card title={t`Cost and quota`}>
          <Quota sheet={sheet} />
        </Card>
      </div>
    </div>
  );
}

function WhereToGetIt({ network }: { network: string }) {
  const { steps, link } = useGuides()(network);
  return (
    <>
      {steps.length > 0 ? (
        <ol className={css.steps}>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      ) : null}
      {link ? (
        <p className="small">
          <a href={link.href} target="_blank" rel="noreferrer noopener">
            {link.words}
          </a>
        </p>
      ) : null}
    </>
  );
}
