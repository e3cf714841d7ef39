import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import type { ChannelView } from "#contracts/channels";
import { useCommand } from "../../shared/api/use-command.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Button } from "../../shared/ui/button.tsx";
import { Facts } from "../../shared/ui/card.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./channels-page.module.css";
import { fillGap } from "./connect/connect-query.ts";

/** What comes in: when last, how late, what was missed. `fills`: gaps can be filled from the network's history. */
export function Hearing({ channel, fills, backfill }: { channel: ChannelView; fills: boolean; backfill: ReactNode }) {
  const { t } = useLingui();
  const time = useTimeWords();
  const open = channel.gaps.filter((gap) => gap.filledAt === null);
  const filled = channel.gaps.length - open.length;
  const never = <span className="mute">{t`not yet`}</span>;
  const { inboundLagMs, behindMs, missedByPush24h, quarantined, expiresAt } = channel;
  const long = (ms: number) => (ms < 1_000 ? t`under a second` : time.length(ms));
  return (
    <div className={css.column}>
      <h4 className={css.heading}>
        <Trans>Coming in</Trans>
      </h4>
      <Facts
        rows={[
          { name: t`Last heard`, value: channel.lastInboundAt ? <Moment at={channel.lastInboundAt} /> : never },
          ...(inboundLagMs === null ? [] : [{ name: t`From the network's time to ours`, value: long(inboundLagMs) }]),
          {
            name: t`Last looked for what was missed`,
            value: channel.lastReconcileAt ? <Moment at={channel.lastReconcileAt} /> : never,
          },
          ...(behindMs === null || behindMs < 60_000 ? [] : [{ name: t`Behind the network`, value: long(behindMs) }]),
          {
            name: t`Not pushed, found by looking, in 24 h`,
            value: <b className="num">{missedByPush24h}</b>,
          },
          ...(expiresAt ? [{ name: t`The sign-in runs out`, value: <Moment at={expiresAt} /> }] : []),
          ...(quarantined > 0
            ? [
                {
                  name: t`Could not be read, kept for seven days`,
                  value: <b className={`${css.bad} num`}>{quarantined}</b>,
                },
              ]
            : []),
        ]}
      />
      {open.length > 0 || filled > 0 ? (
        <ul className={css.gaps} aria-label={t`Gaps`}>
          {open.map((gap) => (
            <GapLine key={gap.id} channelId={channel.id} gap={gap} fills={fills} />
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

type GapLineProps = { channelId: string; gap: ChannelView["gaps"][number]; fills: boolean };

function GapLine({ channelId, gap, fills }: GapLineProps) {
  const { t } = useLingui();
  const fill = useCommand({
    run: fillGap,
    invalidates: () => [["channels"]],
    onDone: () => toasts.add({ text: t`The history is being read for this gap. It opens no work.` }),
  });
  return (
    <li className={css.gap}>
      <b className={css.bad}>
        <Trans>
          Gap since <Moment at={gap.openedAt} />
        </Trans>
      </b>
      <span>{gap.reason}</span>
      {fills ? (
        <Button
          size="small"
          icon="download"
          busy={fill.busy}
          onClick={() => fill.send({ id: channelId, gapId: gap.id })}
        >
          <Trans>Fill this gap</Trans>
        </Button>
      ) : null}
      {fill.problem ? <ProblemNotice problem={fill.problem} /> : null}
    </li>
  );
}
