import { useLingui } from "@lingui/react/macro";
import type { Count } from "#shared/count";
import css from "./composer.module.css";

const ROUND = 2 * Math.PI * 6;
const FEW = 20;

/** What is left of the network's length: a ring, then amber at twenty, red when over. */
export function CountLeft({ count }: { count: Count }) {
  const { t, i18n } = useLingui();
  if (!Number.isFinite(count.max)) return null;
  const part = Math.min(1, count.length / count.max);
  const left = Math.abs(count.left).toLocaleString(i18n.locale);
  const look = count.over ? css.isOver : count.left <= FEW ? css.isFew : "";
  return (
    <span
      className={`${css.left} ${look}`}
      role="img"
      aria-label={count.over ? t`${left} too long` : t`${left} left of ${count.max}`}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle cx="8" cy="8" r="6" className={css.track} />
        <circle
          cx="8"
          cy="8"
          r="6"
          className={css.used}
          strokeDasharray={ROUND}
          strokeDashoffset={ROUND * (1 - part)}
          transform="rotate(-90 8 8)"
        />
      </svg>
      <span aria-hidden="true">{count.over ? t`${left} over` : t`${left} left`}</span>
    </span>
  );
}
