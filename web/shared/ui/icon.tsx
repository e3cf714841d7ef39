import css from "./icon.module.css";
import { type IconName, iconShapes } from "./icon-shapes.tsx";

export type { IconName };

type IconProps = {
  name: IconName;
  /** small 14 px, regular 16 px, large 20 px */
  size?: "small" | "regular" | "large";
  /** Spoken name; without it the icon is decoration and hidden from screen readers. */
  label?: string;
  /** Arrows and undo turn round in right-to-left scripts; clocks, charts, play and check marks do not. Set only to say otherwise. */
  flip?: boolean;
  className?: string;
};

/** What points along the line of reading. */
const TURNS: ReadonlySet<IconName> = new Set(["left", "right", "reply", "undo", "leave", "open-outside"]);

const SIZE = { small: css.small, regular: "", large: css.large };

export function Icon({ name, size = "regular", label, flip = TURNS.has(name), className = "" }: IconProps) {
  const classes = `${css.icon} ${SIZE[size]} ${flip ? "flip" : ""} ${className}`;
  if (!label) {
    return (
      <svg viewBox="0 0 24 24" className={classes} aria-hidden="true" focusable="false">
        {iconShapes[name]}
      </svg>
    );
  }
  return (
    <svg viewBox="0 0 24 24" className={classes} role="img" aria-label={label} focusable="false">
      {iconShapes[name]}
    </svg>
  );
}
