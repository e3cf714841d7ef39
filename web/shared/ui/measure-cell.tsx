import { useLingui } from "@lingui/react/macro";
import type { ReactNode } from "react";
import css from "./measure-cell.module.css";
import { Sparkline } from "./sparkline.tsx";
import { VisuallyHidden } from "./visually-hidden.tsx";

export type Direction = "better" | "worse" | "neither";

type MeasureCellProps = {
  name: string;
  /** Already formatted: "13", "£4.02"; null: too few to tell. */
  value: string | null;
  unit?: string;
  /** Settled figures never change; provisional ones say until when, and which way they may move. */
  provisional?: { until: string; mayMove?: string } | null;
  delta?: { text: string; direction: Direction } | null;
  /** "9 of 10 under 31", "goal 90" */
  detail?: ReactNode;
  trend?: { values: readonly (number | null)[]; sentence: string } | null;
  chosen?: boolean;
  onChoose?: () => void;
};

/** One figure: what, how much, settled or not, compared with before. Opens its definition and its rows. */
export function MeasureCell({
  name,
  value,
  unit,
  provisional = null,
  delta = null,
  detail,
  trend = null,
  chosen = false,
  onChoose,
}: MeasureCellProps) {
  const { t } = useLingui();
  const turn = delta ? { better: t`better`, worse: t`worse`, neither: "" }[delta.direction] : "";
  const state = provisional ? t`until ${provisional.until}` : t`settled`;
  const inside = (
    <>
      <span className={css.name}>{name}</span>
      <span className={css.middle}>
        <span className={css.value}>
          {value ?? t`too few to tell`}
          {value !== null && unit ? <span className={css.unit}> {unit}</span> : null}
        </span>
        {trend && value !== null ? <Sparkline values={trend.values} sentence={trend.sentence} /> : null}
      </span>
      <span className={css.foot}>
        <span className={provisional ? css.open : css.settled} aria-hidden="true" />
        {provisional ? <b>{state}</b> : <VisuallyHidden>{state}</VisuallyHidden>}
        {delta ? (
          <b className={css[delta.direction]}>
            {delta.text}
            {turn ? <VisuallyHidden> {turn}</VisuallyHidden> : null}
          </b>
        ) : null}
        {provisional?.mayMove ? <span>{provisional.mayMove}</span> : null}
        {detail ? <span>{detail}</span> : null}
      </span>
    </>
  );
  const classes = `${css.cell} ${provisional ? css.provisional : ""} ${value === null ? css.few : ""}`;
  if (!onChoose) return <div className={classes}>{inside}</div>;
  return (
    <button type="button" className={classes} aria-pressed={chosen} onClick={onChoose}>
      {inside}
    </button>
  );
}
