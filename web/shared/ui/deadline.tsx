import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef } from "react";
import { useNow } from "../time/clock.ts";
import { type DeadlineState, deadlineFace, needsSeconds } from "../time/deadline.ts";
import { useTimeWords } from "../time/format.ts";
import css from "./deadline.module.css";

const DAY = 86_400_000;

type DeadlineProps = {
  /** Epoch ms or RFC 3339; null: no clock runs. */
  dueAt: number | string | null;
  /** The promised span in ms. */
  target?: number | null;
  paused?: boolean;
  live?: boolean;
  /** Follows the time in the same chip: "to first reply". */
  suffix?: string;
  /** Called when it crosses into soon or late, for the polite announcement; never for a tick. */
  onCross?: (state: DeadlineState) => void;
};

/** The clock of one piece of work. The time is text and the pie decoration, so the state never rests on colour. */
export function Deadline({ dueAt, target = null, paused = false, live = false, suffix, onCross }: DeadlineProps) {
  const { t } = useLingui();
  const words = useTimeWords();
  const due = typeof dueAt === "string" ? Date.parse(dueAt) : dueAt;
  const facts = { dueAt: due, target, paused, live };
  const minute = useNow("minute");
  const now = useNow(needsSeconds(facts, minute) ? "second" : "minute");
  const face = deadlineFace(facts, now);
  const before = useRef(face.state);

  useEffect(() => {
    const crossed = before.current !== face.state && (face.state === "soon" || face.state === "late");
    before.current = face.state;
    if (crossed) onCross?.(face.state);
  }, [face.state, onCross]);

  if (face.state === "none") return null;
  if (face.state === "live") return <span className={css.due}>{t`typing…`}</span>;
  if (face.state === "paused" || due === null) {
    return (
      <span className={`${css.due} ${css.paused}`}>
        <span className={css.pie} aria-hidden="true" />
        {t({ message: "paused", context: "clock" })}
      </span>
    );
  }
  const text = face.left >= DAY ? words.weekdayTime(due) : words.length(face.left);
  const shown = face.state === "late" ? t`${text} late` : text;
  return (
    <span className={`${css.due} ${css[face.state]}`} title={words.exact(due)}>
      <span className={css.pie} style={{ "--filled": face.filled } as React.CSSProperties} aria-hidden="true" />
      {suffix ? `${shown} ${suffix}` : shown}
    </span>
  );
}
