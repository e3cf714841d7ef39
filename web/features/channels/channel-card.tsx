import { Trans, useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ChannelView } from "#contracts/channels";
import { channelsQuery } from "../../shared/api/channels-query.ts";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Card } from "../../shared/ui/card.tsx";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { Chip } from "../../shared/ui/chip.tsx";
import { networkSign } from "../../shared/ui/network-sign.ts";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import { abilitiesOf, audienceOf, canBackfill } from "./abilities.ts";
import { AbilityLists } from "./ability-lists.tsx";
import { ChannelCheck } from "./channel-check.tsx";
import css from "./channels-page.module.css";
import { backfill, type Channels, setState, sheetOf } from "./channels-query.ts";
import { GoingOut } from "./going-out.tsx";
import { HealthLines, StateChip } from "./health-lines.tsx";
import { Hearing } from "./hearing.tsx";

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
      acts={
        manages ? (
          <>
            {channel.network === "webchat" ? (
              <Link
                to="/channels/$channelId/chat"
                params={{ channelId: channel.id }}
                preload={false}
                className={buttonClass("quiet", "small")}
              >
                <Trans>Set up the chat</Trans>
              </Link>
            ) : null}
            <StateButton channel={channel} busy={state.busy} onSet={state.send} />
          </>
        ) : null
      }
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
        <HealthLines channel={channel} />
        <div className={css.columns}>
          <Hearing
            channel={channel}
            fills={manages && canBackfill(sheet)}
            backfill={
              manages && canBackfill(sheet) ? (
                <Button size="small" icon="download" busy={history.busy} onClick={() => history.send(channel.id)}>
                  <Trans>Read the history</Trans>
                </Button>
              ) : null
            }
          />
          <GoingOut channel={channel} />
        </div>
        {channel.managed?.canCheck ? <ChannelCheck channel={channel} managed={channel.managed} /> : null}
        <Abilities channel={channel} />
      </div>
    </Card>
  );
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

function Abilities({ channel }: { channel: ChannelView }) {
  const sheet = sheetOf(channel);
  if (abilitiesOf(sheet).length === 0) return null;
  return (
    <details className={css.abilities}>
      <summary>
        <Trans>What it can and cannot do</Trans>
      </summary>
      <AbilityLists sheet={sheet} />
    </details>
  );
}
