import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { JoinAct } from "#contracts/joins";
import { Comma } from "../../../shared/text/comma.tsx";
import { useNow } from "../../../shared/time/clock.ts";
import { useTimeWords } from "../../../shared/time/format.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Icon } from "../../../shared/ui/icon.tsx";
import css from "./joins.module.css";

/** What somebody put together or apart, in one line, with the way back. */
export function ActLine({ act, onUndo }: { act: JoinAct; onUndo: (() => void) | null }) {
  const { t } = useLingui();
  const words = useTimeWords();
  const now = useNow("minute");
  const who = act.by ?? t`a program`;
  const [into, from] = [act.into.number || t`another one`, act.from.number || t`another one`];
  const count = act.messages;
  const says = {
    merge: t`${who} merged ${from} into ${into}`,
    split: t`${who} split ${into} off ${from}`,
    move: t`${who} moved ${plural(count, { one: "# message", other: "# messages" })} of ${from} to ${into}`,
    link: t`${who} linked ${from} with ${into}`,
  }[act.kind];
  const back = act.undone ? (act.undone.by ?? t`a program`) : "";
  return (
    <p className={`${css.act} small`}>
      <Icon name={act.kind === "link" ? "link" : "split"} size="small" />
      <span className={act.undone ? "grow mute" : "grow"}>
        <bdi>{says}</bdi>
        <Comma />
        {words.moment(act.at, now)}
        {act.undone ? t`; taken back by ${back}` : null}
      </span>
      {onUndo ? (
        <Button look="quiet" size="small" icon="undo" onClick={onUndo}>
          {t`Undo`}
        </Button>
      ) : null}
    </p>
  );
}
