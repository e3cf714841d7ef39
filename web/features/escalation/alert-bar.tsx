import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useCommand } from "../../shared/api/use-command.ts";
import { useMay } from "../../shared/session/session.ts";
import { ServerWords } from "../../shared/text/said/server-words.tsx";
import { Banner } from "../../shared/ui/banner.tsx";
import { Button, buttonClass } from "../../shared/ui/button.tsx";
import { Deadline } from "../../shared/ui/deadline.tsx";
import { sayProblem } from "../../shared/ui/problem-words.ts";
import { toasts } from "../../shared/ui/toast.tsx";
import css from "./escalation.module.css";
import { acknowledge, alertsQuery, touched } from "./escalation-query.ts";

const LOOK = ["info", "info", "soon", "late", "late"] as const;

/** Over every page: a crisis that runs, an alarm, and what this agent is asked for. Nothing while nothing is. */
export default function AlertBar() {
  const { t } = useLingui();
  const { data } = useQuery(alertsQuery);
  const sees = useMay("escalation.read");
  const has = useCommand({
    run: acknowledge,
    invalidates: touched,
    onDone: () => toasts.add({ text: t`You have it. Say what you did before its time is over.` }),
    onProblem: (problem) => toasts.add({ text: sayProblem(problem) }),
  });
  if (!data || data.crises.length + data.alarms.length + data.pages.length === 0) return null;
  const [alarm] = data.alarms;
  const more = data.alarms.length - 1;
  const look = (tab: string, words: string) =>
    sees ? (
      <Link to="/escalations" search={{ tab } as never} className={buttonClass("quiet", "small")}>
        {words}
      </Link>
    ) : undefined;
  return (
    <div className={css.bars}>
      {data.pages.map((page) => (
        <Banner
          key={page.id}
          look={LOOK[page.severity] ?? "late"}
          icon="bell"
          announce="assertive"
          title={t`You are asked, severity ${page.severity}.`}
          acts={
            <>
              {page.dueAt ? <Deadline dueAt={page.dueAt} /> : null}
              <Button
                size="small"
                look="primary"
                busy={has.busy}
                onClick={() => has.send({ id: page.id, expectedVersion: page.version })}
              >{t`I have it`}</Button>
              {look("open", t`Look`)}
            </>
          }
        >
          <ServerWords>{page.says}</ServerWords>
        </Banner>
      ))}
      {alarm ? (
        <Banner look="late" announce="polite" title={t`Nobody answers.`} acts={look("open", t`Look`)}>
          <ServerWords>{alarm.says}</ServerWords> {more > 0 ? <Trans>And {more} more.</Trans> : null}
        </Banner>
      ) : null}
      {data.crises.map((c) => (
        <Banner
          key={c.id}
          look="late"
          icon="flag"
          announce="polite"
          title={t`Crisis: ${c.topic}.`}
          acts={look("crisis", t`Look`)}
        >
          {c.mine ? (
            <Trans>You speak in public on it.</Trans>
          ) : (
            <Trans>Only {c.spokesperson} answers in public on it. Answer in private.</Trans>
          )}{" "}
          {c.paused ? <Trans>Publishing is paused.</Trans> : null}
        </Banner>
      ))}
    </div>
  );
}
