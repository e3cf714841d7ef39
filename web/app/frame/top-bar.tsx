import { useLingui } from "@lingui/react/macro";
import { Link } from "@tanstack/react-router";
import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";
import { buttonClass } from "../../shared/ui/button.tsx";
import { Icon } from "../../shared/ui/icon.tsx";

export const TopBarSlot = createContext<HTMLElement | null>(null);
export const BackSlot = createContext<HTMLElement | null>(null);

/** What a page wants in the bar beside the title: a period, a filter, an export. */
export function TopBar({ children }: { children: ReactNode }) {
  const slot = useContext(TopBarSlot);
  return slot ? createPortal(children, slot) : null;
}

/** The phone's arrow back to the pane before; not shown where all panes fit. */
export function BackArrow({ to, label }: { to: string; label?: string }) {
  const { t } = useLingui();
  const slot = useContext(BackSlot);
  if (!slot) return null;
  return createPortal(
    <Link to={to} className={`${buttonClass("bare", "regular", true)} only-phone`} aria-label={label ?? t`Back`}>
      <Icon name="left" size="large" flip />
    </Link>,
    slot,
  );
}
