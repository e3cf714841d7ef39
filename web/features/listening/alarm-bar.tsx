import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Banner } from "../../shared/ui/banner.tsx";
import { buttonClass } from "../../shared/ui/button.tsx";
import css from "./alarm-bar.module.css";
import { standingQuery } from "./alarms-query.ts";
import { useTrendWords } from "./use-trend-words.ts";

const LOOK = ["info", "soon", "late", "late"] as const;

/** Over every page of those who look after monitors: the gravest alarm that nobody looks at yet. Nothing while nothing is. */
export default function AlarmBar() {
  const { t } = useLingui();
  const words = useTrendWords();
  const { data } = useQuery(standingQuery);
  const open = (data?.items ?? []).filter((a) => a.state === "open" && a.canAct && a.tellAt <= (data?.at ?? ""));
  const [alarm] = open;
  if (!alarm) return null;
  const [seen, usual] = [words.number(alarm.parts.seen), words.tenth(alarm.parts.expected)];
  const more = open.length - 1;
  return (
    <div className={css.bars}>
      <Banner
        look={LOOK[alarm.severity] ?? "late"}
        icon="bell"
        announce="polite"
        title={t`${alarm.monitor.name}: far more than usual.`}
        acts={
          <Link to="/listening" search={{ tab: "alarms" } as never} className={buttonClass("quiet", "small")}>
            {t`Look`}
          </Link>
        }
      >
        {t`${seen} posts in 15 minutes, ${usual} are usual.`}{" "}
        {more > 1 ? t`${more} more alarms stand.` : more === 1 ? t`One more alarm stands.` : ""}
      </Banner>
    </div>
  );
}
