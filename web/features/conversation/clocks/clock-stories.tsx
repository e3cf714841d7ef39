import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { ClockStory } from "#contracts/sla";
import { useCommand } from "../../../shared/api/use-command.ts";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Chip } from "../../../shared/ui/chip.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import css from "./clocks.module.css";
import { clocksQuery, setPause } from "./clocks-query.ts";
import { useClockWords } from "./use-clock-words.ts";

/** Everything promised in a conversation: since when, until when, what stopped it and for how long, and what came of it. */
export default function ClockStories({ conversationId }: { conversationId: string }) {
  const { t } = useLingui();
  const clocks = useQuery(clocksQuery(conversationId));
  const act = useCommand({ run: setPause, invalidates: () => [["conversation", conversationId], ["work"]] });
  if (!clocks.data)
    return (
      <div className={css.box}>
        {clocks.isError ? <FetchFault query={clocks} /> : <Skeleton shape="lines" count={3} />}
      </div>
    );
  const { canPause, canHold } = clocks.data;
  const list = [...clocks.data.clocks].reverse();
  const stands = (cause: "third-party" | "peer-answer") =>
    list.some((clock) => clock.pauses.some((pause) => pause.cause === cause && pause.to === null));
  const [third, peer] = [stands("third-party"), stands("peer-answer")];
  return (
    <div className={css.box}>
      {list.length === 0 ? (
        <p className="small mid">
          <Trans>No clock has run here since clocks are kept.</Trans>
        </p>
      ) : null}
      <ul className={css.list} aria-label={t`Clocks`}>
        {list.map((clock) => (
          <Story key={clock.id} clock={clock} />
        ))}
      </ul>
      {act.problem ? <ProblemNotice problem={act.problem} /> : null}
      {canPause || canHold || third || peer ? (
        <div className={css.acts}>
          {canPause || third ? (
            <Button
              size="small"
              busy={act.busy}
              onClick={() => act.send({ id: conversationId, cause: "third-party", on: !third })}
            >
              {third ? <Trans>The third party has answered</Trans> : <Trans>We wait for a third party</Trans>}
            </Button>
          ) : null}
          {canHold || peer ? (
            <Button
              size="small"
              busy={act.busy}
              onClick={() => act.send({ id: conversationId, cause: "peer-answer", on: !peer })}
            >
              {peer ? <Trans>That answer did not help</Trans> : <Trans>Another customer has answered</Trans>}
            </Button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}

function Story({ clock }: { clock: ClockStory }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const now = useNow("minute");
  const { kinds, standing, target: targetOf } = useClockWords();
  const causes = {
    "waiting-for-customer": t`while we waited for the customer`,
    "third-party": t`while we waited for a third party`,
    "peer-answer": t`while another customer's answer stood`,
    "outage-hold": t`while nothing could be sent there`,
  };
  const moment = (at: string) => words.moment(at, now);
  const target = targetOf(clock);
  const late = clock.dueAt !== null && clock.overAt === null && Date.parse(clock.dueAt) < now;
  return (
    <li className={css.story}>
      <span className={css.head}>
        <b>{kinds[clock.kind]}</b>
        <State clock={clock} late={late} />
      </span>
      <span className="small mid">
        {clock.kind === "reply-window" && clock.alarmAt ? (
          <Trans>
            closes {moment(clock.alarmAt)}; answer by {moment(clock.dueAt ?? clock.alarmAt)}
          </Trans>
        ) : clock.overAt ? (
          <Trans>
            since {moment(clock.startedAt)}, took {words.length(clock.ranMs)} of {target}
          </Trans>
        ) : clock.dueAt ? (
          <Trans>
            since {moment(clock.startedAt)}, due {moment(clock.dueAt)} ({target})
          </Trans>
        ) : (
          <Trans>
            since {moment(clock.startedAt)}, {words.length(clock.ranMs)} of {target} have run
          </Trans>
        )}
      </span>
      {clock.stretched ? (
        <span className="small mid">
          <Trans>
            {words.length(clock.stretched.usualMs)} usually: {clock.stretched.byName} stretched it until{" "}
            {moment(clock.stretched.until)}, “{clock.stretched.reason}”
          </Trans>
        </span>
      ) : null}
      {clock.knownAt !== clock.startedAt && Date.parse(clock.knownAt) - Date.parse(clock.startedAt) > 60_000 ? (
        <span className="small mid">
          <Trans>It reached us {moment(clock.knownAt)}: alarms count from then.</Trans>
        </span>
      ) : null}
      {clock.pauses.map((pause) => (
        <span key={`${pause.cause}${pause.from}`} className="small mid">
          {pause.to === null ? (
            <Trans>
              stands still since {moment(pause.from)}: {standing[pause.cause]}
            </Trans>
          ) : (
            <Trans>
              paused {words.length(Date.parse(pause.to) - Date.parse(pause.from))} {causes[pause.cause]}
            </Trans>
          )}
        </span>
      ))}
    </li>
  );
}

function State({ clock, late }: { clock: ClockStory; late: boolean }) {
  const { t } = useLingui();
  if (clock.state === "met") return <Chip look="good">{t`kept`}</Chip>;
  if (clock.state === "met-late") return <Chip look="late">{t`kept late`}</Chip>;
  if (clock.state === "over") return <Chip>{t`over`}</Chip>;
  if (clock.state === "paused") return <Chip look="dashed">{t({ message: "paused", context: "clock" })}</Chip>;
  if (late) return <Chip look="late">{t`late`}</Chip>;
  return clock.warnedAt.length > 0 ? <Chip look="soon">{t`warned`}</Chip> : <Chip look="info">{t`runs`}</Chip>;
}
