import css from "./bar.module.css";

type BarProps = {
  /** 0…1; more is drawn full. */
  part: number;
  look?: "plain" | "soon" | "late" | "good";
  /** Width in px; without it the bar takes what it gets. */
  width?: number;
};

/** A quantity drawn; always beside its number, so it is decoration to a screen reader. */
export function Bar({ part, look = "plain", width }: BarProps) {
  const value = Number.isFinite(part) ? Math.min(1, Math.max(0, part)) : 0;
  return (
    <span className={css.bar} style={width ? { width } : undefined} aria-hidden="true">
      <span className={`${css.fill} ${css[look]}`} style={{ width: `${value * 100}%` }} />
    </span>
  );
}
