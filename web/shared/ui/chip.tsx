import type { ReactNode } from "react";
import css from "./chip.module.css";
import { Icon, type IconName } from "./icon.tsx";

/** risk: ink-filled with a flame, so that it is never read as lateness · risk-middling: the same in outline · dashed: team-only or not final */
export type ChipLook =
  | "plain"
  | "public"
  | "private"
  | "note"
  | "soon"
  | "late"
  | "good"
  | "info"
  | "risk"
  | "risk-middling"
  | "dashed";

type ChipProps = { look?: ChipLook; icon?: IconName; title?: string; children: ReactNode; className?: string };

/** A small statement of state. Its words carry the meaning, the hue only repeats it. */
export function Chip({ look = "plain", icon, title, children, className = "" }: ChipProps) {
  const mark = icon ?? (look === "risk" || look === "risk-middling" ? "flame" : undefined);
  return (
    <span className={`${css.chip} ${css[look]} ${className}`} title={title}>
      {mark ? <Icon name={mark} className={css.mark} /> : null}
      {children}
    </span>
  );
}

/** The smallest mark of a row: "4th", "cy", or a risk by its reason. */
export function Tag({ risk = false, title, children }: { risk?: boolean; title?: string; children: ReactNode }) {
  return (
    <span className={`${css.tag} ${risk ? css.tagRisk : ""}`} title={title}>
      {risk ? <Icon name="flame" className={css.tagMark} /> : null}
      {children}
    </span>
  );
}
