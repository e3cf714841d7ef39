import { useLingui } from "@lingui/react/macro";
import type { Figure } from "#contracts/insights";
import { MeasureCell } from "../../shared/ui/measure-cell.tsx";
import type { FiguresView } from "./figures-query.ts";
import { mayMove, sayValue } from "./measures.ts";
import { daysOf, storyOf } from "./series.ts";
import { useFigureName, useUnitCount } from "./use-figure-name.ts";
import { useMeasureWords } from "./use-measure-words.ts";

type FigureCellProps = { figure: Figure; view: FiguresView; chosen: boolean; onChoose: () => void };

/** A figure of the page as a measure cell. */
export function FigureCell({ figure, view, chosen, onChoose }: FigureCellProps) {
  const { t } = useLingui();
  const words = useMeasureWords(view.zone);
  const nameOf = useFigureName();
  const unitCount = useUnitCount();
  const name = nameOf(figure.key);
  const said = sayValue(figure.measure, figure.value);
  const { value, unit } = said ? words.parts(said) : { value: null, unit: "" };
  const asOf = Date.parse(view.asOf);
  const delta = words.delta(figure);
  const days = daysOf(figure, { from: Date.parse(view.from), to: Date.parse(view.to), asOf, zone: view.zone });
  const story = storyOf(days);

  function detail(): string | null {
    const { parts, goal } = figure;
    if (parts && parts.inTarget !== null) {
      const share = words.value("share", parts.inTarget);
      return goal === null ? t`${share} in target` : t`${share} in target, goal ${words.value("share", goal)}`;
    }
    if (parts && parts.p90 !== null) return t`9 of 10 under ${words.length(parts.p90)}`;
    return figure.measure === "share" && figure.value !== null ? t`of ${unitCount(figure.unit, figure.rows)}` : null;
  }

  return (
    <MeasureCell
      name={name}
      value={value}
      unit={unit}
      delta={delta}
      detail={detail()}
      provisional={
        figure.settled
          ? null
          : {
              until: figure.provisionalUntil ? words.until(Date.parse(figure.provisionalUntil), asOf) : t`later`,
              mayMove: { down: t`may fall`, up: t`may rise`, no: undefined }[mayMove(figure.key) ?? "no"],
            }
      }
      trend={
        story
          ? {
              values: days.map((day) => day.value),
              sentence: t`${words.value(figure.measure, story.first.value)} on ${words.day(story.first.at)}, ${words.value(figure.measure, story.last.value)} on ${words.day(story.last.at)}`,
            }
          : null
      }
      chosen={chosen}
      onChoose={onChoose}
    />
  );
}
