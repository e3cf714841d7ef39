import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { PresenceView } from "#contracts/workforce";
import { presenceQuery } from "../../shared/api/presence-query.ts";
import { useMay } from "../../shared/session/session.ts";
import { useNow } from "../../shared/time/clock.ts";
import { useTimeWords } from "../../shared/time/format.ts";
import { Avatar } from "../../shared/ui/avatar.tsx";
import { Bar } from "../../shared/ui/bar.tsx";
import { type Column, DataTable } from "../../shared/ui/data-table.tsx";
import { EmptyState } from "../../shared/ui/empty-state.tsx";
import { Fetched } from "../../shared/ui/fetched.tsx";
import { Moment } from "../../shared/ui/moment.tsx";
import { ForcePresence } from "./force-presence.tsx";
import { byPresence, inTenths, roomOf } from "./load.ts";
import css from "./team-page.module.css";
import { usePresenceWords } from "./use-presence-words.ts";

const LOOK: Record<PresenceView["state"], string | undefined> = {
  available: css.available,
  busy: css.busy,
  break: css.away,
  training: css.away,
  away: css.away,
  "not-responding": css.silent,
  offline: css.offline,
};
const MINUTE = 60_000;

/** Who is here, since when, with how much work. */
export function PresenceTab() {
  const { t, i18n } = useLingui();
  const query = useQuery(presenceQuery);
  const now = useNow("minute");
  const time = useTimeWords();
  const words = usePresenceWords();
  const forces = useMay("presence.force");

  const columns: Column<PresenceView>[] = [
    {
      id: "name",
      heading: t`Agent`,
      names: true,
      cell: (agent) => (
        <span className={css.person}>
          <Avatar name={agent.name} size="small" />
          <bdi>{agent.name}</bdi>
        </span>
      ),
    },
    {
      id: "state",
      heading: t`Presence`,
      cell: (agent) => (
        <span className={css.state}>
          <span className={`${css.dot} ${LOOK[agent.state]}`} aria-hidden="true" />
          {words[agent.state]}
          {agent.reason ? <span className="mute">{agent.reason}</span> : null}
        </span>
      ),
    },
    {
      id: "since",
      heading: t({ message: "For", context: "since when" }),
      cell: (agent) => {
        const minutes = Math.max(0, Math.floor((now - Date.parse(agent.since)) / MINUTE));
        const said = minutes < 1 ? t`now` : minutes < 60 ? t`${minutes} min` : time.length(minutes * MINUTE);
        return (
          <span className={css.whole} title={time.exact(agent.since)}>
            {said}
            {agent.until ? (
              <span className="mute">
                {" "}
                <Trans>
                  back at <Moment at={agent.until} />
                </Trans>
              </span>
            ) : null}
          </span>
        );
      },
    },
    {
      id: "load",
      heading: t`Load`,
      cell: (agent) => {
        const { used, whole, part } = inTenths(agent.load, agent.budget);
        return (
          <span className={css.load}>
            <Bar part={part} width={72} look={part > 1 ? "late" : part >= 0.9 ? "soon" : "plain"} />
            <span className="num">
              {used} / {whole}
            </span>
          </span>
        );
      },
    },
    ...(forces
      ? [
          {
            id: "force",
            heading: t`Change`,
            cell: (agent: PresenceView) => <ForcePresence agent={agent} />,
          },
        ]
      : []),
  ];

  return (
    <Fetched query={query}>
      {({ agents }) => {
        const { available, free, whole } = roomOf(agents);
        return (
          <>
            <p className="small mid">
              {t`${plural(available, { one: "# agent is available", other: "# agents are available" })}`}
              {available > 0 ? `, ${t`${free} of ${whole} free`}.` : "."}
            </p>
            <div className={css.box}>
              <DataTable
                caption={t`Who is here`}
                columns={columns}
                rows={byPresence(agents, i18n.locale)}
                rowKey={(agent) => agent.agentId}
                empty={<EmptyState level={3} title={t`There are no agents yet`} />}
              />
            </div>
          </>
        );
      }}
    </Fetched>
  );
}
