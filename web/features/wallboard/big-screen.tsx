import { useLingui } from "@lingui/react/macro";
import type { Wallboard } from "#contracts/supervision";
import { Button } from "../../shared/ui/button.tsx";
import css from "./big-screen.module.css";
import { lookOfShare, lookOfWait } from "./lateness.ts";
import { useBoardWords } from "./use-board-words.ts";

const HOUR = 3_600_000;
/** Back and forth within so many steps of 2 px. */
const STEPS = 12;

/** For a screen on the wall: big figures, no customers, nothing to press, and it moves by 2 px an hour so that nothing burns in. */
export function BigScreen({ board, now, onClose }: { board: Wallboard; now: number; onClose: () => void }) {
  const { t } = useLingui();
  const words = useBoardWords();
  const step = Math.floor(now / HOUR) % (2 * STEPS);
  const shift = 2 * (step < STEPS ? step : 2 * STEPS - step);
  const { longest, inTime, atWork, overload } = board;
  const figures = [
    { name: t`Wait now`, value: words.number(board.waiting), look: overload ? "late" : "plain" },
    {
      name: t`Longest wait`,
      value: longest ? words.waited(now - Date.parse(longest.since)) : "–",
      look: longest?.late ? "late" : "plain",
    },
    {
      name: t`In time, last 30 min`,
      value: inTime.share === null ? "–" : words.percent(inTime.share),
      look: lookOfShare(inTime.share, inTime.goal),
    },
    { name: t`At work`, value: t`${atWork.here} of ${atWork.of}`, look: "plain" },
    { name: t`Room left`, value: words.units(board.room.free), look: "plain" },
  ];
  return (
    <section className={css.screen} aria-label={t`Big screen`}>
      <div className={css.inner} style={{ translate: `${shift}px ${shift}px` }}>
        <p className={`${css.news} ${overload ? css.late : ""}`}>
          {overload
            ? t`Overload since ${words.time.time(overload.since)}. ${words.clearSentence(overload.clear)}`
            : words.clearSentence(board.clear)}
          <span className={css.clock}>{words.time.time(now)}</span>
        </p>
        <dl className={css.figures}>
          {figures.map((figure) => (
            <div key={figure.name} className={css[figure.look] ?? ""}>
              <dt>{figure.name}</dt>
              <dd>{figure.value}</dd>
            </div>
          ))}
        </dl>
        <table className={css.queues}>
          <caption className={css.hidden}>{t`Queues`}</caption>
          <thead>
            <tr>
              <th scope="col">{t`Queue`}</th>
              <th scope="col">{t`Wait`}</th>
              <th scope="col">{t`Longest`}</th>
              <th scope="col">{t`In time`}</th>
              <th scope="col">{t`People`}</th>
              <th scope="col">{t`Clear`}</th>
            </tr>
          </thead>
          <tbody>
            {board.queues.map((queue) => (
              <tr key={queue.id}>
                <th scope="row">{queue.name}</th>
                <td>{words.number(queue.waiting)}</td>
                <td className={css[lookOfWait(queue, now)] ?? ""}>
                  {queue.longestSince ? words.waited(now - Date.parse(queue.longestSince)) : "–"}
                </td>
                <td className={css[lookOfShare(queue.inTime.share, inTime.goal)] ?? ""}>
                  {queue.inTime.share === null ? "–" : words.percent(queue.inTime.share)}
                </td>
                <td>{words.number(queue.people)}</td>
                <td>{words.clear(queue.clear)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button
          look="soft"
          size="small"
          keys="f"
          className={css.leave}
          onClick={onClose}
        >{t`Leave the big screen`}</Button>
      </div>
    </section>
  );
}
