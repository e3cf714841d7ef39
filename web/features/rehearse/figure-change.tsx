import { useLingui } from "@lingui/react/macro";
import type { RehearsedFigure } from "#contracts/rehearse";
import { VisuallyHidden } from "../../shared/ui/visually-hidden.tsx";
import css from "./rehearse-page.module.css";
import { type FigureName, useFigureWords } from "./use-figure-words.ts";

/** As it was and as it would be, in which direction, and below it what really was. */
export function FigureChange({ name, figure }: { name: FigureName; figure: RehearsedFigure | undefined }) {
  const { t } = useLingui();
  const say = useFigureWords();
  if (!figure) return <>–</>;
  const { really, before, after, verdict } = figure;
  const [was, would] = [say(name, before), say(name, after)];
  const turn = verdict === "better" ? t`better` : verdict === "worse" ? t`worse` : null;
  return (
    <span className={css.figure}>
      <span className={css.pair}>
        <span className={was === would ? "" : css.was}>{was}</span>
        {was === would ? null : (
          <>
            <span aria-hidden="true" className="flip">
              →
            </span>
            <VisuallyHidden>{t`would be`}</VisuallyHidden>
            <b className={verdict ? css[verdict] : ""}>{would}</b>
          </>
        )}
      </span>
      <span className={css.foot}>
        {turn ? <b className={css[verdict as "better"]}>{turn}</b> : null}
        {really === null ? null : <span>{t`really ${say(name, really)}`}</span>}
      </span>
    </span>
  );
}
