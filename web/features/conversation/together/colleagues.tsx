import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { PresenceView } from "#contracts/workforce";
import { presenceQuery } from "../../../shared/api/presence-query.ts";
import { Avatar } from "../../../shared/ui/avatar.tsx";
import { FetchFault } from "../../../shared/ui/fetched.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import picker from "../picker.module.css";
import css from "./together.module.css";
import type { Named } from "./use-together-acts.ts";

type ColleaguesProps = {
  shows: (agent: PresenceView) => boolean;
  empty: string;
  /** Where choosing is not yet doing. */
  chosen?: string | null;
  /** Who was chosen is being asked. */
  busy?: boolean;
  onChoose: (who: Named) => void;
};

/** Colleagues with what they carry, who is free first. */
export function Colleagues({ shows, empty, chosen, busy = false, onChoose }: ColleaguesProps) {
  const { t, i18n } = useLingui();
  const asked = useQuery(presenceQuery);
  const { data } = asked;
  if (!data) return asked.isError ? <FetchFault query={asked} /> : <Skeleton shape="rows" count={4} />;
  const agents = data.agents
    .filter(shows)
    .toSorted((a, b) => Number(b.state === "available") - Number(a.state === "available") || a.load - b.load);
  const tenths = (n: number) => (n / 10).toLocaleString(i18n.locale, { maximumFractionDigits: 1 });
  if (agents.length === 0) return <p className="small mid">{empty}</p>;
  return (
    <>
      <p className="small mid" role="status">
        {busy ? t`One moment.` : null}
      </p>
      <ul className={picker.list} aria-busy={busy}>
        {agents.map(({ agentId, name, load, budget, state }) => (
          <li key={agentId}>
            <button
              type="button"
              className={`${picker.one} ${chosen === agentId ? css.chosen : ""}`}
              aria-pressed={chosen === undefined ? undefined : chosen === agentId}
              onClick={() => onChoose({ id: agentId, name })}
            >
              <Avatar name={name} us />
              <span className="grow">
                <bdi className="strong">{name}</bdi>{" "}
                {state === "busy" ? <span className="small mute">{t`busy`}</span> : null}
              </span>
              <span className="num small mid">
                {tenths(load)} / {tenths(budget)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
