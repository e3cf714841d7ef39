import { useLingui } from "@lingui/react/macro";
import type { Remedy, Wallboard } from "#contracts/supervision";
import css from "./clear-card.module.css";
import { ClearChart } from "./clear-chart.tsx";
import { Remedies } from "./remedies.tsx";

type ClearCardProps = {
  board: Wallboard;
  lends: boolean;
  onLend: (remedy: Remedy) => void;
  onPerson: (agentId: string) => void;
};

/** What waits and when it clears, beside what would help. */
export function ClearCard({ board, lends, onLend, onPerson }: ClearCardProps) {
  const { t } = useLingui();
  return (
    <section className={css.card} aria-labelledby="board-clear">
      <header className={css.head}>
        <h2 id="board-clear">{t`Waiting, and when it clears`}</h2>
        <span className={css.legend}>
          <span>
            <i className={css.solid} />
            {t`waiting`}
          </span>
          <span>
            <i className={css.dashed} />
            {t`forecast`}
          </span>
          <span className="no-phone">
            <i className={css.band} />
            {t`8 of 10 times inside`}
          </span>
        </span>
      </header>
      <div className={css.duo}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard. */}
        <section className={css.chart} aria-label={t`Forecast`} tabIndex={0}>
          <ClearChart board={board} />
        </section>
        <Remedies board={board} lends={lends} onLend={onLend} onPerson={onPerson} />
      </div>
    </section>
  );
}
