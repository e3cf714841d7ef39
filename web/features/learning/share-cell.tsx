import { useLingui } from "@lingui/react/macro";
import css from "./learning.module.css";
import type { ShareView } from "./learning-query.ts";

/** A share with its interval: what was measured, and how far the truth may be from it. */
export function ShareCell({ share }: { share: ShareView }) {
  const { t, i18n } = useLingui();
  if (share.share === null) return <span className="dim">{t`nothing to measure`}</span>;
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  const [low, high] = [i18n.number(share.low, digits), i18n.number(share.high, digits)];
  return (
    <span className={css.share}>
      <b className="num">{i18n.number(share.share, digits)}</b>
      <span className={css.range} aria-hidden="true">
        <span
          className={css.rangeFill}
          style={{ insetInlineStart: `${share.low * 100}%`, width: `${Math.max(2, (share.high - share.low) * 100)}%` }}
        />
        <span className={css.rangeAt} style={{ insetInlineStart: `${share.share * 100}%` }} />
      </span>
      <span className={css.small}>{t`${low} to ${high}`}</span>
    </span>
  );
}
