import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Rota, RotaView } from "#contracts/escalation";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { presentMoment } from "../../shared/time/clock.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { agentsQuery, onCallQuery, type Person, reachQuery, saveRotas } from "./escalation-query.ts";
import { RotaEditor } from "./rota-editor.tsx";
import { SwapForm } from "./swap-form.tsx";

/** Who is on call now and next, the weeks' plan, and who stands in. */
export default function OnCallTab() {
  const query = useQuery(onCallQuery);
  const agents = (useQuery(agentsQuery).data?.agents ?? []).filter((a) => a.state === "active");
  return (
    <>
      <NoMail />
      <Fetched query={query}>{(data) => <Rotas key={data.version} {...data} agents={agents} />}</Fetched>
    </>
  );
}

/** Whoever is on call and away from the desk is not reached by mail here: said before the night, not in it. */
function NoMail() {
  const reach = useQuery(reachQuery).data;
  if (!reach || reach.mails) return null;
  return (
    <Banner look="soon" title={<Trans>No page goes by e-mail.</Trans>}>
      <Trans>
        This server has no way to send mail of its own; customers' mailboxes are not used for it. People on call are
        reached by the open desk, by notices of their browsers and by webhooks. Whoever runs the server sets
        HUBBUB_SMTP_URL and HUBBUB_MAIL_FROM.
      </Trans>
    </Banner>
  );
}

type Props = { rotas: RotaView[]; version: number; agents: Person[] };

function Rotas({ rotas, version, agents }: Props) {
  const { t } = useLingui();
  const may = useMay("escalation.manage");
  const [draft, setDraft] = useState<Rota | null>(null);
  const save = useCommand({
    run: saveRotas,
    invalidates: () => [["escalations"]],
    onDone: () => {
      setDraft(null);
      toasts.add({ text: t`The plan is in force from now on.` });
    },
  });
  const put = (next: Rota[]) => save.send({ rotas: next, expectedVersion: version });
  const plain = rotas.map(planOf);
  const [first] = agents;
  if (draft)
    return (
      <>
        {save.problem ? <ProblemNotice problem={save.problem} safe={t`Your plan is safe here.`} /> : null}
        <RotaEditor
          rota={draft}
          agents={agents}
          busy={save.busy}
          onClose={() => setDraft(null)}
          onRemove={
            plain.some((r) => r.id === draft.id) ? () => put(plain.filter((r) => r.id !== draft.id)) : undefined
          }
          onSave={(next) =>
            put(
              plain.some((r) => r.id === next.id) ? plain.map((r) => (r.id === next.id ? next : r)) : [...plain, next],
            )
          }
        />
      </>
    );
  return (
    <>
      {rotas.length === 0 ? (
        <EmptyState title={t`Nobody is on call yet`} level={3}>
          <Trans>A rota says who is asked at which hour, week by week.</Trans>
        </EmptyState>
      ) : null}
      {rotas.map((rota) => (
        <RotaCard
          key={rota.id}
          rota={rota}
          agents={agents}
          may={may}
          onChange={() => setDraft(planOf(rota))}
          onDropOverride={(id) =>
            put(plain.map((r) => (r.id === rota.id ? { ...r, overrides: r.overrides.filter((o) => o.id !== id) } : r)))
          }
        />
      ))}
      {may && first ? (
        <div>
          <Button icon="plus" onClick={() => setDraft(newRota(first.id))}>{t`Add a rota`}</Button>
        </div>
      ) : null}
    </>
  );
}

function RotaCard(props: {
  rota: RotaView;
  agents: Person[];
  may: boolean;
  onChange: () => void;
  onDropOverride: (id: string) => void;
}) {
  const { rota, agents, may, onChange, onDropOverride } = props;
  const { t } = useLingui();
  const [swapping, setSwapping] = useState(false);
  const [hole, ...more] = rota.holes;
  const nameOf = (id: string) => agents.find((a) => a.id === id)?.name ?? "";
  const coming = rota.overrides.filter((o) => Date.parse(o.to) > presentMoment());
  return (
    <Card
      title={rota.name}
      aside={<span className="small mute">{rota.zone}</span>}
      acts={
        <>
          <Button size="small" aria-expanded={swapping} onClick={() => setSwapping(!swapping)}>{t`Stand in`}</Button>
          {may ? <Button size="small" onClick={onChange}>{t`Change the plan`}</Button> : null}
        </>
      }
    >
      <div className={css.form}>
        <div className={css.pair}>
          <div className={css.duty}>
            <span className="small mute">{t`On call now`}</span>
            {rota.now.length === 0 ? <span className={css.dutyName}>{t`Nobody`}</span> : null}
            {rota.now.map((d) => (
              <span key={d.agentId}>
                <span className={css.dutyName}>
                  <bdi>{d.name}</bdi>
                </span>{" "}
                <span className="small mid">
                  <Trans>
                    until <Moment at={d.to} />
                  </Trans>
                  {d.override ? t`, standing in` : null}
                </span>
              </span>
            ))}
          </div>
          <div className={css.duty}>
            <span className="small mute">{t({ message: "Next", context: "on call" })}</span>
            {rota.next ? (
              <span>
                <span className={css.dutyName}>
                  <bdi>{rota.next.name}</bdi>
                </span>{" "}
                <span className="small mid">
                  <Trans>
                    from <Moment at={rota.next.from} />
                  </Trans>
                </span>
              </span>
            ) : (
              <span className="mid">{t`nobody else within two weeks`}</span>
            )}
          </div>
        </div>
        {hole ? (
          <Banner look="soon" title={t`Hours without anybody.`}>
            <Trans>
              The first from <Moment at={hole.from} /> to <Moment at={hole.to} />
            </Trans>
            {more.length > 0 ? <Trans>, {more.length} more within two weeks</Trans> : null}.
          </Banner>
        ) : null}
        {swapping ? <SwapForm rotaId={rota.id} agents={agents} onDone={() => setSwapping(false)} /> : null}
        {coming.length > 0 ? (
          <ul className={css.log}>
            {coming.map((o) => (
              <li key={o.id}>
                <Moment at={o.from} />
                <span>
                  <b>
                    <bdi>{nameOf(o.agentId)}</bdi>
                  </b>{" "}
                  <Trans>
                    stands in until <Moment at={o.to} />
                  </Trans>{" "}
                  <span className="mid">{o.reason}</span>{" "}
                  {may ? (
                    <Button size="small" look="bare" onClick={() => onDropOverride(o.id)}>{t`Take back`}</Button>
                  ) : null}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}

/** The plan without what is computed from it. */
function planOf({ now: _now, next: _next, holes: _holes, ...rota }: RotaView): Rota {
  return rota;
}
function newRota(agentId: string): Rota {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const today = new Date();
  const monday = new Date(today.getTime() - ((today.getDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
  return {
    ...{ id: crypto.randomUUID(), name: "", zone, firstWeek: monday, overrides: [] },
    shifts: [
      {
        id: crypto.randomUUID().slice(0, 8),
        days: [1, 2, 3, 4, 5, 6, 7],
        from: "18:00",
        to: "08:00",
        agentIds: [agentId],
      },
    ],
  };
}
