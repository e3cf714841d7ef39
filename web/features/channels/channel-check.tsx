import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ChannelView } from "#contracts/channels";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { announce } from "../../shared/ui/announcer.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Dialog } from "../../shared/ui/dialog.tsx";
import { TextField } from "../../shared/ui/field.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./channels-page.module.css";
import type { Channels } from "./channels-query.ts";
import { CheckedHalves } from "./connect/checked-halves.tsx";
import { type Answers, checkChannel, disconnectChannel, exchangeSecret } from "./connect/connect-query.ts";
import { useNeedWords } from "./connect/use-need-words.ts";

type Managed = NonNullable<ChannelView["managed"]>;

/** For whoever manages the channel: each half looked at for real, the secret exchanged, the channel let go. */
export function ChannelCheck({ channel, managed }: { channel: ChannelView; managed: Managed }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const [exchanging, setExchanging] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const show = (fresh: ChannelView) =>
    client.setQueryData(channelsQuery.queryKey, (old: Channels | undefined) =>
      old ? { ...old, channels: old.channels.map((one) => (one.id === fresh.id ? fresh : one)) } : old,
    );
  const look = useCommand({
    run: checkChannel,
    onDone: (answer) => {
      show(answer.channel);
      const failed = answer.check.halves.filter((one) => one.state === "failed").length;
      announce(failed === 0 ? t`Every half of ${channel.name} works.` : t`A half of ${channel.name} does not work.`);
    },
  });
  const check = look.answer?.check ?? managed.check;
  const missing = check?.halves.some((one) => one.half === "subscription" && one.fault === "missing-half") ?? false;
  return (
    <details className={css.abilities} open={channel.health.state === "ill" || undefined}>
      <summary>
        <Trans>Each half, and the secret</Trans>
      </summary>
      <div className={css.inside}>
        {check ? (
          <>
            <p className="small mid">
              <Trans>
                Looked at <Moment at={check.at} />, by real calls.
              </Trans>
            </p>
            <CheckedHalves halves={check.halves} label={t`What works`} />
          </>
        ) : (
          <p className="small mid">
            <Trans>Nobody has looked yet. It is done every day by itself.</Trans>
          </p>
        )}
        {look.problem ? <ProblemNotice problem={look.problem} /> : null}
        <div className={css.acts}>
          <Button size="small" busy={look.busy} onClick={() => look.send({ id: channel.id, mend: false })}>
            <Trans>Look at each half now</Trans>
          </Button>
          {missing ? (
            <Button size="small" busy={look.busy} onClick={() => look.send({ id: channel.id, mend: true })}>
              <Trans>Set the pushes up again</Trans>
            </Button>
          ) : null}
          {managed.secrets.length > 0 ? (
            <Button size="small" aria-expanded={exchanging} onClick={() => setExchanging(!exchanging)}>
              {exchanging ? t`Leave it` : t`Exchange the secret…`}
            </Button>
          ) : null}
          <Button size="small" look="bare" onClick={() => setLeaving(true)}>
            <Trans>Disconnect…</Trans>
          </Button>
        </div>
        {exchanging ? (
          <ExchangeForm
            channel={channel}
            secrets={managed.secrets}
            onDone={(fresh) => {
              show(fresh);
              look.clear();
              setExchanging(false);
              toasts.add({ text: t`The secret of ${channel.name} was exchanged. What was under way went on.` });
            }}
          />
        ) : null}
        {managed.alarms.length > 0 ? (
          <p className="small mid">
            <Trans>
              Alarm since <Moment at={managed.alarms[0]!.openedAt} />.
            </Trans>
          </p>
        ) : null}
      </div>
      <LeaveDialog channel={channel} open={leaving} onClose={() => setLeaving(false)} />
    </details>
  );
}

type ExchangeProps = { channel: ChannelView; secrets: readonly string[]; onDone: (fresh: ChannelView) => void };

function ExchangeForm({ channel, secrets, onDone }: ExchangeProps) {
  const { t } = useLingui();
  const words = useNeedWords();
  const [answers, setAnswers] = useState<Answers>({});
  const [tried, setTried] = useState(false);
  const given = Object.fromEntries(Object.entries(answers).filter(([, value]) => value.trim() !== ""));
  const nothing = Object.keys(given).length === 0;
  const exchange = useCommand({
    run: exchangeSecret,
    onDone: (fresh) => {
      setAnswers({});
      onDone(fresh);
    },
  });
  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    setTried(true);
    if (!nothing && !exchange.busy) exchange.send({ id: channel.id, answers: given, expectedVersion: channel.version });
  }
  return (
    <form
      className={css.stopForm}
      onSubmit={onSubmit}
      noValidate
      aria-label={t`Exchange the secret of ${channel.name}`}
    >
      <p className="small mid">
        <Trans>The old one works until the new one is proven. What you leave empty stays as it is.</Trans>
      </p>
      {exchange.problem ? (
        <ProblemNotice problem={exchange.problem} safe={t`The old secret is still in force.`} />
      ) : null}
      {secrets.map((name, place) => (
        <TextField
          key={name}
          label={words(channel.network, name).label}
          type="password"
          autoComplete="new-password"
          spellCheck={false}
          value={answers[name] ?? ""}
          onChange={(event) => setAnswers({ ...answers, [name]: event.target.value })}
          fault={tried && nothing && place === 0 ? t`Give at least one.` : undefined}
        />
      ))}
      <Button type="submit" look="primary" size="small" busy={exchange.busy}>
        <Trans>Try it and exchange</Trans>
      </Button>
    </form>
  );
}

function LeaveDialog({ channel, open, onClose }: { channel: ChannelView; open: boolean; onClose: () => void }) {
  const { t } = useLingui();
  const keep = () => {
    leave.clear();
    onClose();
  };
  const leave = useCommand({
    run: disconnectChannel,
    invalidates: () => [channelsQuery.queryKey],
    onDone: () => {
      onClose();
      toasts.add({ text: t`${channel.name} is disconnected. What it brought is kept.` });
    },
  });
  return (
    <Dialog
      open={open}
      onClose={keep}
      role="alertdialog"
      title={t`Disconnect ${channel.name}?`}
      foot={
        <>
          <Button onClick={keep}>
            <Trans>Keep it</Trans>
          </Button>
          <Button
            look="stop"
            busy={leave.busy}
            onClick={() => leave.send({ id: channel.id, expectedVersion: channel.version })}
          >
            <Trans>Disconnect</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          Nothing is heard or sent there any more, and its secret is forgotten. Conversations and messages stay.
          Connecting the same account later makes it the same channel again.
        </Trans>
      </p>
      {leave.problem ? <ProblemNotice problem={leave.problem} /> : null}
    </Dialog>
  );
}
