import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { Wallboard } from "#contracts/supervision";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./alarm-banner.module.css";
import { useBoardWords } from "./use-board-words.ts";

type AlarmProps = {
  overload: NonNullable<Wallboard["overload"]>;
  queueNames: string;
  onAct: () => void;
  onHush: () => void;
};

/** More waits than can be kept in time, since when, and until when if nothing changes. */
export function AlarmBanner({ overload, queueNames, onAct, onHush }: AlarmProps) {
  const { t } = useLingui();
  const words = useBoardWords();
  const { waiting, kept, willBeLate } = overload;
  return (
    <section className={css.alarm} role="alert">
      <Icon name="warning" className={css.sign} />
      <div>
        <h2>{t`Overload since ${words.time.time(overload.since)}. ${words.clearSentence(overload.clear)}`}</h2>
        <p>
          {t`${plural(waiting, { one: "# waits", other: "# wait" })}, the people here can keep ${words.number(kept)} in time.`}{" "}
          {willBeLate > 0 ? t`${words.number(willBeLate)} are late or will be.` : null} {queueNames}
        </p>
      </div>
      <div className={css.acts}>
        <Button className={css.hush} onClick={onHush}>{t`Hush 15 min`}</Button>
        <Button className={css.act} onClick={onAct}>{t`Act on it`}</Button>
      </div>
    </section>
  );
}
