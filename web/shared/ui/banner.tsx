import type { ReactNode } from "react";
import css from "./banner.module.css";
import { Icon, type IconName } from "./icon.tsx";

/** soon: trouble that lasts · late: refused, failed · info: found · note: team only · plain: offline */
export type BannerLook = "soon" | "late" | "info" | "note" | "good" | "plain";

const ICON: Record<BannerLook, IconName> = {
  soon: "clock",
  late: "warning",
  info: "eye",
  note: "note",
  good: "done",
  plain: "warning",
};

type BannerProps = {
  look: BannerLook;
  icon?: IconName;
  /** What happened, in bold. */
  title: ReactNode;
  children?: ReactNode;
  /** Buttons named for their act. */
  acts?: ReactNode;
  /** Spoken at once ("assertive" only for what stops the agent's work). */
  announce?: "off" | "polite" | "assertive";
};

/** A state that lasts. A thing done is a toast; what cannot be undone is a dialog. */
export function Banner({ look, icon, title, children, acts, announce = "off" }: BannerProps) {
  const role = announce === "assertive" ? "alert" : announce === "polite" ? "status" : undefined;
  return (
    <div className={`${css.banner} ${css[look]}`} role={role}>
      <Icon name={icon ?? ICON[look]} />
      <p className={css.words}>
        <b>{title}</b> {children}
      </p>
      {acts ? <span className={css.acts}>{acts}</span> : null}
    </div>
  );
}
