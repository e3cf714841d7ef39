import { plural } from "@lingui/core/macro";
import { Trans, useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { StitchReplay } from "#contracts/windows";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import css from "./windows.module.css";

type Change = StitchReplay["changes"][number];

/** What would be joined and parted, each with its two sides as they stand today. */
export function StitchingResult({ result, stale }: { result: StitchReplay; stale: boolean }) {
  const { t } = useLingui();
  const heading = useId();
  const { looked, before, after, changes, joinedInAll, partedInAll } = result;
  const all = joinedInAll + partedInAll;
  return (
    <div className={css.result} role="status">
      {stale ? (
        <Chip look="soon">
          <Trans>of limits that were changed since</Trans>
        </Chip>
      ) : null}
      <h3 id={heading}>
        {t`${plural(all, { 0: "Nothing would be joined or parted", one: "# message would stand elsewhere", other: "# messages would stand elsewhere" })}`}
      </h3>
      <p className="small mid">
        {t`${plural(looked, { one: "# message", other: "# messages" })} looked at: ${before} conversations now, ${after} then.`}{" "}
        {result.cut ? t`There were more: these were said last.` : null}
      </p>
      {changes.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        <ul className={css.changes} tabIndex={0} aria-labelledby={heading}>
          {changes.map((one, place) => (
            <ChangeItem key={place} change={one} />
          ))}
        </ul>
      ) : null}
      {all > changes.length ? <p className="micro mute">{t`The newest ${changes.length} of ${all}.`}</p> : null}
    </div>
  );
}

function ChangeItem({ change }: { change: Change }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const after = words.length(change.afterMs);
  return (
    <li>
      <Side side={change.message} />
      <span className={css.how}>
        {change.how === "joined" ? (
          <Chip look="good">{t`would join`}</Chip>
        ) : (
          <Chip look="soon">{t`would part from`}</Chip>
        )}
      </span>
      <Side side={change.other} />
      <span className="micro mute">
        <Moment at={change.message.at} />. {t`${after} after it`}
      </span>
    </li>
  );
}

function Side({ side }: { side: Change["message"] }) {
  const { t } = useLingui();
  if (side.conversationId === null) return <span className="small mute">{t`A message you may not read`}</span>;
  return (
    <Link
      to="/desk/$conversationId"
      params={{ conversationId: side.conversationId }}
      preload={false}
      className="small clip"
    >
      <span className="num">{side.number}</span> <bdi>{side.by}</bdi>: <bdi>{side.text}</bdi>
    </Link>
  );
}
