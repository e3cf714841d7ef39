import type { ReactElement, ReactNode } from "react";
import { Dialog as AriaDialog, Popover as AriaPopover, DialogTrigger, Pressable } from "react-aria-components/Popover";
import css from "./pop.module.css";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
};

/** A small panel tied to a button: a reason, a filter, a short form. Esc or a press outside closes it. */
export function Popover({ trigger, label, children, placement = "bottom start" }: PopoverProps) {
  return (
    <DialogTrigger>
      <Pressable>{trigger as ReactElement<Record<string, unknown>, string>}</Pressable>
      <AriaPopover className={css.pop ?? ""} placement={placement} offset={4} containerPadding={8}>
        <AriaDialog className={css.panel ?? ""} aria-label={label}>
          {({ close }) => (typeof children === "function" ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
