import { useLingui } from "@lingui/react/macro";
import { lazy, Suspense, useState } from "react";
import type { BoardQueue, EasingView, Wallboard } from "#contracts/supervision";
import { useMay } from "../../shared/session/session.ts";
import { useLists } from "../../shared/text/use-lists.ts";
import { Button } from "../../shared/ui/button.tsx";
import css from "./pane.module.css";
import { useBoardWords } from "./use-board-words.ts";
import type { Supervision } from "./use-supervision.ts";

const EaseDialog = lazy(() => import("./ease-dialog.tsx"));

/** "Targets 150 %", "Spanish 20 instead of 60" */
export function useEasingWords(): (easing: EasingView) => string {
  const { t } = useLingui();
  return ({ target, skill }) =>
    target
      ? t`Targets ${target.percent}\u00a0%`
      : t`${skill?.name ?? ""} ${skill?.level ?? 0} instead of ${skill?.usual ?? 0}`;
}

type Props = { board: Wallboard; queue: BoardQueue; supervision: Supervision };

/** What is easier of a queue now, who said so, and its end. */
export function EasedNow({ board, queue, supervision }: Props) {
  const { t } = useLingui();
  const { list } = useLists();
  const words = useBoardWords();
  const say = useEasingWords();
  const manages = useMay("people.manage");
  const easings = board.easings.filter((one) => one.queueId === queue.id);
  if (easings.length === 0) return null;
  return (
    <section className={css.part}>
      <h3>{t`Eased for a time`}</h3>
      <ul className={css.loans}>
        {easings.map((one) => (
          <li key={one.actId}>
            <span>
              {say(one)}
              {one.target ? <>: {list(one.target.priorities.map((p) => words.priorities[p].toLowerCase()))}</> : null}
              <small>
                {t`until ${words.time.time(one.endsAt)}, by ${one.byName}:`} <bdi>{one.reason}</bdi>
              </small>
            </span>
            {manages ? (
              <Button
                size="small"
                look="soft"
                busy={supervision.back.busy}
                onClick={() => supervision.back.send({ actId: one.actId, expectedVersion: one.version })}
              >{t`End it now`}</Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The way in, where anything is left that can be made easier. */
export function EaseButton({ board, queue, supervision }: Props) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const easings = board.easings.filter((one) => one.queueId === queue.id);
  const stretched = easings.some((one) => one.target !== null);
  const lowered = easings.flatMap((one) => one.skill?.id ?? []);
  const nothing = stretched && queue.skills.every((one) => one.level === 0 || lowered.includes(one.id));
  return (
    <>
      <Button
        size="small"
        refused={nothing ? t`All that can be eased here is eased already.` : null}
        onClick={() => setOpen(true)}
      >{t`Ease it for a time…`}</Button>
      {open ? (
        <Suspense fallback={null}>
          <EaseDialog {...{ queue, stretched, lowered, supervision }} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
