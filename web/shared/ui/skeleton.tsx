import { useLingui } from "@lingui/react/macro";
import { useEffect, useState } from "react";
import css from "./skeleton.module.css";

/** Nothing is shown before this; what comes sooner needs no placeholder. */
const WAIT = 300;

/** True once `waiting` has lasted 300 ms. */
export function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    if (!waiting) {
      setSlow(false);
      return;
    }
    const timer = setTimeout(() => setSlow(true), WAIT);
    return () => clearTimeout(timer);
  }, [waiting]);
  return slow;
}

type SkeletonProps = {
  /** rows: mark and two lines, as a work item · lines: text · cell: a measure */
  shape?: "rows" | "lines" | "cell";
  count?: number;
};

/** The true shape of what comes, after 300 ms. Put it where the content will stand. */
export function Skeleton({ shape = "rows", count = 3 }: SkeletonProps) {
  const { t } = useLingui();
  const slow = useSlow(true);
  if (!slow) return null;
  const places = Array.from({ length: count }, (_, place) => place);
  return (
    <div className={css.skeleton} role="status" aria-label={t`Loading`}>
      {places.map((place) => (
        <div key={place} className={css[shape]}>
          {shape === "rows" ? <span className={css.mark} /> : null}
          <span className={css.line} />
          <span className={`${css.line} ${css.short}`} />
        </div>
      ))}
    </div>
  );
}
