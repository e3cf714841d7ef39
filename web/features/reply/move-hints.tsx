import { useLingui } from "@lingui/react/macro";
import { Button } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";
import css from "./composer.module.css";
import type { TakePrivate } from "./use-take-private.ts";

type MoveHintsProps = {
  take: TakePrivate;
  /** What is written does not fit the medium. */
  tooLong: boolean;
  /** Null where nobody can be invited. */
  onTake: (() => void) | null;
};

/** When it is wiser to go private, with the reason; and, once they came, what could be said to those who read along. */
export default function MoveHints({ take, tooLong, onTake }: MoveHintsProps) {
  const { t } = useLingui();
  const { board } = take;
  if (!board) return null;
  const reasons = {
    flaming: t`It is getting loud in public: it is calmer in private.`,
    "personal-data": t`Their public post holds personal data: go private before more is said.`,
  };
  const lines = board.advice.map((one) => ({ key: one.code as string, words: reasons[one.code], title: one.text }));
  if (tooLong && board.adviseTooLong)
    lines.push({ key: "too-long", words: t`This does not fit here: there is room for it in private.`, title: "" });
  return (
    <>
      {onTake && lines.length > 0 ? (
        <div className={css.hints}>
          {lines.map((line, place) => (
            <div key={line.key} className={`${css.hint} ${css.warns}`} title={line.title || undefined}>
              <Icon name="lock" />
              <span className={css.hintLabel} title={board.guidelines}>{t`Guideline`}</span>
              <span className="grow">{line.words}</span>
              {place === 0 ? (
                <Button look="bare" size="small" busy={take.busy} onClick={onTake}>{t`Take it private`}</Button>
              ) : null}
            </div>
          ))}
        </div>
      ) : null}
      {board.closing ? (
        <div className={css.hints}>
          <div className={css.hint}>
            <Icon name="done" />
            <span className={css.hintLabel}>{t`They came`}</span>
            <span className="grow">{t`Those who read along do not know yet how it ended.`}</span>
            <Button look="bare" size="small" onClick={take.close}>{t`Write the closing note`}</Button>
          </div>
        </div>
      ) : null}
    </>
  );
}
