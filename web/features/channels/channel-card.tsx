import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { ChannelView } from "#contracts/channels";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button } from "../../shared/ui/button.tsx";
import { Card, Facts } from "../../shared/ui/card.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { abilitiesOf, audienceOf, canBackfill } from "./abilities.ts";
import css from "./channels-page.module.css";
import { backfill, type Channels, setState, sheetOf } from "./channels-query.ts";
import { useAbilityWords } from "./use-ability-words.ts";

/** One channel: how it is, what it missed, what waits to go out, what it can do. */
export function ChannelCard({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const manages = useMay("channel.manage", channel.brandId);
  const sheet = sheetOf(channel);
  const sign = networkSign(channel.network);

  const state = useCommand({
    run: setState,
    onDone: (answer, asked) => {
      client.setQueryData(channelsQuery.queryKey, (old: Channels | undefined) =>
        old ? { ...old, channels: old.channels.map((one) => (one.id === answer.id ? answer : one)) } : old,
      );
      const back = asked.state === "on" ? "paused" : "on";
      toasts.add({
        text:
          asked.state === "paused"
            ? t`${channel.name} is paused. What comes in meanwhile is kept.`
            : t`${channel.name} is on again.`,
        undo: () => state.send({ id: channel.id, state: back, expectedVersion: answer.version }),
      });
    },
  });
  const history = useCommand({
    run: backfill,
    invalidates: () => [["channels"]],
    onDone: ({ started }) =>
      toasts.add({
        text: started
          ? t`Reading the history of ${channel.name}. It opens no work.`
          : t`The history of ${channel.name} is being read already.`,
      }),
  });
  const problem = state.problem ?? history.problem;
  const seeNow = () => {
    state.clear();
    history.clear();
    void client.invalidateQueries({ queryKey: channelsQuery.queryKey });
  };

  return (
    <Card
      level={3}
      label={channel.name}
      title={
        <span className={css.title}>
          <ChannelMark network={channel.network} audience={audienceOf(sheet)} />
          <span className={css.name}>{channel.name}</span>
          <bdi className={css.handle}>{channel.handle}</bdi>
        </span>
      }
      aside={
        <>
          <StateChip channel={channel} />
          {channel.neverTestedLive ? (
            <Chip
              look="dashed"
              title={t`Built and tested by what ${sign.name} documents. It has never spoken to the real ${sign.name}.`}
            >
              <Trans>never tested live</Trans>
            </Chip>
          ) : null}
        </>
      }
      acts={manages ? <StateButton channel={channel} busy={state.busy} onSet={state.send} /> : null}
    >
      <div className={css.inside}>
        {problem ? (
          <ProblemNotice
            problem={problem}
            acts={
              <Button size="small" onClick={seeNow}>
                <Trans>See how it is now</Trans>
              </Button>
            }
          />
        ) : null}
        {channel.trouble ? (
          <Banner look="soon" icon="warning" title={channel.trouble}>
            {channel.troubleSince ? (
              <Trans>
                Since <Moment at={channel.troubleSince} />.
              </Trans>
            ) : null}
          </Banner>
        ) : null}
        <div className={css.columns}>
          <Hearing
            channel={channel}
            backfill={
              manages && canBackfill(sheet) ? (
                <Button size="small" icon="download" busy={history.busy} onClick={() => history.send(channel.id)}>
                  {channel.gaps.some((gap) => gap.filledAt === null) ? (
                    <Trans>Fill the gap from the history</Trans>
                  ) : (
                    <Trans>Read the history</Trans>
                  )}
                </Button>
              ) : null
            }
          />
          <GoingOut channel={channel} />
        </div>
        <Abilities channel={channel} />
      </div>
    </Card>
  );
}

function StateChip({ channel }: { channel: ChannelView }) {
  switch (channel.state) {
    case "on":
      return (
        <Chip look={channel.trouble ? "soon" : "good"}>
          {channel.trouble ? <Trans>on, in trouble</Trans> : <Trans>on</Trans>}
        </Chip>
      );
    case "paused":
      return (
        <Chip look="plain">
          <Trans>paused</Trans>
        </Chip>
      );
    case "needs-reauth":
      return (
        <Chip look="late">
          <Trans>wants a new sign-in</Trans>
        </Chip>
      );
    case "misconfigured":
      return (
        <Chip look="late">
          <Trans>wrongly set up</Trans>
        </Chip>
      );
    // Its place is the card of the past.
    case "archive":
      return null;
  }
}

type StateButtonProps = {
  channel: ChannelView;
  busy: boolean;
  onSet: (wanted: { id: string; state: "on" | "paused"; expectedVersion: number }) => void;
};

function StateButton({ channel, busy, onSet }: StateButtonProps) {
  const { t } = useLingui();
  const on = channel.state !== "paused";
  return (
    <Button
      size="small"
      busy={busy}
      aria-label={on ? t`Pause ${channel.name}` : t`Turn on ${channel.name}`}
      onClick={() => onSet({ id: channel.id, state: on ? "paused" : "on", expectedVersion: channel.version })}
    >
      {on ? t`Pause` : t`Turn on`}
    </Button>
  );
}

function Hearing({ channel, backfill }: { channel: ChannelView; backfill: ReactNode }) {
  const { t } = useLingui();
  const open = channel.gaps.filter((gap) => gap.filledAt === null);
  const filled = channel.gaps.length - open.length;
  const never = <span className="mute">{t`not yet`}</span>;
  return (
    <div className={css.column}>
      <h4 className={css.heading}>
        <Trans>Coming in</Trans>
      </h4>
      <Facts
        rows={[
          { name: t`Last heard`, value: channel.lastInboundAt ? <Moment at={channel.lastInboundAt} /> : never },
          {
            name: t`Last looked for what was missed`,
            value: channel.lastReconcileAt ? <Moment at={channel.lastReconcileAt} /> : never,
          },
          {
            name: t`Not pushed, found by looking, in 24 h`,
            value: <b className="num">{channel.missedByPush24h}</b>,
          },
          ...(channel.quarantined > 0
            ? [
                {
                  name: t`Could not be read, kept for seven days`,
                  value: <b className={`${css.bad} num`}>{channel.quarantined}</b>,
                },
              ]
            : []),
        ]}
      />
      {open.length > 0 || filled > 0 ? (
        <ul className={css.gaps} aria-label={t`Gaps`}>
          {open.map((gap) => (
            <li key={gap.id} className={css.gap}>
              <b className={css.bad}>
                <Trans>
                  Gap since <Moment at={gap.openedAt} />
                </Trans>
              </b>
              <span>{gap.reason}</span>
            </li>
          ))}
          {filled > 0 ? (
            <li className="mute">
              {t`${plural(filled, { one: "# gap of the last day was filled.", other: "# gaps of the last day were filled." })}`}
            </li>
          ) : null}
        </ul>
      ) : (
        <p className="small mute">
          <Trans>No gap in the last day.</Trans>
        </p>
      )}
      {backfill}
    </div>
  );
}

function GoingOut({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const { pending, inFlight, unknown, failed, held } = channel.outbox;
  const count = (value: number, bad: boolean) => <b className={`${bad && value > 0 ? css.bad : ""} num`}>{value}</b>;
  return (
    <div className={css.column}>
      <h4 className={css.heading}>
        <Trans>Going out, last seven days</Trans>
      </h4>
      <Facts
        rows={[
          { name: t`Waiting to go`, value: count(pending, false) },
          { name: t`On their way`, value: count(inFlight, false) },
          { name: t`Held by a stop or a pause`, value: count(held, false) },
          { name: t`The network has not said whether it took it`, value: count(unknown, true) },
          { name: t`Failed`, value: count(failed, true) },
        ]}
      />
      {unknown + failed > 0 ? (
        <p className="small mid">
          <Trans>Each of them stands in its conversation, with what to do.</Trans>
        </p>
      ) : null}
    </div>
  );
}

function Abilities({ channel }: { channel: ChannelView }) {
  const { t } = useLingui();
  const say = useAbilityWords();
  const all = abilitiesOf(sheetOf(channel));
  const lists = [
    { id: "can", title: t`It can`, of: all.filter((one) => one.can) },
    { id: "cannot", title: t`It cannot`, of: all.filter((one) => !one.can) },
  ].filter((list) => list.of.length > 0);
  if (lists.length === 0) return null;
  return (
    <details className={css.abilities}>
      <summary>
        <Trans>What it can and cannot do</Trans>
      </summary>
      <div className={css.columns}>
        {lists.map((list) => (
          <div key={list.id} className={css.column}>
            <h4 className={css.heading}>{list.title}</h4>
            <ul className={list.id === "can" ? css.can : css.cannot}>
              {list.of.map((one) => (
                <li key={JSON.stringify(one)}>{say(one)}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </details>
  );
}
