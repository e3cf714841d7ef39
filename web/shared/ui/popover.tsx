import { type ReactElement, type ReactNode, useRef } from "react";
import { Dialog as AriaDialog, Popover as AriaPopover, DialogTrigger, Pressable } from "react-aria-components/Popover";
import { holdsTyped } from "../text/typed.ts";
import css from "./pop.module.css";

type PopoverProps = {
  /** The button that opens it. */
  trigger: ReactElement;
  label: string;
  children: ReactNode | ((close: () => void) => ReactNode);
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
};

/** A small panel tied to a button: a reason, a filter, a short form. Esc closes it, and a press outside where nothing is typed. */
export function Popover({ trigger, label, children, placement = "bottom start" }: PopoverProps) {
  const box = useRef<HTMLElement>(null);
  return (
    <DialogTrigger>
      <Pressable>{trigger as ReactElement<Record<string, unknown>, string>}</Pressable>
      <AriaPopover
        ref={box}
        className={css.pop ?? ""}
        placement={placement}
        offset={4}
        containerPadding={8}
        // A press that only missed it takes no words away; Esc does.
        shouldCloseOnInteractOutside={() => !(box.current && holdsTyped(box.current))}
      >
        <AriaDialog className={css.panel ?? ""} aria-label={label}>
          {({ close }) => (typeof children === "function" ? children(close) : children)}
        </AriaDialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
