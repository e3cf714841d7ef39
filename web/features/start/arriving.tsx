import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asProblem } from "../../shared/api/problem.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { ChannelMark } from "../../shared/ui/channel-mark.tsx";
import { ProblemNotice } from "../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../shared/ui/skeleton.tsx";
import css from "./start-page.module.css";
import { arrivingQuery } from "./start-query.ts";
import { newest } from "./steps.ts";

const SHOWN = 4;
const MINUTE = 60_000;

/** What just came in and waits for an agent, newest first; live. */
export function Arriving() {
  const { t } = useLingui();
  const query = useQuery(arrivingQuery);
  const now = useNow("minute");
  const time = useTimeWords();
  const rows = newest(query.data?.items ?? [], SHOWN);
  const ageOf = (minutes: number) =>
    minutes < 1 ? t`now` : minutes < 60 ? t`${minutes} min` : time.length(minutes * MINUTE);
  const waiting = query.data?.counts.waiting ?? 0;

  return (
    <section className={css.live} aria-label={t`Just came in`}>
      {query.isPending ? <Skeleton shape="rows" count={3} /> : null}
      {query.isError ? <ProblemNotice problem={asProblem(query.error)} /> : null}
      {query.isSuccess && rows.length === 0 ? (
        <p className={`${css.nothing} small mid`}>
          <Trans>Nothing waits. The next post that needs an answer appears here by itself.</Trans>
        </p>
      ) : null}
      <ul>
        {rows.map((row) => {
          const minutes = Math.floor((now - Date.parse(row.clock.startedAt)) / MINUTE);
          return (
            <li key={row.workItemId}>
              <Link to={`/desk/${row.conversationId}`} className={css.arrived}>
                <ChannelMark network={row.mark.network} audience={row.mark.audience} />
                <span className={css.snippet} lang={row.language || undefined} dir="auto">
                  {row.snippetBy === "customer" && row.snippet ? row.snippet : row.subject}
                </span>
                <span className="mute num micro">{ageOf(minutes)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      {waiting > rows.length ? (
        <p className={`${css.nothing} micro mute`}>
          {t`${plural(waiting, { one: "# waits in the team's queues.", other: "# wait in the team's queues." })}`}
        </p>
      ) : null}
    </section>
  );
}
