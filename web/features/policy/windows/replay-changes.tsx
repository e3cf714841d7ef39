import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { useId } from "react";
import type { WindowReplay, WindowsView } from "#contracts/windows";
import { Comma } from "../../../shared/text/comma.tsx";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Chip } from "../../../shared/ui/chip.tsx";
import { Moment } from "../../../shared/ui/moment.tsx";
import { useMediumWords } from "./use-medium-words.ts";
import css from "./windows.module.css";

type Change = WindowReplay["changes"][number];

/** What would be joined and parted, each with the way to its conversation. */
export function ReplayChanges({ result, names }: { result: WindowReplay; names: WindowsView["names"] }) {
  const { t } = useLingui();
  const heading = useId();
  const burstHeading = useId();
  const { changes, changesInAll, bursts, burstsInAll } = result;
  return (
    <>
      <h3 id={heading}>
        {t`${plural(changesInAll, { 0: "Nothing would be joined or parted", one: "# return would be counted otherwise", other: "# returns would be counted otherwise" })}`}
      </h3>
      {changes.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
        <ul className={css.changes} tabIndex={0} aria-labelledby={heading}>
          {changes.map((one) => (
            <ChangeLine key={`${one.at} ${one.conversationId} ${one.channelId}`} change={one} names={names} />
          ))}
        </ul>
      ) : null}
      {changesInAll > changes.length ? (
        <p className="micro mute">{t`The newest ${changes.length} of ${changesInAll}.`}</p>
      ) : null}
      {burstsInAll > 0 ? (
        <>
          <h3 id={burstHeading}>
            {t`${plural(burstsInAll, { one: "# conversation would show other bursts", other: "# conversations would show other bursts" })}`}
          </h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
          <ul className={css.changes} tabIndex={0} aria-labelledby={burstHeading}>
            {bursts.map((one, place) => (
              <li key={one.conversationId ?? place}>
                <ConversationWords of={one} />
                <span className="micro mute num">{t`${one.before} bursts, then ${one.after}`}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
}

function ChangeLine({ change, names }: { change: Change; names: WindowsView["names"] }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const medium = useMediumWords();
  const channel = names.find((one) => one.channelId === change.channelId)?.name;
  const after = change.afterMs === null ? null : words.length(change.afterMs);
  return (
    <li>
      <ConversationWords of={change} />
      <span className={css.how}>
        {change.how === "joined" ? (
          <Chip look="good">{change.what === "return" ? t`would be the same work` : t`would be one stretch`}</Chip>
        ) : (
          <Chip look="soon">{change.what === "return" ? t`would be new work` : t`would be two stretches`}</Chip>
        )}
      </span>
      <span className="micro mute">
        {channel ? <bdi>{channel}</bdi> : medium(change.medium)}
        <Comma />
        <Moment at={change.at} />
        {after ? <>. {t`${after} after it was done`}</> : null}
      </span>
    </li>
  );
}

function ConversationWords({ of }: { of: { conversationId: string | null; number: string; subject: string } }) {
  const { t } = useLingui();
  if (of.conversationId === null) return <span className="small mute">{t`A conversation you may not read`}</span>;
  return (
    <Link
      to="/desk/$conversationId"
      params={{ conversationId: of.conversationId }}
      preload={false}
      className="small clip"
    >
      <span className="num">{of.number}</span> <bdi>{of.subject}</bdi>
    </Link>
  );
}
